"""A second oracle: every figure of a slice, worked out record by record from the definition of certainty.

``enumeration.py`` knows the true range; it cannot know a weight, a confidence or a likely range, which are
definitions. This file reads them (the six counts, the weights, the likely range, FACT) straight from the
text of the definition, with plain loops, and shares no code with the product.

Where the text leaves room:

- C(s relaxed on δ) counts the records whose parts in δ are certain, whatever their value, and which are
  members beyond doubt in every other part; copies count when each of them does.
- A doubtful date's interval is its limits narrowed by ``between``; an end that is doubtful or blank is open.
- A cell that may be blank is never certainly inside a period.
- The row of doubtful districts holds the records whose district is doubtful; a filter on districts weighs
  them there as it does in the total.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from scipy.stats import beta

from tests.worlds.tables import COLUMNS, DISTRICTS, FIRST, STATUSES, TODAY

Record = dict[str, Any]
Truth = bool | None  # None is in doubt
Part = Callable[[Record, frozenset[str]], Truth]

EVERY = "every district"  # Slice.row: the question is not asked by district
BLANK = "(blank)"
KINDS = {
    "complete": {"opened_required", "status_required", "score_required", "district_required"},
    "accurate": {
        "id_unique",
        "opened_limits",
        "closed_after_opened",
        "status_values",
        "score_limits",
        "district_values",
    },
    "timely": set[str](),
}


# -- three-valued conditions -----------------------------------------------------------------


@dataclass(frozen=True)
class Condition:
    """A condition in three values, and the columns that it reads. Made by ``atom``, ``both`` and ``either``."""

    reads: frozenset[str]
    part: Part


def atom(reads: str, test: Callable[[Record], Any]) -> Condition:
    """In doubt where a column it reads is doubtful; what SQL would call unknown is no."""
    columns = frozenset(reads.split())
    return Condition(columns, lambda record, bad: None if columns & bad else bool(test(record)))


def both(one: Condition, other: Condition) -> Condition:
    return Condition(
        one.reads | other.reads, lambda record, bad: all_of([one.part(record, bad), other.part(record, bad)])
    )


def either(one: Condition, other: Condition) -> Condition:
    def part(record: Record, bad: frozenset[str]) -> Truth:
        truths = [one.part(record, bad), other.part(record, bad)]
        if True in truths:
            return True
        return None if None in truths else False

    return Condition(one.reads | other.reads, part)


def all_of(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


EVERYTHING = Condition(frozenset(), lambda _record, _bad: True)


# -- what is asked ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Slice:
    """Where one row looks.

    ``first`` and ``last``: the period, both inclusive, None is open. ``districts``: the chosen ones, or None.
    ``row``: the district whose row it is, None for the row of doubtful ones, ``EVERY`` when not asked by it.
    ``daily``: a date that was asked for cuts a month, so that time is counted in days. ``window``: of the
    buckets in all the periods asked for together, the part in this one.
    """

    first: date | None = None
    last: date | None = None
    districts: frozenset[str] | None = None
    row: str | None = EVERY
    daily: bool = False
    window: float = 1.0

    def chosen(self) -> frozenset[str] | None:
        """The districts that this slice looks at, or None for all of them."""
        if self.row is None or self.row == EVERY:
            return self.districts
        return frozenset({self.row}) if self.districts is None else self.districts & {self.row}


@dataclass(frozen=True)
class Measure:
    """What is counted: ``where``, a share's ``outcome`` (None for a count) and the date it is counted at."""

    where: Condition = EVERYTHING
    outcome: Condition | None = None
    time: str = "opened"
    district_required: bool = True
    opened_required: bool = True


@dataclass(frozen=True)
class Figures:
    """Everything that the definition says about one slice. Shares are in percent."""

    value: float | None
    low: float | None
    high: float | None
    likely_low: float | None
    likely_high: float | None
    confidence: float | None
    records: int
    in_doubt: int
    counted: int
    fact: tuple[float, float, float] | None
    doubts: dict[str, int]
    counts: dict[str, int]
    weights: list[float] = field(default_factory=list)
    expected: float = 0.0


# -- one copy --------------------------------------------------------------------------------


def failed_checks(record: Record, of: Measure) -> dict[str, set[str]]:
    """The failing checks of each doubtful column of a record."""
    failed: dict[str, set[str]] = {}

    def fails(column: str, rule: str) -> None:
        failed.setdefault(column, set()).add(rule)

    if record["opened"] is None:
        if of.opened_required:
            fails("opened", "opened_required")
    elif record["opened"] < FIRST or record["opened"] > TODAY:
        fails("opened", "opened_limits")
    if record["closed"] is not None and record["opened"] is not None and record["closed"] < record["opened"]:
        fails("closed", "closed_after_opened")
    if record["status"] is None:
        fails("status", "status_required")
    elif record["status"] not in STATUSES:
        fails("status", "status_values")
    if record["score"] is None:
        fails("score", "score_required")
    elif record["score"] < 0 or record["score"] > 3:
        fails("score", "score_limits")
    if record["district"] is None:
        if of.district_required:
            fails("district", "district_required")
    elif record["district"] not in DISTRICTS:
        fails("district", "district_values")
    return failed


