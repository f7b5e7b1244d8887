"""Dates and periods in words: "31 Oct 2026", "October 2026", "Jul–Sep 2026", "2026/27"."""

from __future__ import annotations

from datetime import date, datetime

from data_access.definitions.models import Grain

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date) -> str:
    """``31 Oct 2026``."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def moment(value: datetime) -> str:
    """``31 Oct 2026, 09:05``."""
    return f"{day(value)}, {value:%H:%M}"


def span(start: date, end: date) -> str:
    """``1 Apr to 30 Sep 2026``: the year once when both ends share it."""
    first = f"{start.day} {MONTHS[start.month - 1][:3]}" if start.year == end.year else day(start)
    return day(start) if start == end else f"{first} to {day(end)}"


def period(start: date, grain: Grain) -> str:
    """The period of the grain that starts on ``start``, as a reader names it."""
    if grain == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    return short_period(start, grain)


def short_period(start: date, grain: Grain) -> str:
    """The same for an axis: ``Oct 2026``, ``Jul–Sep 2026``, ``2026/27``."""
    month = MONTHS[start.month - 1][:3]
    if grain == "month":
        return f"{month} {start.year}"
    if grain == "quarter":
        last = date(start.year + (start.month + 1) // 12, (start.month + 1) % 12 + 1, 1)
        first = month if last.year == start.year else f"{month} {start.year}"
        return f"{first}–{MONTHS[last.month - 1][:3]} {last.year}"
    if grain == "year":
        return str(start.year) if start.month == 1 else f"{start.year}/{(start.year + 1) % 100:02d}"
    return f"week from {day(start)}" if grain == "week" else day(start)


def earlier(previous: date, start: date, grain: Grain) -> str:
    """An earlier period named shortly beside a later one: its year only when that differs."""
    if previous.year != start.year or grain not in ("month", "quarter"):
        return period(previous, grain)
    return period(previous, grain).removesuffix(f" {previous.year}")


def partial_note(end: date) -> str:
    """What is said of a period that a date cuts short."""
    return f"part of the period, to {day(end)}"
