"""The likely range, if the records in doubt are like the others: a closed form (certainty §5)."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from data_access.certainty import formulas
from data_access.certainty.cells import Floats
from data_access.certainty.figures import Figures
from data_access.certainty.slices import Counted
from data_access.definitions.models import MetricType

TAILS = (0.025, 0.975)
NORMAL = 1.96
NOTHING = 1e-14  # of the square of the range


def likely_range(kind: MetricType, c: Counted, bounds: formulas.Range) -> tuple[Floats, Floats]:
    """2.5% and 97.5% of a Beta scaled to [low, high], widened by half a record, cut to [low, high].

    In the unit of the metric (shares 0 to 100). Where nothing is in doubt both are the value. Where an end is open the
    shape is a normal one, and where too little is known to say what is likely it is all of the range.
    """
    if c.figures is not None:
        return _of_figures(c.figures, bounds)
    mean, variance, half = _count(c) if kind == "count" else _share(c)
    scale = 1.0 if kind == "count" else 100.0
    low, high = bounds.low / scale, bounds.high / scale
    ends = _scaled(low, high, mean, variance, half)
    known = ~np.isnan(bounds.low) & ~np.isnan(bounds.high)
    # Cut once more in the metric's unit: dividing and multiplying by 100 may move the last digit past an end.
    first, last = (np.where(known, np.clip(scale * end, bounds.low, bounds.high), np.nan) for end in ends)
    return first, last


def _scaled(low: Floats, high: Floats, mean: Floats, variance: Floats, half: Floats) -> list[Floats]:
    """Both ends of the Beta with this mean and variance between low and high."""
    span = np.where(high > low, high - low, 1.0)
    middle = np.clip((mean - low) / span, 0.0, 1.0)
    spread = variance / span**2
    room = middle * (1 - middle)
    shaped = (spread > 0) & (spread < room)
    size = np.where(shaped, room / np.where(shaped, spread, 1.0) - 1, 1.0)
    first = np.where(shaped, np.clip(middle * size, 1e-9, None), 1.0)
    second = np.where(shaped, np.clip((1 - middle) * size, 1e-9, None), 1.0)
    ends = []
    for tail, edge in zip(TAILS, (0.0, 1.0), strict=True):
        quantile = np.where(shaped, betaincinv(first, second, tail), np.where(spread > 0, edge, middle))
        moved = low + quantile * span + (half if edge else -half)
        ends.append(np.clip(moved, low, high))
    return ends


def _of_figures(f: Figures, bounds: formulas.Range) -> tuple[Floats, Floats]:
    """The likely range of a measure: the Beta, the normal where an end is open, the range where nothing is known."""
    low, high = bounds.low, bounds.high
    closed = np.isfinite(low) & np.isfinite(high)
    known = ~np.isnan(f.mean)
    low_, high_, mean, variance, half = (
        np.where(closed & known, part, 0.0) for part in (low, high, f.mean, f.variance, f.half)
    )
    # What is left of equal measures after adding and subtracting them is no spread.
    variance = np.where(variance <= NOTHING * (high_ - low_) ** 2, 0.0, variance)
    beta = _scaled(low_, high_, mean, variance, half)
    found = []
    for place, (end, sign, bound) in enumerate(zip(beta, (-1.0, 1.0), (low, high), strict=True)):
        normal = f.mean + sign * (NORMAL * np.sqrt(f.variance) + f.half)
        spread = np.where(closed, end, np.clip(normal, low, high))
        itself = f.likely[place]
        found.append(np.where(known, spread, np.where(np.isnan(itself), bound, np.clip(itself, low, high))))
    return found[0], found[1]


def _count(c: Counted) -> tuple[Floats, Floats, Floats]:
    """Mean, variance and half-width of the widening: each record in doubt is one or none."""
    weights = c.w1 + c.w0 + c.wu
    squares = c.q1 + c.q0 + c.qu
    return c.a + c.b + c.u + weights, weights - squares, np.full_like(weights, 0.5)


def _share(c: Counted) -> tuple[Floats, Floats, Floats]:
    """Mean, variance and half-width of a share: an unknown outcome is p̂, known to within its own variance."""
    likely = (c.a + 0.5) / (c.a + c.b + 1)
    doubt = likely * (1 - likely)
    own = doubt / (c.a + c.b + 2)
    unknown, unknown_squares = c.u + c.wu, c.u + c.qu
    whole = formulas.expected(c)
    divisor = np.where(whole > 0, whole, 1.0)
    mean = (c.a + c.w1 + unknown * likely) / divisor
    e1, e0, eu = 1 - mean, -mean, likely - mean
    moved = (c.w1 - c.q1) * e1**2 + (c.w0 - c.q0) * e0**2
    moved = moved + unknown * (eu**2 + doubt) - unknown_squares * eu**2
    variance = (moved + unknown**2 * own) / divisor**2
    # Where no record is expected nothing is likelier than the rest: all of the range.
    return mean, np.where(whole > 0, variance, np.inf), 0.5 / divisor
