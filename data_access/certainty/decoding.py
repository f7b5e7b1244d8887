"""Cells from what the engine returns for the queries of ``records``.

Column by column: a slice by week and two dimensions may have a hundred thousand cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from data_access.certainty.cells import CERTAIN, DOUBT, MOVED, NEVER, NO, YES, Cells, Flags, Ints
from data_access.certainty.columns import bounds, codes, joined, numbers
from data_access.certainty.measure_columns import agree, measures_of, types_of, without
from data_access.certainty.records import COPY, ESCAPE, ESCAPED, FIELD, NULL_TEXT

Parts = tuple[object, ...]

TRUTH, TEXT, BUCKET = pa.bool_(), pa.string(), pa.float64()
STATES = {"c": CERTAIN, "n": NEVER, "x": MOVED}


def decode(
    singles: Sequence[pa.ChunkedArray],
    copied: Iterable[tuple[str, int]],
    dimensions: int,
    rules: int,
    measured: int | None = None,
) -> Cells:
    """Cells from the columns of ``records.singles`` and the rows of ``records.copied``.

    ``singles``: the fields of a part in order, a measure's sums, then n. ``copied``: the encoded copies and n.
    ``measured``: how many measures a record has (``measure_columns``), None for counts and shares.
    Copies with the same parts count as one: nothing about the figure is in doubt between them. The checks
    behind a doubtful part are the same too, or both copies stay, to name the checks of both.
    """
    types = [*_types(dimensions), *types_of(measured)]
    doubled = [(_copies(text, dimensions, types), n) for text, n in copied]
    copies = [part for (parts, _), _ in doubled for part in parts]
    fields, sums = singles[: len(types)], singles[len(types) : -1]
    columns = [
        joined(column, [part[place] for part in copies], kind)
        for place, (column, kind) in enumerate(zip(fields, types, strict=True))
    ]
    alone = len(singles[-1])
    sizes = np.array([1] * alone + [len(parts) for (parts, _), _ in doubled], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    chosen = starts + np.array([0] * alone + [place for (_, place), _ in doubled], dtype=np.int64)
    n = numbers(joined(singles[-1], [count for _, count in doubled], pa.int64()))
    w, o = _truth(columns[0]), _truth(columns[1])
    measures = None
    if measured is not None:
        o = np.where(w == NO, YES, o)
        measures = measures_of(columns[_base(dimensions) :], sums, n, chosen, w, o)
    return replace(_cells(columns, w, o, starts, chosen, n, dimensions, rules), measures=measures)


def _base(dimensions: int) -> int:
    """How many fields of a part stand before its measure's."""
    return 11 + 3 * dimensions


def _types(dimensions: int) -> list[pa.DataType]:
    certain = [TRUTH, TRUTH, TEXT, BUCKET, BUCKET, *[TEXT] * dimensions]
    return [*certain, *[TEXT] * (3 + dimensions), TRUTH, TRUTH, BUCKET, *[TEXT] * dimensions]


def _copies(text: str, dimensions: int, types: Sequence[pa.DataType]) -> tuple[list[Parts], int]:
    """A record's copies and the place of the chosen one."""
    copies = [copy.split(FIELD) for copy in text.split(COPY)]
    chosen = next(place for place, copy in enumerate(copies) if copy[-1] == "1")
    same, base = 8 + 2 * dimensions, _base(dimensions)
    parts = [_typed(copy[:-1], types) for copy in copies]
    if len(types) > base:
        parts = [without(part, base) for part in parts]
    alike = all(part[:same] == parts[0][:same] for part in parts) and agree([part[base:] for part in parts])
    return ([parts[chosen]], 0) if alike else (parts, chosen)


def _typed(fields: Sequence[str], types: Sequence[pa.DataType]) -> Parts:
    """The fields of an encoded copy with the types they had."""
    values: list[object] = [None if text == NULL_TEXT else _unescaped(text) for text in fields]
    for place, kind in enumerate(types):
        text = values[place]
        if text is not None and kind != TEXT:
            values[place] = text == "true" if kind == TRUTH else float(str(text))
    return tuple(values)


def _unescaped(text: str) -> str:
    for mark, letter in reversed(ESCAPED.items()) if ESCAPE in text else ():
        text = text.replace(ESCAPE + letter, mark)
    return text


def _cells(
    columns: list[pa.Array], w: Ints, o: Ints, starts: Ints, chosen: Ints, n: Ints, dimensions: int, rules: int
) -> Cells:
    first, last = bounds(columns[3], -np.inf), bounds(columns[4], np.inf)
    state = codes(columns[2], dict(STATES))
    # A date without end, such as 'infinity', is in no period.
    t = np.where((state == CERTAIN) & np.isinf(first), NEVER, state)
    places, reasons, recorded = range(dimensions), columns[5 + dimensions :], columns[8 + 2 * dimensions :]
    known: list[dict[str, int]] = [{} for _ in places]
    dims = _table([codes(columns[5 + place], known[place]) for place in places], len(t))
    # Where nothing is in doubt the parts are as recorded.
    plain = recorded[0].is_null().to_numpy(zero_copy_only=False)
    dated = np.where((state == NEVER) | np.isinf(first), np.nan, first)
    recorded_dims = _table([codes(recorded[3 + place], known[place]) for place in places], len(t))
    return Cells(
        labels=tuple(tuple(labels) for labels in known),
        starts=starts,
        n=n,
        w=w,
        o=o,
        t=t,
        first=first,
        last=last,
        dims=dims,
        failed=np.array([_failed(text, rules) for text in reasons[: 3 + dimensions]], dtype=np.bool_),
        recorded_w=np.where(plain, w == YES, _truth(recorded[0]) == YES)[chosen],
        recorded_o=np.where(plain, o == YES, _truth(recorded[1]) == YES)[chosen],
        recorded_t=np.where(plain, dated, bounds(recorded[2], np.nan))[chosen],
        recorded_dims=np.where(plain[:, None], dims, recorded_dims)[chosen],
        chosen=chosen,
    )


def _truth(column: pa.Array) -> Ints:
    yes = np.asarray(column.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.bool_)
    return np.where(column.is_null().to_numpy(zero_copy_only=False), DOUBT, np.where(yes, YES, NO))


def _table(columns: list[Ints], rows: int) -> Ints:
    return np.stack(columns, axis=1) if columns else np.zeros((rows, 0), dtype=np.int64)


def _failed(column: pa.Array, rules: int) -> Flags:
    """Copies × rules: the failed rules that a text such as ``3,7,`` names."""
    texts: dict[str, int] = {}
    named_by = codes(column, texts)
    named = np.zeros((len(texts), rules), dtype=np.bool_)
    for text, code in texts.items():
        named[code, [int(place) for place in text.split(",")[:-1]]] = True
    return named[named_by]