class Copy:
    """One recorded row, and what may be true of it."""

    def __init__(self, row: Sequence[Any], of: Measure) -> None:
        self.record: Record = dict(zip(COLUMNS, row, strict=True))
        self.of = of
        self.failed = failed_checks(self.record, of)
        self.bad = frozenset(self.failed)

    # the parts of membership, each yes, no or in doubt

    def filter(self) -> Truth:
        return self.of.where.part(self.record, self.bad)

    def interval(self) -> tuple[date | None, date | None]:
        """Where a doubtful date lies; None is an open end."""
        if self.of.time == "opened":
            return FIRST, TODAY
        opened = self.record["opened"]
        return (None if "opened" in self.bad else opened), TODAY  # no limits of its own; between opened and today

    def may_be_blank(self) -> bool:
        return self.of.time == "closed" or not self.of.opened_required

    def time(self, cut: Slice) -> Truth:
        if self.of.time not in self.bad:
            return within(self.record[self.of.time], cut)
        first, last = self.interval()
        if (cut.first is not None and last is not None and last < cut.first) or (
            cut.last is not None and first is not None and first > cut.last
        ):
            return False
        surely = (cut.first is None or (first is not None and first >= cut.first)) and (
            cut.last is None or (last is not None and last <= cut.last)
        )
        return True if surely and not self.may_be_blank() else None

    def district(self, cut: Slice) -> Truth:
        doubtful = "district" in self.bad
        if cut.row is None and not doubtful:
            return False
        chosen = cut.chosen()
        if chosen is None:
            return True
        if not doubtful:
            return (self.record["district"] or BLANK) in chosen
        possible = self.possible_districts()
        if possible <= chosen:
            return True
        return None if possible & chosen else False

    def possible_districts(self) -> frozenset[str]:
        return frozenset(DISTRICTS) | (frozenset() if self.of.district_required else {BLANK})

    def parts(self, cut: Slice) -> dict[str, Truth]:
        return {"filter": self.filter(), "time": self.time(cut), "district": self.district(cut)}

    def membership(self, cut: Slice) -> Truth:
        return all_of(self.parts(cut).values())

    def outcome(self) -> Truth:
        return True if self.of.outcome is None else self.of.outcome.part(self.record, self.bad)

    # weights

    def open(self) -> bool:
        return None in self.interval()

    def share_of_time(self, cut: Slice) -> float:
        """τ: how much of a closed interval lies inside the period, in its buckets."""
        first, last = self.interval()
        assert first is not None
        assert last is not None
        buckets: list[date] = []
        day = first if cut.daily else first.replace(day=1)
        while day <= last:
            buckets.append(day)
            day = day + timedelta(days=1) if cut.daily else (day + timedelta(days=31)).replace(day=1)
        inside = [
            bucket
            for bucket in buckets
            if (cut.first is None or bucket >= cut.first) and (cut.last is None or bucket <= cut.last)
        ]
        return len(inside) / len(buckets)

    def relaxed_member(self, cut: Slice, relaxed: frozenset[str]) -> bool:
        """Certain in the relaxed parts, a member beyond doubt in the others."""
        if "time" in relaxed:
            in_time = self.of.time not in self.bad and self.record[self.of.time] is not None
        else:
            in_time = self.time(cut) is True
        in_filter = self.filter() is not None if "filter" in relaxed else self.filter() is True
        in_district = "district" not in self.bad if "district" in relaxed else self.district(cut) is True
        return in_time and in_filter and in_district

    # as recorded

    def recorded_member(self, cut: Slice) -> bool:
        day = self.record[self.of.time]
        if not within(day, cut) or not self.of.where.part(self.record, frozenset()):
            return False
        if cut.row is None and "district" not in self.bad:
            return False
        chosen = cut.chosen()
        return chosen is None or (self.record["district"] or BLANK) in chosen

    def recorded_outcome(self) -> bool:
        return self.of.outcome is None or bool(self.of.outcome.part(self.record, frozenset()))


def within(day: date | None, cut: Slice) -> bool:
    """A date blank by right is in no period."""
    return day is not None and (cut.first is None or day >= cut.first) and (cut.last is None or day <= cut.last)


def grouped(rows: Sequence[Sequence[Any]], of: Measure) -> list[list[Copy]]:
    """The copies of each record; a blank key is its own record."""
    by_key: dict[Any, list[Copy]] = {}
    for place, row in enumerate(rows):
        copy = Copy(row, of)
        key = ("own", place) if copy.record["id"] is None else ("key", copy.record["id"])
        by_key.setdefault(key, []).append(copy)
    return list(by_key.values())


