"""The range of a sum and of an average over all worlds (certainty §3)."""

from __future__ import annotations

import numpy as np

from data_access.certainty.measures import Floats
from data_access.certainty.spread import Totals
from data_access.certainty.unclear import Unclear

Ends = tuple[float, float]


def sum_range(of: Totals, records: Unclear) -> Ends:
    """A member adds its least (greatest) measure, a member in doubt min(0, ·) (max(0, ·))."""
    low, high, n = records.low[0], records.high[0], records.n
    least = np.where(records.certain, low, np.minimum(low, 0.0))
    greatest = np.where(records.certain, high, np.maximum(high, 0.0))
    return of.x + float((n * least).sum()), of.x + float((n * greatest).sum())


def average_range(of: Totals, records: Unclear) -> Ends:
    """From the members' least measures, members in doubt are added in ascending order while they lower it."""
    low = _least_average(of.n, of.x, records, records.low[0])
    return low, -_least_average(of.n, -of.x, records, -records.high[0])


def _least_average(n: float, x: float, records: Unclear, least: Floats) -> float:
    """NaN where no world has a member."""
    surely = records.certain
    n += float(records.n[surely].sum())
    x += float((records.n[surely] * least[surely]).sum())
    order = np.argsort(least[~surely], kind="stable")
    added, count = least[~surely][order], records.n[~surely][order]
    counts = n + np.concatenate([[0.0], np.cumsum(count)])
    sums = x + np.concatenate([[0.0], np.cumsum(count * added)])
    counts, sums = counts[counts > 0], sums[counts > 0]
    return float((sums / counts).min()) if len(counts) else float("nan")
