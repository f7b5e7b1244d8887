"""What the records in doubt are expected to do to a sum, an average or a ratio (certainty §5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.measures import Floats
from data_access.certainty.unclear import Unclear


@dataclass(frozen=True)
class Totals:
    """Certain members condensed into sums: how many, Σx and Σx² of one measure."""

    n: float
    x: float
    xx: float


@dataclass(frozen=True)
class Spread:
    """A figure if the records in doubt are like the others: mean R, variance V, and the widening.

    NaN where fewer than two certain records tell what the others are like: then the likely range is the range.
    """

    mean: float
    variance: float
    half: float


UNKNOWN = Spread(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Guess:
    """One measure of each record in doubt: X (the mean of the certain ones where it is unknown), and how surely.

    ``s`` is 0 where X is known, else the standard deviation of the certain ones. ``v``: the variance of their mean.
    """

    x: Floats
    s: Floats
    unknown: Floats
    v: float


def guess(of: Totals, records: Unclear, measure: int) -> Guess | None:
    """None with fewer than two certain records."""
    low, high = records.low[measure], records.high[measure]
    seen = records.beyond_doubt
    n, x = records.n[seen], low[seen]
    m = of.n + float(n.sum())
    if m < 2:
        return None
    mean = (of.x + float((n * x).sum())) / m
    squares = of.xx + float((n * x * x).sum())
    variance = max(0.0, (squares - m * mean * mean) / (m - 1))
    unknown = low != high
    return Guess(
        np.where(unknown, mean, low), np.where(unknown, np.sqrt(variance), 0.0), unknown.astype(float), variance / m
    )


def of_sum(of: Totals, records: Unclear) -> Spread:
    """R = ΣwX, V = Σ(w(X² + s²) − (wX)²) + (Σ w of the unknown)²·v, widened by ½·max(|X|, s)."""
    found = guess(of, records, 0)
    if found is None:
        return UNKNOWN
    mean = of.x + float((records.n * records.weight * found.x).sum())
    return Spread(mean, *_variance(records, found.x, found.s, [found.unknown], [found.v]))


def of_average(of: Totals, records: Unclear) -> Spread:
    """R = ΣwX/Σw, e = X − R; the sum's V with e for X, ÷ (Σw)²."""
    found = guess(of, records, 0)
    whole = of.n + float((records.n * records.weight).sum())
    if found is None or whole <= 0:
        return UNKNOWN
    mean = (of.x + float((records.n * records.weight * found.x).sum())) / whole
    variance, half = _variance(records, found.x - mean, found.s, [found.unknown], [found.v])
    return Spread(mean, variance / whole**2, half / whole)


def of_ratio(of_m: Totals, of_p: Totals, records: Unclear) -> Spread:
    """R = ΣwX/ΣwP, e = X − R·P; an unknown P is the mean of the certain ones, as surely as their R·P vary."""
    m, p = guess(of_m, records, 0), guess(of_p, records, 1)
    if m is None or p is None:
        return UNKNOWN
    weights = records.n * records.weight
    whole = of_p.x + float((weights * p.x).sum())
    if whole <= 0:
        return UNKNOWN
    mean = (of_m.x + float((weights * m.x).sum())) / whole
    s = np.sqrt(m.s**2 + mean**2 * p.s**2)
    unknown = [m.unknown, p.unknown]
    variance, half = _variance(records, m.x - mean * p.x, s, unknown, [m.v, mean**2 * p.v])
    return Spread(mean, variance / whole**2, half / whole)


def _variance(records: Unclear, e: Floats, s: Floats, unknown: list[Floats], v: list[float]) -> tuple[float, float]:
    """Σ(w(e² + s²) − (we)²) + Σ over the measures of (Σ w of the unknown)²·v, and half the largest of |e| and s."""
    doubt = ~records.beyond_doubt
    n, w, e, s = records.n[doubt], records.weight[doubt], e[doubt], s[doubt]
    total = float((n * (w * (e**2 + s**2) - (w * e) ** 2)).sum())
    for of, variance in zip(unknown, v, strict=True):
        total += float((n * w * of[doubt]).sum()) ** 2 * variance
    half = 0.5 * float(np.maximum(np.abs(e), s).max()) if len(e) else 0.0
    return total, half
