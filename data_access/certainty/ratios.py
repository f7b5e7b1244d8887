"""The range of Σm/Σp over all worlds, by Dinkelbach's method (certainty §3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.measures import Floats
from data_access.certainty.unclear import Unclear

MOST_ROUNDS = 100  # at most 5 were ever seen


@dataclass(frozen=True)
class RatioTotals:
    """Certain members condensed: Σm, Σp, and of the m where p is 0 the sums of those below and above 0."""

    m: float
    p: float
    below: float
    above: float


def ratio_range(of: RatioTotals, records: Unclear) -> tuple[float, float]:
    """The least and greatest ratio; NaN where Σp is 0 in every world, infinite where nothing bounds it."""
    low = _least(of, records, records.least[0])
    turned = RatioTotals(-of.m, of.p, -of.above, -of.below)
    return low, -_least(turned, records, -records.greatest[0])


def _least(of: RatioTotals, records: Unclear, m: Floats) -> float:
    """λ ← the ratio of the world with the largest Σp; then each record takes the copy and bounds, or absence, that
    minimise m − λp, and λ ← Σm/Σp, until it no longer falls.

    ``m``: each copy's least. Open where the certain Σp can be 0 and a record may have p = 0 and m < 0.
    """
    world = _World(of, records, m)
    largest = records.greatest[1]
    total_m, total_p = world.of(-largest, largest, absence=False)
    if not total_p > 0:
        return float("nan")
    if np.isneginf(m).any():
        return float("-inf")
    if world.certain_p() <= 0 and (of.below < 0 or ((records.least[1] <= 0) & (m < 0)).any()):
        return float("-inf")
    ratio = total_m / total_p  # 0 where p has no upper limit: what a ratio of some m over ever more p comes down to
    for _ in range(MOST_ROUNDS):
        p = largest if ratio > 0 else records.least[1]
        cost = m - ratio * p if ratio != 0 else m
        total_m, total_p = world.of(cost, p, absence=True)
        if not total_p > 0 or not total_m / total_p < ratio:
            break
        ratio = total_m / total_p
    return float(ratio)


class _World:
    """The records of one slice, each in one copy or absent."""

    def __init__(self, of: RatioTotals, records: Unclear, m: Floats) -> None:
        self.base, self.records, self.m = of, records, m
        lengths = np.diff(np.append(records.starts, len(m)))
        self.owner = np.repeat(np.arange(len(records.n)), lengths)

    def certain_p(self) -> float:
        """The least that the per of the certain members can add up to."""
        surely = self.records.certain
        return self.base.p + float((self.records.n * self.records.low[1])[surely].sum())

    def of(self, cost: Floats, p: Floats, *, absence: bool) -> tuple[float, float]:
        """Σm and Σp where each record takes its cheapest copy, or is absent where it may be and that is cheaper."""
        if not len(cost):
            return self.base.m, self.base.p
        starts = self.records.starts
        cheapest = np.minimum.reduceat(cost, starts)
        first = np.flatnonzero(cost == cheapest[self.owner])
        taken = first[np.unique(self.owner[first], return_index=True)[1]]
        there = self.records.certain | (cheapest < 0) if absence else np.ones(len(starts), dtype=np.bool_)
        n = self.records.n[there]
        return (
            self.base.m + float((n * self.m[taken][there]).sum()),
            self.base.p + float((n * p[taken][there]).sum()),
        )
