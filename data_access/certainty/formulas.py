"""Ranges, confidence and FACT from the six counts (certainty §3, §4). Vectorised over slices; NaN is none.

The ranges of measures are worked out in ``figures``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.cells import Floats
from data_access.certainty.slices import Counted
from data_access.definitions.models import MetricType


@dataclass(frozen=True)
class Range:
    """Per slice: the value as recorded and the least and greatest over all worlds, in the metric's unit."""

    value: Floats
    low: Floats
    high: Floats


def certain_range(kind: MetricType, c: Counted) -> Range:
    """The guaranteed range; the value is brought inside it where it lies outside.

    Where no world has a figure there is none as recorded either. An open end is infinite.
    """
    if c.figures is not None:
        return Range(c.figures.value, c.figures.low, c.figures.high)
    low, high = _count(c) if kind == "count" else _share(c)
    value = c.value_n if kind == "count" else _percent(c.value_yes, c.value_n)
    return Range(np.minimum(np.maximum(value, low), high), low, high)


def _count(c: Counted) -> tuple[Floats, Floats]:
    members = c.a + c.b + c.u
    return members, members + c.k1 + c.k0 + c.ku


def _share(c: Counted) -> tuple[Floats, Floats]:
    low = _percent(c.a, c.a + c.b + c.u + c.k0 + c.ku)
    high = _percent(c.a + c.u + c.k1 + c.ku, c.a + c.b + c.u + c.k1 + c.ku)
    low = np.where(np.isnan(low) & (c.k1 > 0), 100.0, low)
    high = np.where(np.isnan(high) & (c.k0 > 0), 0.0, high)
    return low, high


def _percent(part: Floats, whole: Floats) -> Floats:
    # 100 × first, then one division: 11 of 20 is exactly 55, so that a target of 55 is met.
    return np.where(whole > 0, 100.0 * part / np.where(whole > 0, whole, 1.0), np.nan)


def records(c: Counted) -> Floats:
    """Records that are or may be in each slice."""
    return c.a + c.b + c.u + c.k1 + c.k0 + c.ku


def in_doubt(c: Counted) -> Floats:
    """Those of them that could move the figure."""
    return c.u + c.k1 + c.k0 + c.ku


def expected(c: Counted) -> Floats:
    """How many records are expected behind the number: members, and members in doubt by weight."""
    return c.a + c.b + c.u + c.w1 + c.w0 + c.wu


def confidence(c: Counted) -> Floats:
    """Of every 100 expected records, how many are beyond doubt. 0 if only doubt, NaN if nothing at all."""
    whole = expected(c)
    none = np.where(in_doubt(c) > 0, 0.0, np.nan)
    return np.where(whole > 0, 100.0 * (c.a + c.b) / np.where(whole > 0, whole, 1.0), none)


def fact(c: Counted) -> Floats:
    """Complete, Accurate, Timely (3 × slices): percent of the expected records free of that doubt."""
    whole = expected(c)
    # In this order, so that no doubt of a kind is 100 exactly and not a last digit less.
    free = 100.0 - 100.0 * c.kinds / np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, np.clip(free, 0.0, 100.0), np.nan)
