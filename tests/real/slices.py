"""What the portal and independent SQL are compared by: the figures of a metric's slices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pytest

from data_access.questions import Row

Period = Literal["month", "quarter", "year"]
Slice = tuple[date | None, str | None]
"""The first day of the period and the value of the dimension, None where the question has none."""


@dataclass(frozen=True)
class Figure:
    """A slice's figure; shares in percent, None where no record has a value."""

    value: float | None
    low: float
    high: float
    records: int
    in_doubt: int


def assert_same(rows: tuple[Row, ...], expected: Mapping[Slice, Figure]) -> None:
    """Every slice with a record has its figure in ``rows``, and no other slice has a record there.

    The rows are of at most one dimension, beyond doubt.
    """
    assert expected
    found = {(row.period, str(row.keys[0]) if row.keys else None): row for row in rows}
    assert expected.keys() <= found.keys()
    for where, row in found.items():
        if where not in expected:
            assert row.records == 0, where
            continue
        figure = expected[where]
        assert (row.records, row.in_doubt) == (figure.records, figure.in_doubt), where
        for name in ("value", "low", "high"):
            number = getattr(figure, name)
            assert getattr(row, name) == (number and pytest.approx(number, rel=1e-9)), (where, name)
