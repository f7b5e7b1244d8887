"""Whether a column of text is of dates, moments or months, and in which order day and month stand."""

from __future__ import annotations

import re

from data_access.loading.column_counts import Column, Decision
from data_access.loading.readings import SERIAL

NAMED_DATE = re.compile(r"date|dob|birth|(^|[^a-z])(day|dt|on)([^a-z]|$)")
NAMED_MONTH = re.compile(r"month|period|yyyy ?mm")


def dates(column: Column) -> Decision | None:
    if SERIAL in column.ways and column.enough(SERIAL):
        return column.decision(SERIAL, "Its name says that they are dates.")
    for way in ("", "moment_"):
        day, month, either = f"{way}day_first", f"{way}month_first", f"{way}either_order"
        if either in column.ways and column.both_orders and column.enough_in_either(day):
            return column.decision(_simplest(column, either), _mixture(column))
        if column.enough(day) and column.read(day) >= column.read(month):
            return column.decision(_simplest(column, day), _order(column))
        if column.enough(month):
            return column.decision(_simplest(column, month), _month_before_day(column, day))
    return column.decision("zoned") if column.enough("zoned") else None


def _simplest(column: Column, key: str) -> str:
    """Moments that are all at midnight are dates."""
    midnight = key.replace("moment", "midnight")
    return midnight if column.counts.get(midnight) == column.counts[key] else key


def _order(column: Column) -> str:
    slashed, above = column.counts.get("slashed", 0), column.counts.get("day_above_12", 0)
    if not slashed:
        return ""
    if above:
        return f"The day stands before the month: {above:,} show a day above 12."
    return (
        "The day is taken to stand before the month, as in the UK; "
        f"none of the {slashed:,} shows a day above 12, so nothing proves it."
    )


def _mixture(column: Column) -> str:
    days, months = column.counts["day_above_12"], column.counts["second_above_12"]
    return (
        f"{days:,} show that the day stands first and {months:,} that the month does, so a date that could be meant "
        "either way is not read."
    )


def _month_before_day(column: Column, day: str) -> str:
    proved = column.counts.get("second_above_12", 0)
    shown = f"The month stands before the day: {proved:,} show a second number above 12. " if proved else ""
    return f"{shown}With the day first only {column.read(day):,} could be read."


def months(column: Column) -> Decision | None:
    if column.enough("month"):
        years = column.counts.get("financial_years", 0)
        several = bool(column.counts.get("not_all_the_same"))
        if years == column.counts["month"] and (several or not NAMED_MONTH.search(column.name)):
            return column.text(f"All {years:,} values such as 2011-12 are taken as financial years, so they stay text.")
        return column.decision("month")
    return column.decision("six_digits") if NAMED_MONTH.search(column.name) and column.enough("six_digits") else None


def eight_digits(column: Column) -> Decision | None:
    named = bool(NAMED_DATE.search(column.name)) and column.enough("eight_digits")
    proved = column.share("eight_digits") == 1.0 and column.base >= 20
    return column.decision("eight_digits") if named or proved else None
