"""Rows of codes told apart by one number each: a slice has up to a million of them."""

from __future__ import annotations

import math

import numpy as np

from data_access.certainty.cells import Ints

LARGEST = 2**62


def distinct(rows: Ints) -> tuple[Ints, Ints]:
    """The different rows, ascending, and for each row the place of its like among them.

    Codes are from -1 up. Rows without columns are all alike; there is one such even among no rows.
    """
    if not rows.shape[1]:
        return np.zeros((1, 0), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    sizes = [int(column.max(initial=-1)) + 2 for column in rows.T]
    if math.prod(sizes) > LARGEST:
        kinds, place = np.unique(rows, axis=0, return_inverse=True)
        return kinds, place.reshape(-1)
    number = np.zeros(len(rows), dtype=np.int64)
    for column, size in zip(rows.T, sizes, strict=True):
        number = number * size + column + 1
    _, first, place = np.unique(number, return_index=True, return_inverse=True)
    return rows[first], place.reshape(-1)


def places_of(rows: Ints, among: Ints) -> Ints:
    """The place of each row among different ones, or -1."""
    kinds, place = distinct(np.concatenate([among, rows]))
    where = np.full(len(kinds), -1, dtype=np.int64)
    where[place[: len(among)]] = np.arange(len(among))
    return where[place[len(among) :]]
