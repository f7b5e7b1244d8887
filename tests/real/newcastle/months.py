"""The figure for one month, as the tests of single defects ask for it."""

from __future__ import annotations

from datetime import date, timedelta

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal


def in_month(portal: ViewerPortal, metric: str, first: date, library: str | None = None) -> Row:
    """The figure for one month, of one library where one is named."""
    where = (("library", (library,)),) if library else ()
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    (row,) = portal.ask(Query(metric, where=where, start=first, end=last)).rows
    return row


def bounds(row: Row) -> tuple[float | None, float | None, float | None]:
    """Value, low and high."""
    return row.value, row.low, row.high
