"""What the tests of the stories ask the portal's door."""

from __future__ import annotations

from datetime import date

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.demonstration.conftest import TODAY

Bounds = tuple[float, float, float]
OCTOBER = (date(2026, 10, 1), TODAY)


def by_value(door: ViewerPortal, metric: str, dimension: str, span: tuple[date, date] = OCTOBER) -> dict[object, Row]:
    answer = door.ask(Query(metric, by=(dimension,), start=span[0], end=span[1]))
    return {row.keys[0]: row for row in answer.rows}


def bounds(row: Row) -> Bounds:
    assert row.low is not None
    assert row.value is not None
    assert row.high is not None
    return row.low, row.value, row.high