def kept(copies: list[Copy]) -> Copy:
    """The copy that is counted as recorded: the latest, then the first in the order of the columns."""

    def order(copy: Copy) -> list[Any]:
        at = copy.record["recorded_at"]
        latest = (1, 0) if at is None else (0, -at.toordinal())
        return [latest, *(blank_last(copy.record[name]) for name in COLUMNS)]

    return min(copies, key=order)


def blank_last(value: Any) -> tuple[int, Any]:
    if value is None:
        return (1, 0)
    return (0, value.encode() if isinstance(value, str) else value)


# -- weights ---------------------------------------------------------------------------------


class Weigher:
    """The weights of one slice: w = τ · C(s) / C(s relaxed on δ)."""

    def __init__(self, records: list[list[Copy]], cut: Slice) -> None:
        self.records = records
        self.cut = cut
        self.counted: dict[tuple[Slice, frozenset[str]], int] = {}

    def count(self, cut: Slice, relaxed: frozenset[str]) -> int:
        if (cut, relaxed) not in self.counted:
            self.counted[cut, relaxed] = sum(
                all(copy.relaxed_member(cut, relaxed) for copy in copies) for copies in self.records
            )
        return self.counted[cut, relaxed]

    def of_copy(self, copy: Copy) -> float:
        parts = copy.parts(self.cut)
        membership = all_of(parts.values())
        if membership is not None:
            return float(membership)
        doubtful = {name for name, truth in parts.items() if truth is None}
        tau = 1.0
        if "time" in doubtful and not copy.open():
            tau = copy.share_of_time(self.cut)
            doubtful.remove("time")
        cut = self.cut
        if cut.row is None and "district" in doubtful:  # weighed as in the total
            cut = replace(cut, row=EVERY)
        below = self.count(cut, frozenset(doubtful))
        if below:
            return tau * self.count(cut, frozenset()) / below
        if "filter" in doubtful:
            tau *= 1 / 2
        if "district" in doubtful:
            chosen = cut.chosen()
            assert chosen is not None
            possible = copy.possible_districts()
            tau *= len(chosen & possible) / len(possible)
        if "time" in doubtful:
            tau *= cut.window
        return tau

    def of_copies(self, copies: list[Copy]) -> float:
        weights = [self.of_copy(copy) for copy in copies]
        return sum(weights) / len(weights)


# -- one slice -------------------------------------------------------------------------------


def figures(rows: Sequence[Sequence[Any]], of: Measure, cut: Slice) -> Figures:
    """Everything about one slice."""
    records = grouped(rows, of)
    weigher = Weigher(records, cut)
    counts = {"a": 0, "b": 0, "u": 0, "k1": 0, "k0": 0, "ku": 0}
    weights: list[float] = []
    doubtful: list[tuple[float, Truth, bool, set[str]]] = []  # weight, outcome, surely a member, failed checks
    for copies in records:
        memberships = [copy.membership(cut) for copy in copies]
        member = memberships[0] if len(set(memberships)) == 1 else None
        if member is False:
            continue
        outcomes = [copy.outcome() for copy, may in zip(copies, memberships, strict=True) if may is not False]
        outcome = outcomes[0] if len(set(outcomes)) == 1 else None
        if member:
            counts["u" if outcome is None else "a" if outcome else "b"] += 1
            weight = 1.0
        else:
            counts["ku" if outcome is None else "k1" if outcome else "k0"] += 1
            weight = weigher.of_copies(copies)
            weights.append(weight)
        if member is None or outcome is None:
            failed: set[str] = set()
            for copy, may in zip(copies, memberships, strict=True):
                if may is not False:
                    failed |= failed_of(copy, cut, may)
            if len(set(memberships)) > 1 or len(set(outcomes)) > 1:
                failed.add("id_unique")
            doubtful.append((weight, outcome, bool(member), failed))

    low, high = count_range(counts) if of.outcome is None else share_range(counts)
    likely = likely_range(counts, doubtful, low, high, share=of.outcome is not None)
    chosen = [copy for copy in map(kept, records) if copy.recorded_member(cut)]
    beyond = counts["a"] + counts["b"]
    expected = beyond + counts["u"] + sum(weights)
    in_doubt = len(doubtful)
    confidence: float | None = None
    if expected > 0:
        confidence = 100 * beyond / expected
    elif in_doubt:
        confidence = 0.0
    return Figures(
        value=recorded_value(chosen, of, low, high),
        low=low,
        high=high,
        likely_low=likely[0],
        likely_high=likely[1],
        confidence=confidence,
        records=sum(counts.values()),
        in_doubt=in_doubt,
        counted=len(chosen),
        fact=fact(doubtful, expected),
        doubts=blamed(doubtful),
        counts=counts,
        weights=weights,
        expected=expected,
    )


