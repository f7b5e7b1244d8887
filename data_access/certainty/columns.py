"""The engine's columns as arrays: numbers, ends of a span, and texts as codes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data_access.certainty.cells import UNKNOWN, Floats, Ints


def joined(column: pa.ChunkedArray, more: list[object], kind: pa.DataType) -> pa.Array:
    """The column and the values after it, as one array of the kind."""
    return pa.concat_arrays([*(chunk.cast(kind) for chunk in column.chunks), pa.array(more, type=kind)])


def bounds(column: pa.Array, missing: float) -> Floats:
    """The numbers, with ``missing`` for those that are missing."""
    return np.asarray(column.fill_null(missing).to_numpy(zero_copy_only=False), dtype=np.float64)


def numbers(column: pa.Array) -> Ints:
    """The whole numbers of a column without gaps."""
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.int64)


def codes(column: pa.Array, known: dict[str, int]) -> Ints:
    """Each text's code in ``known``, which learns new texts; UNKNOWN for a missing one."""
    found = column.dictionary_encode()
    learnt = [known.setdefault(text, len(known)) for text in found.dictionary.to_pylist()]
    return np.array([*learnt, UNKNOWN], dtype=np.int64)[numbers(found.indices.fill_null(-1))]
