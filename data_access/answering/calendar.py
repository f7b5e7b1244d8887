"""Periods: days, weeks from Monday, months, and quarters and years from the portal's first month."""

from __future__ import annotations

from datetime import date, timedelta

from data_access.definitions.models import Grain
from data_access.questions import Period


def period_start(day: date, grain: Grain, year_start: int) -> date:
    """The first day of the period that holds ``day``."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    since = (day.month - year_start) % (3 if grain == "quarter" else 12)
    return _months_on(day.replace(day=1), -since)


def next_start(start: date, grain: Grain) -> date:
    """The first day of the period after the one that starts at ``start``."""
    if grain in ("day", "week"):
        return start + timedelta(days=1 if grain == "day" else 7)
    return _months_on(start, {"month": 1, "quarter": 3, "year": 12}[grain])


def periods_between(first: date, last: date, grain: Grain, year_start: int) -> list[Period]:
    """The whole periods that hold the days from ``first`` to ``last``, in order."""
    found = []
    start = period_start(first, grain, year_start)
    while start <= last:
        following = next_start(start, grain)
        found.append(Period(start, following - timedelta(days=1)))
        start = following
    return found


def cut(periods: list[Period], first: date | None, last: date | None, told: date) -> list[Period]:
    """The periods, cut to the days asked for; a cut one, or one that ends after the day ``told`` up to, is partial."""
    shortened = []
    for period in periods:
        start = max(period.start, first) if first else period.start
        end = min(period.end, last) if last else period.end
        whole = (start, end) == (period.start, period.end)
        if start <= end:
            shortened.append(Period(start, end, partial=not whole or period.end > told))
    return shortened


def cuts_a_month(first: date | None, last: date | None) -> bool:
    """Whether a range of days begins or ends inside a month."""
    return bool(first and first.day != 1) or bool(last and (last + timedelta(days=1)).day != 1)


def _months_on(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
