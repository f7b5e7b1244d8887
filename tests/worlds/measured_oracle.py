"""The second oracle for measures: value, confidence and likely range of a slice, record by record, in plain loops.

Straight from the text of the definition (§1, §4, §5 and the readings of §8). Weights come from ``oracle``, which shares
no code with the product either. The range is taken as given: the enumeration of all worlds holds it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scipy.stats import beta

from tests.worlds import measured
from tests.worlds.measured import NAMES, Agreed
from tests.worlds.oracle import Copy, Measure, Slice, Truth, Weigher, all_of, blank_last, failed_checks

Number = float | None


@dataclass(frozen=True)
class Case:
    """A type over the column ``m`` (and ``p``); ``rank`` of a percentile."""

    type: str
    m: str = "cost"
    p: str | None = None
    rank: float = 50

    @property
    def left_out(self) -> bool:
        return self.type in ("average", "median", "percentile")


class Measured(Copy):
    """One recorded row with its measures."""

    def __init__(self, row: Sequence[Any], of: Measure, agreed: Agreed, case: Case) -> None:
        self.record = dict(zip(NAMES, row, strict=True))
        self.of, self.agreed, self.case = of, agreed, case
        self.failed = failed_checks(self.record, of)
        self.bad = frozenset(measured.doubtful(self.record, agreed))

    def may_lack(self, name: str) -> bool:
        return not getattr(self.agreed, f"{name}_required")

    def filter(self) -> Truth:
        own = super().filter()
        if not self.case.left_out:
            return own
        m = self.case.m
        there: Truth = self.record[m] is not None
        if m in self.bad:
            there = None if self.may_lack(m) else True
        return all_of([own, there])

    def limits(self, name: str) -> tuple[Number, Number]:
        return self.agreed.limits if name == "cost" else (0, self.agreed.most_hours)

    def span(self, name: str) -> tuple[float, float]:
        """The least and greatest that one measure may be."""
        value = self.record[name]
        if name not in self.bad:
            return float(value or 0), float(value or 0)
        low, high = self.limits(name)
        least, most = -math.inf if low is None else float(low), math.inf if high is None else float(high)
        if self.may_lack(name) and not self.case.left_out:
            least, most = min(least, 0.0), max(most, 0.0)
        return least, most

    def spans(self) -> tuple[tuple[float, float], ...]:
        return tuple(self.span(name) for name in (self.case.m, self.case.p) if name)

    def certain_measure(self) -> bool:
        return not {self.case.m, self.case.p} & self.bad

    def recorded_member(self, cut: Slice) -> bool:
        m = self.case.m
        there = not self.case.left_out or (m not in self.bad and self.record[m] is not None)
        return there and super().recorded_member(cut)

    def recorded(self, name: str) -> float:
        """As recorded, brought inside its limits; a blank as near to 0 as it may be."""
        value = self.record[name]
        if name not in self.bad:
            return float(value or 0)
        if value is None and self.may_lack(name):
            return 0.0
        low, high = self.limits(name)
        brought = float(value or 0)
        brought = brought if low is None else max(brought, float(low))
        return brought if high is None else min(brought, float(high))


def kept(copies: list[Copy]) -> Copy:
    """The copy that is counted as recorded: the latest, then the first in the order of all the columns."""

    def order(copy: Copy) -> list[Any]:
        at = copy.record["recorded_at"]
        return [(1, 0) if at is None else (0, -at.toordinal()), *(blank_last(copy.record[name]) for name in NAMES)]

    return min(copies, key=order)


@dataclass
class Seen:
    """One record as the slice sees it."""

    weight: float
    certain: bool
    known: bool
    spans: list[tuple[float, float]]

    @property
    def beyond_doubt(self) -> bool:
        return self.certain and self.known


@dataclass(frozen=True)
class Truths:
    value: Number
    counted: int
    records: int
    in_doubt: int
    confidence: Number
    likely: tuple[Number, Number]


def truths(
    rows: Sequence[Any], of: Measure, agreed: Agreed, case: Case, cut: Slice, ends: tuple[Number, Number], none: bool
) -> Truths:
    """Everything but the range, which is ``ends`` (None is open); ``none``: no world has a figure."""
    by_key: dict[Any, list[Copy]] = {}
    for place, row in enumerate(rows):
        by_key.setdefault(("own", place) if row[0] is None else row[0], []).append(Measured(row, of, agreed, case))
    records = list(by_key.values())
    weigher = Weigher(records, cut)
    seen: list[Seen] = []
    for copies in records:
        memberships = [copy.membership(cut) for copy in copies]
        member = memberships[0] if len(set(memberships)) == 1 else None
        if member is False:
            continue
        may = [copy for copy, truth in zip(copies, memberships, strict=True) if truth is not False]
        spans = [copy.spans() for copy in may if isinstance(copy, Measured)]
        merged = [(min(s[i][0] for s in spans), max(s[i][1] for s in spans)) for i in range(len(spans[0]))]
        known = all(copy.certain_measure() for copy in may if isinstance(copy, Measured)) and len(set(spans)) == 1
        seen.append(Seen(1.0 if member else weigher.of_copies(copies), bool(member), known, merged))
    chosen = [copy for copy in map(kept, records) if copy.recorded_member(cut)]
    expected = sum(one.weight for one in seen)
    beyond = sum(one.beyond_doubt for one in seen)
    confidence = 100 * beyond / expected if expected > 0 else 0.0 if seen else None
    value = None if none else recorded_value([copy for copy in chosen if isinstance(copy, Measured)], case)
    if value is not None:
        value = value if ends[0] is None else max(value, ends[0])
        value = value if ends[1] is None else min(value, ends[1])
    likely = (None, None) if none else likely_range(seen, case, ends)
    return Truths(value, len(chosen), len(seen), len(seen) - beyond, confidence, likely)


def recorded_value(chosen: list[Measured], case: Case) -> Number:
    m = [copy.recorded(case.m) for copy in chosen]
    if case.type == "sum":
        return sum(m)
    if case.type == "ratio":
        per = sum(copy.recorded(case.p or "") for copy in chosen)
        return sum(m) / per if per > 0 else None
    if not m:
        return None
    return sum(m) / len(m) if case.type == "average" else measured.interpolated(sorted(m), case.rank)


def likely_range(seen: list[Seen], case: Case, ends: tuple[Number, Number]) -> tuple[Number, Number]:
    """§5: the range if the records in doubt are like the others."""
    low, high = ends
    certain = [one for one in seen if one.beyond_doubt]
    if (low is not None and low == high) or len(certain) < 2:
        return ends
    if case.type in ("median", "percentile"):
        return ranked(seen, certain, case.rank / 100, low, high)
    count = len(certain)
    means, variances = [], []
    for place in range(len(seen[0].spans)):
        values = [one.spans[place][0] for one in certain]
        means.append(sum(values) / count)
        variances.append(sum((value - means[-1]) ** 2 for value in values) / (count - 1))

    def unknown(one: Seen, place: int) -> bool:
        return one.spans[place][0] != one.spans[place][1]

    def guess(one: Seen, place: int) -> float:
        return means[place] if unknown(one, place) else one.spans[place][0]

    whole = sum(one.weight * (guess(one, 1) if case.type == "ratio" else 1.0) for one in seen)
    if whole <= 0:
        return ends
    divisor = 1.0 if case.type == "sum" else whole
    mean = sum(one.weight * guess(one, 0) for one in seen) / divisor
    slope = mean if case.type == "ratio" else 0.0
    variance, widest = 0.0, 0.0
    unsure = [0.0, 0.0]
    for one in seen:
        if one.beyond_doubt:
            continue
        e = guess(one, 0) - {"sum": 0.0, "average": mean}.get(case.type, 0.0)
        s2 = variances[0] if unknown(one, 0) else 0.0
        unsure[0] += one.weight * unknown(one, 0)
        if case.type == "ratio":
            e -= slope * guess(one, 1)
            s2 += slope**2 * variances[1] if unknown(one, 1) else 0.0
            unsure[1] += one.weight * unknown(one, 1)
        variance += one.weight * (e * e + s2) - (one.weight * e) ** 2
        widest = max(widest, abs(e), math.sqrt(s2))
    variance += unsure[0] ** 2 * variances[0] / count
    variance += unsure[1] ** 2 * slope**2 * variances[1] / count if case.type == "ratio" else 0.0
    return interval(mean, variance / divisor**2, low, high, 0.5 * widest / divisor)


def interval(mean: float, variance: float, low: Number, high: Number, widen: float) -> tuple[Number, Number]:
    """The Beta between two ends, the normal where one is open; widened and cut."""
    if low is None or high is None:
        least, most = mean - 1.96 * math.sqrt(variance) - widen, mean + 1.96 * math.sqrt(variance) + widen
        least, most = (value if low is None else max(value, low) for value in (least, most))
        least, most = (value if high is None else min(value, high) for value in (least, most))
        return least, most
    width = high - low
    middle, spread = min(max((mean - low) / width, 0.0), 1.0), variance / width**2
    if spread <= 1e-14:
        first = last = low + middle * width
    elif spread >= middle * (1 - middle) * (1 - 1e-9):
        return low, high
    else:
        size = middle * (1 - middle) / spread - 1
        first, last = (low + width * float(beta.ppf(q, middle * size, (1 - middle) * size)) for q in (0.025, 0.975))
    return max(low, first - widen), min(high, last + widen)


def ranked(seen: list[Seen], certain: list[Seen], p: float, low: Number, high: Number) -> tuple[Number, Number]:
    known = sorted((one.spans[0][0], one.weight) for one in seen if one.known and one.weight > 0)
    middle = weighted(known, p)
    whole = sum(one.weight for one in seen)
    variance = unknown = 0.0
    for one in seen:
        if one.beyond_doubt:
            continue
        e = float(one.spans[0][0] <= middle) - p if one.known else 0.0
        variance += one.weight * (e * e + (0.0 if one.known else p * (1 - p))) - (one.weight * e) ** 2
        unknown += 0.0 if one.known else one.weight
    variance += unknown**2 * p * (1 - p) / len(certain)
    room = 1.96 * math.sqrt(max(0.0, variance)) / whole + 0.5 / whole
    found = weighted(known, max(0.0, p - room)), weighted(known, min(1.0, p + room))
    least, most = (value if low is None else max(value, low) for value in found)
    least, most = (value if high is None else min(value, high) for value in (least, most))
    return least, most


def weighted(known: list[tuple[float, float]], level: float) -> float:
    """Each value stands at the weight before it; between two it is interpolated."""
    places, before = [], 0.0
    for _, weight in known:
        places.append(before)
        before += weight
    wanted = level * places[-1]
    for place in range(len(known) - 1):
        if places[place] <= wanted <= places[place + 1]:
            part = (wanted - places[place]) / (places[place + 1] - places[place])
            return known[place][0] + part * (known[place + 1][0] - known[place][0])
    return known[-1][0]
