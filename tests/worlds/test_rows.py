"""Rows of codes told apart by one number each, against numpy's own comparison of rows."""

from __future__ import annotations

import numpy as np
import pytest

from data_access.certainty import rows as rows_of
from data_access.certainty.rows import distinct, places_of


@pytest.mark.parametrize("largest", [rows_of.LARGEST, 1], ids=["one number fits", "one number does not fit"])
@pytest.mark.parametrize("columns", [1, 2, 4])
def test_rows_are_told_apart_as_numpy_does(monkeypatch: pytest.MonkeyPatch, largest: int, columns: int) -> None:
    monkeypatch.setattr(rows_of, "LARGEST", largest)
    codes = np.random.default_rng(columns).integers(-1, 4, size=(200, columns))
    kinds, place = distinct(codes)
    assert kinds.tolist() == np.unique(codes, axis=0).tolist()
    assert kinds[place].tolist() == codes.tolist()


def test_a_rows_place_is_that_of_its_like_or_none() -> None:
    among = np.array([[2, -1], [0, 5], [-1, -1]])
    rows = np.array([[0, 5], [5, 0], [-1, -1], [2, -1], [0, 5]])
    assert places_of(rows, among).tolist() == [1, -1, 2, 0, 1]
    assert places_of(rows[:0], among).tolist() == []
    assert places_of(rows, among[:0]).tolist() == [-1] * 5


def test_rows_without_columns_are_all_alike() -> None:
    kinds, place = distinct(np.zeros((3, 0), dtype=np.int64))
    assert (kinds.shape, place.tolist()) == ((1, 0), [0, 0, 0])
    assert places_of(np.zeros((2, 0), dtype=np.int64), kinds).tolist() == [0, 0]
