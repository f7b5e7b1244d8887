"""What each type of figure makes of its certain members and of one slice's unclear records (certainty §3, §5)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from data_access.certainty.cells import Cells, domain_of
from data_access.certainty.condensed import SUMS
from data_access.certainty.distinct import distinct_range
from data_access.certainty.groups import Groups
from data_access.certainty.means import average_range, sum_range
from data_access.certainty.measures import NO_KEY, Floats, Ints
from data_access.certainty.plan import RecordPlan
from data_access.certainty.ranks import Sorted, likely, percentile_range, quantile
from data_access.certainty.ratios import RatioTotals, ratio_range
from data_access.certainty.rewrite import columns_read
from data_access.certainty.rows import distinct
from data_access.certainty.spread import UNKNOWN, Spread, Totals, of_average, of_ratio, of_sum
from data_access.certainty.unclear import Unclear
from data_access.definitions.models import BLANK
from data_access.definitions.sql import is_bare_column

NONE = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Judged:
    """One slice's range, and its likely range as a spread or as it is."""

    low: float
    high: float
    mean: float
    variance: float
    half: float
    likely: tuple[float, float]


def judged(ends: tuple[float, float], spread: Spread = UNKNOWN, likely: tuple[float, float] = NONE) -> Judged:
    return Judged(*ends, spread.mean, spread.variance, spread.half, likely)


class Kind(ABC):
    """A type of figure over some cells. ``scale`` takes the figures to the metric's unit."""

    scale = 1.0

    @abstractmethod
    def judged(self, at: int, records: Unclear) -> Judged:
        """The range and likely range of the slice ``at``."""

    @abstractmethod
    def recorded(self, slices: Ints, kinds: Ints) -> Floats:
        """Each slice's value as recorded, NaN for none, from pairs of a slice and a record kind in it."""


class Summed(Kind):
    """A sum, an average or a ratio: certain members are known by their sums."""

    def __init__(self, plan: RecordPlan, cells: Cells, places: Ints, slices: int) -> None:
        assert cells.measures is not None
        self.type, self.slices = plan.metric.type, slices
        self.scale = 100.0 if plan.metric.type == "ratio" and plan.metric.unit == "percent" else 1.0
        plain, there = cells.plain, places >= 0
        self.n = _added(places[there], cells.n[plain][there].astype(np.float64), slices)
        sums = cells.measures.sums[:, plain][:, there]
        self.sums = {name: _added(places[there], row, slices) for name, row in zip(SUMS, sums, strict=True)}
        alone = cells.n * cells.measures.recorded
        self.recorded_n = cells.n.astype(np.float64)
        self.recorded_m = np.where(plain, cells.measures.sums[0], alone[0])
        self.recorded_p = np.where(plain, cells.measures.sums[2], alone[1]) if len(alone) > 1 else self.recorded_n

    def judged(self, at: int, records: Unclear) -> Judged:
        n, m = float(self.n[at]), float(self.sums["m"][at])
        of = Totals(n, m, float(self.sums["mm"][at]))
        if self.type == "sum":
            return judged(sum_range(of, records), of_sum(of, records))
        if self.type == "average":
            return judged(average_range(of, records), of_average(of, records))
        p, below, above = (float(self.sums[name][at]) for name in ("p", "below", "above"))
        if not len(records.n):  # nothing in doubt: one division, so that all ends are the same
            return judged((m / p, m / p) if p > 0 else NONE)
        ends = ratio_range(RatioTotals(m, p, below, above), records)
        return judged(ends, of_ratio(of, Totals(n, p, float(self.sums["pp"][at])), records))

    def recorded(self, slices: Ints, kinds: Ints) -> Floats:
        m = _added(slices, self.recorded_m[kinds], self.slices)
        if self.type == "sum":
            return m
        whole = _added(slices, (self.recorded_n if self.type == "average" else self.recorded_p)[kinds], self.slices)
        return np.where(whole > 0, m / np.where(whole > 0, whole, 1.0), np.nan)


class Ranked(Kind):
    """A median or percentile: every certain member's measure is known."""

    def __init__(self, plan: RecordPlan, cells: Cells, places: Ints, slices: int) -> None:
        assert cells.measures is not None
        self.percentile = 50.0 if plan.metric.type == "median" else float(plan.metric.percentile or 0)
        self.slices, self.n, self.measures = slices, cells.n.astype(np.float64), cells.measures.recorded[0]
        self.certain = Groups.of(places, np.flatnonzero(cells.plain), slices)

    def judged(self, at: int, records: Unclear) -> Judged:
        kinds = self.certain.members(at)
        values, n = self.measures[kinds], self.n[kinds]
        if not len(records.n):
            alone = quantile(self.percentile, Sorted.of(values, n))
            return judged((alone, alone))
        ends = percentile_range(self.percentile, values, n, records)
        return judged(ends, likely=likely(self.percentile, values, n, records))

    def recorded(self, slices: Ints, kinds: Ints) -> Floats:
        groups = Groups.of(slices, kinds, self.slices)
        found = [groups.members(at) for at in range(self.slices)]
        return np.array([quantile(self.percentile, Sorted.of(self.measures[k], self.n[k])) for k in found])


class Distinct(Kind):
    """A distinct count: every certain member's key is known. Its likely range is its range."""

    def __init__(self, plan: RecordPlan, cells: Cells, places: Ints, slices: int) -> None:
        assert cells.measures is not None
        self.slices, self.keys = slices, cells.measures.keys[cells.starts]
        self.recorded_keys = cells.measures.recorded_keys
        self.certain = Groups.of(places, np.flatnonzero(cells.plain), slices)
        tree, self.blank = plan.measures["m"], plan.spans["m"].may_be_blank
        self.domain: frozenset[int] | None = None
        column = plan.contract.columns[columns_read(tree)[0]] if is_bare_column(tree) else None
        possible = domain_of(column, may_be_blank=False) if column else None
        if possible is not None:
            codes = {label: code for code, label in enumerate(cells.measures.labels)}
            # a value that no record holds has a code of its own beyond all others
            listed = sorted(possible - {BLANK})
            self.domain = frozenset(codes.get(text, len(codes) + place) for place, text in enumerate(listed))

    def judged(self, at: int, records: Unclear) -> Judged:
        keys = np.unique(self.keys[self.certain.members(at)])
        return judged(distinct_range(keys[keys != NO_KEY], records, self.domain, blank=self.blank))

    def recorded(self, slices: Ints, kinds: Ints) -> Floats:
        keys = self.recorded_keys[kinds]
        pairs, _ = distinct(np.stack([slices, keys], axis=1)[keys != NO_KEY])
        return _added(pairs[:, 0], np.ones(len(pairs)), self.slices)


def kind_of_figure(plan: RecordPlan, cells: Cells, places: Ints, slices: int) -> Kind:
    """The kind of the plan's metric. ``places``: the slice of each plain record kind, -1 for none."""
    if plan.metric.type == "count_distinct":
        return Distinct(plan, cells, places, slices)
    if plan.metric.type in ("median", "percentile"):
        return Ranked(plan, cells, places, slices)
    return Summed(plan, cells, places, slices)


def _added(slices: Ints, amounts: Floats, count: int) -> Floats:
    return np.bincount(slices, weights=amounts, minlength=count).astype(np.float64)
