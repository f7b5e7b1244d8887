"""Days and moments as people write them in ``config/``: 2026-03-31, 2026-03-31 09:30:00.

Stricter than Python, which also reads 20260331 and 2026-W14-2; the databases do not. Used wherever a date may
stand in quotes: SQL, limits, codes, ``between``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

TIME_ZONE: Final = ZoneInfo("Europe/London")  # what a UK body means by a time of day, here as in the warehouse
_ZONED = re.compile(r"Z|[+-][0-9]{2}(?::?[0-9]{2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?")


def as_day(text: str) -> date | None:
    """The day, or None when the text is not a day that exists, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def as_moment(text: str) -> datetime | None:
    """The moment (a day alone is its midnight), without a time zone; None when the text is not one."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def at_home(moment: datetime) -> datetime:
    """The moment as the clocks of the portal's own zone show it, without a zone."""
    return moment if moment.tzinfo is None else moment.astimezone(TIME_ZONE).replace(tzinfo=None)


def as_zoned_moment(text: str) -> datetime | None:
    """The moment of a text that ends in a zone (``2026-03-31T09:30:00Z``), at home; None when it is not one."""
    zone = _ZONED.search(text, 16)  # behind the minutes
    if zone is None or zone.end() != len(text) or as_moment(text[: zone.start()]) is None:
        return None
    try:
        return at_home(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
