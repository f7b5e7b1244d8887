"""The range of a median or percentile over all worlds, and where it likely lies (certainty §3, §5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.measures import Floats, Ints
from data_access.certainty.unclear import Unclear


@dataclass(frozen=True)
class Sorted:
    """Values in ascending order, each ``n`` times."""

    values: Floats
    ends: Floats  # how many there are up to and with each value

    @staticmethod
    def of(values: Floats, n: Floats) -> Sorted:
        order = np.argsort(values, kind="stable")
        return Sorted(values[order], np.cumsum(n[order]))

    @property
    def n(self) -> int:
        return int(self.ends[-1]) if len(self.ends) else 0

    def at(self, places: Ints) -> Floats:
        """The values at these places from 0; minus infinity before the first, infinity after the last."""
        if not self.n:
            return np.where(places < 0, -np.inf, np.inf)
        inside = np.clip(places, 0, self.n - 1)
        found = self.values[np.searchsorted(self.ends, inside, side="right")]
        return np.where(places < 0, -np.inf, np.where(places >= self.n, np.inf, found))


def quantile(percentile: float, of: Sorted) -> float:
    """Linear interpolation between the two nearest (``quantile_cont``); NaN of nothing."""
    return float(_prefixed(percentile, of, Sorted(np.zeros(0), np.zeros(0)))[0])


def percentile_range(percentile: float, values: Floats, n: Floats, records: Unclear) -> tuple[float, float]:
    """From the certain ``values`` and the members' least (greatest) measures, with every prefix of those in doubt."""
    low = _least(percentile, values, n, records, records.low[0])
    return low, -_least(100.0 - percentile, -values, n, records, -records.high[0])


def _least(percentile: float, values: Floats, n: Floats, records: Unclear, least: Floats) -> float:
    surely = records.certain
    base = Sorted.of(np.concatenate([values, least[surely]]), np.concatenate([n, records.n[surely]]))
    found = _prefixed(percentile, base, Sorted.of(least[~surely], records.n[~surely]))
    known = found[~np.isnan(found)]
    return float(known.min()) if len(known) else float("nan")


def _prefixed(percentile: float, base: Sorted, added: Sorted) -> Floats:
    """The percentile of the base with the first k of the added values, for every k from 0; NaN of nothing."""
    k = np.arange(added.n + 1)
    total = base.n + k
    place = percentile * (total - 1) / 100.0
    below = np.floor(np.maximum(place, 0.0)).astype(np.int64)
    part = place - below
    first = _ranked(base, added, k, below)
    second = _ranked(base, added, k, np.minimum(below + 1, total - 1))
    with np.errstate(invalid="ignore"):
        between = np.where((part <= 0) | (first == second) | np.isneginf(first), first, first + part * (second - first))
    return np.where(total > 0, between, np.nan)


def _ranked(base: Sorted, added: Sorted, k: Ints, rank: Ints) -> Floats:
    """The value of this rank (from 0) among the base and the first k added, for each k: a search by halves.

    Of the rank + 1 smallest, i are added ones: the fewest such that the next added one is not smaller than the last of
    the base taken.
    """
    take = rank + 1
    low, high = np.maximum(0, take - base.n), np.minimum(k, take)
    while (low < high).any():
        middle = (low + high) // 2
        enough = added.at(middle) >= base.at(take - middle - 1)
        high = np.where((low < high) & enough, middle, high)
        low = np.where((low < high) & ~enough, middle + 1, low)
    return np.maximum(base.at(take - low - 1), added.at(low - 1))


def likely(percentile: float, values: Floats, n: Floats, records: Unclear) -> tuple[float, float]:
    """Quantiles of the weighted known measures at p ± (1.96√V + ½/N), X = [measure ≤ q] and R = p; NaN if too few.

    An unknown X is p, with the variance p(1 − p) of one record.
    """
    p = percentile / 100.0
    seen, x = records.known & (records.weight > 0), records.low[0]
    certain = float(n.sum()) + float(records.n[records.beyond_doubt].sum())
    if certain < 2:
        return float("nan"), float("nan")
    measured = np.concatenate([values, x[seen]])
    times = np.concatenate([n, records.n[seen]])
    weights = np.concatenate([np.ones(len(values)), records.weight[seen]])
    middle = _weighted(np.array([p]), measured, times, weights)[0]
    doubt = ~records.beyond_doubt
    count, w, known = records.n[doubt], records.weight[doubt], records.known[doubt]
    e = np.where(known, (x[doubt] <= middle) - p, 0.0)
    s2 = np.where(known, 0.0, p * (1 - p))
    whole = float(n.sum()) + float((records.n * records.weight).sum())
    unknown = float((count * w * ~known).sum())
    variance = float((count * (w * (e**2 + s2) - (w * e) ** 2)).sum()) + unknown**2 * p * (1 - p) / certain
    room = 1.96 * np.sqrt(max(0.0, variance)) / whole + 0.5 / whole
    ends = _weighted(np.clip(np.array([p - room, p + room]), 0.0, 1.0), measured, times, weights)
    return float(ends[0]), float(ends[1])


def _weighted(levels: Floats, values: Floats, n: Floats, weights: Floats) -> Floats:
    """Interpolated quantiles where each value stands n times with its weight: with equal weights, ``quantile_cont``.

    Of equal values the lightest comes first, so that the order of the records does not matter.
    """
    order = np.lexsort((weights, values))
    values, n, weights = values[order], n[order], weights[order]
    before = np.concatenate([[0.0], np.cumsum(n * weights)[:-1]])
    ends = before + (n - 1) * weights
    places = np.stack([before, ends], axis=1).reshape(-1)
    return np.asarray(np.interp(levels * places[-1], places, np.repeat(values, 2)))