def failed_of(copy: Copy, cut: Slice, member: Truth) -> set[str]:
    """The failed checks that touch a doubtful column which a part in doubt reads."""
    columns: set[str] = set()
    if member is None:
        parts = copy.parts(cut)
        if parts["filter"] is None:
            columns |= copy.of.where.reads
        if parts["time"] is None:
            columns.add(copy.of.time)
        if parts["district"] is None:
            columns.add("district")
    if copy.outcome() is None and copy.of.outcome is not None:
        columns |= copy.of.outcome.reads
    return {rule for column in columns for rule in copy.failed.get(column, set())}


def count_range(n: dict[str, int]) -> tuple[float, float]:
    low = n["a"] + n["b"] + n["u"]
    return float(low), float(low + n["k1"] + n["k0"] + n["ku"])


def share_range(n: dict[str, int]) -> tuple[float | None, float | None]:
    members = n["a"] + n["b"] + n["u"]
    low_of, high_of = members + n["k0"] + n["ku"], members + n["k1"] + n["ku"]
    alone_low, alone_high = (100.0 if n["k1"] else None), (0.0 if n["k0"] else None)
    return (
        100 * n["a"] / low_of if low_of else alone_low,
        100 * (n["a"] + n["u"] + n["k1"] + n["ku"]) / high_of if high_of else alone_high,
    )


def recorded_value(chosen: list[Copy], of: Measure, low: float | None, high: float | None) -> float | None:
    """As recorded, from one copy of each record, brought into the range."""
    if low is None or high is None:
        return None
    if of.outcome is None:
        value = float(len(chosen))
    elif chosen:
        value = 100 * sum(copy.recorded_outcome() for copy in chosen) / len(chosen)
    else:
        return None
    return min(max(value, low), high)


def fact(doubtful: list[tuple[float, Truth, bool, set[str]]], expected: float) -> tuple[float, float, float] | None:
    """Complete, accurate, timely: percent of the expected records free of that kind of doubt."""
    if expected == 0:
        return None
    found = []
    for rules in KINDS.values():
        touched = sum(weight for weight, _, _, failed in doubtful if failed & rules)
        found.append(100 * (expected - touched) / expected)
    return found[0], found[1], found[2]


def blamed(doubtful: list[tuple[float, Truth, bool, set[str]]]) -> dict[str, int]:
    blame: dict[str, int] = {}
    for _, _, _, failed in doubtful:
        for rule in failed:
            blame[rule] = blame.get(rule, 0) + 1
    return blame


def likely_range(
    n: dict[str, int],
    doubtful: list[tuple[float, Truth, bool, set[str]]],
    low: float | None,
    high: float | None,
    *,
    share: bool,
) -> tuple[float | None, float | None]:
    """The range if the records in doubt are like the others."""
    if low is None or high is None or low == high:
        return low, high
    certain = n["a"] + n["b"]
    guess = (n["a"] + 0.5) / (certain + 1)
    guess_variance = guess * (1 - guess) / (certain + 2)
    total = certain + sum(weight for weight, *_ in doubtful)
    if not share:
        mean = total
        variance = sum(weight - weight * weight for weight, *_ in doubtful)
        return interval(mean, variance, low, high, 0.5)
    if total == 0:  # no record is expected: nothing is likelier than the rest
        return low, high
    sum_x = n["a"] + sum(w * (guess if x is None else float(x)) for w, x, *_ in doubtful)
    mean = sum_x / total
    variance = 0.0
    unknown = 0.0
    for w, x, *_ in doubtful:
        e = (guess if x is None else float(x)) - mean
        s2 = guess * (1 - guess) if x is None else 0.0
        variance += w * (e * e + s2) - (w * e) ** 2
        if x is None:
            unknown += w
    variance = (variance + unknown * unknown * guess_variance) / (total * total)
    found = interval(mean, variance, low / 100, high / 100, 0.5 / total)
    return 100 * found[0], 100 * found[1]


def interval(mean: float, variance: float, low: float, high: float, widen: float) -> tuple[float, float]:
    """2.5% and 97.5% of the Beta scaled to the range, widened and cut to it."""
    if variance <= 1e-15:
        least = greatest = mean
    else:
        width = high - low
        m = (mean - low) / width
        v = variance / (width * width)
        if v >= m * (1 - m) * (1 - 1e-12):  # no Beta has it: everything at the two ends
            return low, high
        size = m * (1 - m) / v - 1
        least = low + width * float(beta.ppf(0.025, m * size, (1 - m) * size))
        greatest = low + width * float(beta.ppf(0.975, m * size, (1 - m) * size))
        if math.isnan(least) or math.isnan(greatest):
            return low, high
    return max(low, least - widen), min(high, greatest + widen)
