"""Spans of calendar time, as people agree them: 1 d, 5 days, 12 months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True)
class Span:
    """So many whole days, weeks, calendar months or years."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, day: date) -> date:
        """The day one span later: the same day of the month, or the last of a month that has no such day.

        Where calendars end, the last day there is.
        """
        if self.unit in ("day", "week"):
            return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
        months = day.month - 1 + self.count * (12 if self.unit == "year" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        if year > date.max.year:
            return date.max
        return date(year, month, min(day.day, last_of_month(year, month)))


def last_of_month(year: int, month: int) -> int:
    """The number of days in the month."""
    return calendar.monthrange(year, month)[1]
