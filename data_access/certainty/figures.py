"""The figures of sums, averages, ratios, percentiles and distinct counts, slice by slice (certainty §3, §5).

``membership`` hands each slice's unclear records to ``Judging``; the plain ones were condensed beforehand. What is
particular to a type stands in ``kinds``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.cells import Cells
from data_access.certainty.kinds import Judged, Kind, kind_of_figure
from data_access.certainty.measures import Floats, Ints
from data_access.certainty.plain import Plain
from data_access.certainty.plan import RecordPlan
from data_access.certainty.unclear import Unclear

DIGITS = 13  # of a DOUBLE's 15 to 17: adding 0.1 and 0.2 gives 0.3, and a target of 0.3 is met


@dataclass(frozen=True)
class Figures:
    """One entry a slice: the value as recorded, its range, and what the likely range is made of.

    NaN is none, infinite an open end. ``mean``, ``variance`` and ``half`` (``spread.Spread``) are NaN where ``likely``
    (2 × slices) holds the likely range itself, or where that is the range.
    """

    value: Floats
    low: Floats
    high: Floats
    mean: Floats
    variance: Floats
    half: Floats
    likely: Floats


class Judging:
    """Works out the figures of each slice as its records become known."""

    def __init__(self, plan: RecordPlan, cells: Cells, plain: Plain) -> None:
        assert cells.measures is not None
        self._periods = len(plain.slicing.windows)
        slices = len(plain.combinations) * self._periods
        self._kind: Kind = kind_of_figure(plan, cells, plain.places(), slices)
        self._judged: list[Judged | None] = [None] * slices

    def __call__(self, combination: int, period: int, records: Unclear) -> None:
        at = combination * self._periods + period
        self._judged[at] = self._kind.judged(at, records)

    def figures(self, recorded: tuple[Ints, Ints]) -> Figures:
        """All slices' figures; ``recorded`` pairs slices with the record kinds in them as recorded."""
        value = self._kind.recorded(*recorded)
        rows = [(j.low, j.high, j.mean, j.variance, j.half, *j.likely) for j in self._judged if j is not None]
        table = np.array(rows, dtype=np.float64).reshape(len(value), 7).T
        scale = self._kind.scale
        low, high = scale * table[0], scale * np.maximum(table[0], table[1])
        ends = np.stack([low, high, scale * value, scale * table[5], scale * table[6]])
        low, high, value, *likely = _rounded(ends)
        return Figures(
            value=np.minimum(np.maximum(value, low), high), low=low, high=high,
            mean=scale * table[2], variance=scale**2 * table[3], half=scale * table[4], likely=np.stack(likely),
        )  # fmt: skip


def _rounded(ends: Floats) -> list[Floats]:
    """Each column to ``DIGITS`` digits of its largest number: one grid, so that their order stays."""
    finite = np.where(np.isfinite(ends), np.abs(ends), 0.0)
    largest = finite.max(axis=0)
    places = DIGITS - 1 - np.floor(np.log10(np.where(largest > 0, largest, 1.0)))
    power = 10.0 ** np.clip(places, -300, 300)
    with np.errstate(invalid="ignore", over="ignore"):
        rounded = np.round(ends * power) / power
    return list(np.where(np.isfinite(rounded), rounded, ends))
