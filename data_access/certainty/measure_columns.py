"""The measures of cells, from the last fields of each part and the sums beside them (``measure_parts``, ``condensed``).

``measured`` is how many measures a record has: 1, for a ratio 2, for a distinct count 0, whose measure is a key.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from data_access.certainty.cells import DOUBT, NO
from data_access.certainty.columns import bounds, codes, joined
from data_access.certainty.condensed import SUMS
from data_access.certainty.measures import NO_KEY, UNSURE, Floats, Ints, Measures


def types_of(measured: int | None) -> list[pa.DataType]:
    """The kinds of a part's measure fields; none where the cells have no measures."""
    if measured is None:
        return []
    return [pa.float64()] * (3 * measured) or [pa.string()] * 2


def without(part: tuple[object, ...], base: int) -> tuple[object, ...]:
    """A part whose measure, from the field ``base`` on, is forgotten where it is a certain non-member's.

    That measure is in no figure, so nothing about it is in doubt.
    """
    return part if part[0] is not False else (False, True, *part[2:base], *([None] * (len(part) - base)))


def agree(copies: Sequence[Sequence[object]]) -> bool:
    """Whether copies have the same measure fields, whatever was recorded for a doubtful one."""

    def compared(copy: Sequence[object]) -> list[object]:
        if len(copy) == 2:  # a key and the key as recorded
            return [copy[0]]
        return [value for place, value in enumerate(copy) if place % 3 < 2]

    return all(compared(copy) == compared(copies[0]) for copy in copies)


def measures_of(
    fields: Sequence[pa.Array], sums: Sequence[pa.ChunkedArray], n: Ints, chosen: Ints, w: Ints, o: Ints
) -> Measures:
    """Measures from their fields, one row a copy, and from the ``sums`` of the kinds that have no copies."""
    out = w == NO
    if len(fields) == 2:
        return _keys(fields, chosen, out, o)
    spans = np.stack([np.where(out, np.nan, bounds(field, np.nan)) for field in fields])
    recorded = spans[2::3, chosen]
    totals = _totals(recorded, n)
    alone = len(sums[0]) if sums else 0
    totals[:, :alone] = 0.0
    for place, column in enumerate(sums):
        totals[place, :alone] = bounds(joined(column, [], pa.float64()), 0.0)
    return Measures(
        least=spans[0::3],
        greatest=spans[1::3],
        recorded=recorded,
        sums=totals,
        keys=np.zeros(len(w), dtype=np.int64),
        recorded_keys=np.zeros(len(chosen), dtype=np.int64),
        labels=(),
    )


def _keys(fields: Sequence[pa.Array], chosen: Ints, out: Ints, o: Ints) -> Measures:
    known: dict[str, int] = {}
    keys = np.where(out, NO_KEY, codes(fields[0], known))
    recorded = np.where(out, NO_KEY, codes(fields[1], known))
    return Measures(
        least=np.zeros((0, len(o))),
        greatest=np.zeros((0, len(o))),
        recorded=np.zeros((0, len(chosen))),
        sums=np.zeros((len(SUMS), 0)),
        keys=np.where(o == DOUBT, UNSURE, keys),
        recorded_keys=recorded[chosen],
        labels=tuple(known),
    )


def _totals(recorded: Floats, n: Ints) -> Floats:
    """``SUMS`` of kinds that are known record by record."""
    m = recorded[0]
    nothing = np.zeros(len(m))
    p, divided = (recorded[1], recorded[1] == 0) if len(recorded) > 1 else (nothing, nothing > 0)
    below, above = np.where(divided, np.minimum(m, 0.0), 0.0), np.where(divided, np.maximum(m, 0.0), 0.0)
    return np.asarray(n * np.stack([m, m * m, p, p * p, below, above]), dtype=np.float64)
