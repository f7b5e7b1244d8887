"""Decides from counts how a column of text is read, and says why in a sentence with figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from data_access.definitions.models import ColumnType
from data_access.loading.counting import Counts
from data_access.loading.readings import Reading

ENOUGH = 0.95  # the share of the values that are there which must read as a type
NEARLY_NONE = 0.001  # the share of numbers with leading zeros up to which they are slips, not codes
KEPT_AS_TEXT = re.compile(r"nhs|phone|mobile|telephone|\bfax\b|sort.?code|\bupn\b")
NAMED_DATE = re.compile(r"date|dob|birth|(^|[^a-z])(day|dt|on)([^a-z]|$)")
NAMED_MONTH = re.compile(r"month|period|yyyy ?mm")


@dataclass(frozen=True)
class Decision:
    """How a column is read: ``reading`` is None where it stays text; ``why`` is a whole sentence."""

    reading: Reading | None
    why: str
    unit: Literal["percent", "pounds"] | None = None

    @property
    def type(self) -> ColumnType:
        """The logical type that the column gets."""
        return self.reading.type if self.reading else "string"

    @property
    def physical(self) -> str:
        """The same in the warehouse's word."""
        return self.reading.physical if self.reading else "VARCHAR"


class _Column:
    """The counts of one column, asked in the order of the readings."""

    def __init__(self, heading: str, counts: Counts, ways: Mapping[str, Reading]) -> None:
        self.name = heading.lower()
        self.counts = counts
        self.ways = ways
        self.filled = counts["filled"]
        self.base = self.filled - counts["symbols"]

    def share(self, key: str) -> float:
        """The share that reads so, of the values that are there and no mere symbols."""
        return self.counts.get(key, 0) / self.base if self.base else 0.0

    def enough(self, key: str) -> bool:
        return self.base > 0 and self.share(key) >= ENOUGH

    def decision(self, key: str, more: str = "", unit: Literal["percent", "pounds"] | None = None) -> Decision:
        reading, read = self.ways[key], self.counts[key]
        left = f" {self.filled - read:,} cannot." if read < self.filled else ""
        what = f"{read:,} of {self.filled:,} values can be read as {reading.words}.{left}"
        return Decision(reading, f"{what} {more}".strip(), unit)

    def pounds(self) -> Literal["pounds"] | None:
        """The unit, where nearly all values carry it."""
        return "pounds" if 0 < ENOUGH * self.base <= self.counts.get("pounds", 0) else None

    def text(self, why: str) -> Decision:
        return Decision(None, why)


def decide(heading: str, counts: Counts, ways: Mapping[str, Reading]) -> Decision:
    """The reading that at least 95 of 100 values allow, else text."""
    column = _Column(heading, counts, ways)
    if column.filled == 0:
        return column.text("It is blank in every record, so its type cannot be seen.")
    for rule in (_symbols_only, _boolean, _date, _month, _kept_as_text, _eight_digits, _number, _time):
        found = rule(column)
        if found:
            return found
    return column.text(f"It holds text: {column.filled:,} values that are no dates and no numbers.")


def as_type(wanted: ColumnType, counts: Counts, ways: Mapping[str, Reading]) -> Decision:
    """The best of the ``ways``, which all give the wanted type, however few values it reads: what was said stands."""
    best = max(ways, key=lambda key: counts[key], default=None)
    if best is None:
        return Decision(None, f"It stays {wanted}, as drafted.")
    column = _Column("", counts, ways)
    return column.decision(best, unit="percent" if best == "percent" else column.pounds())


def _symbols_only(column: _Column) -> Decision | None:
    if column.base == 0:
        return column.text(f"All {column.filled:,} values are signs such as [c] or *, so its type cannot be seen.")
    return None


def _boolean(column: _Column) -> Decision | None:
    pairs = ("yes_no", "y_n", "true_false")
    one_pair = any(column.counts.get(pair, 0) == column.filled for pair in pairs)
    return column.decision("boolean") if one_pair else None


def _date(column: _Column) -> Decision | None:
    for way in ("", "moment_"):
        day, month = f"{way}day_first", f"{way}month_first"
        if column.enough(day):
            return column.decision(_simplest(column, day), _order(column))
        if column.enough(month):
            more = f"The day cannot stand first: so only {column.counts.get(day, 0):,} could be read."
            return column.decision(_simplest(column, month), more)
    return column.decision("zoned") if column.enough("zoned") else None


def _simplest(column: _Column, key: str) -> str:
    """Moments that are all at midnight are dates."""
    midnight = key.replace("moment", "midnight")
    return midnight if column.counts.get(midnight) == column.counts[key] else key


def _order(column: _Column) -> str:
    slashed, above = column.counts.get("slashed", 0), column.counts.get("day_above_12", 0)
    if not slashed:
        return ""
    if above:
        return f"The day stands before the month: {above:,} show a day above 12."
    return (
        "The day is taken to stand before the month, as in the UK; "
        f"none of the {slashed:,} shows a day above 12, so nothing proves it."
    )


def _month(column: _Column) -> Decision | None:
    if column.enough("month"):
        years = column.counts.get("financial_years", 0)
        if years == column.counts["month"] and not NAMED_MONTH.search(column.name):
            return column.text(f"All {years:,} values such as 2011-12 are taken as financial years, so they stay text.")
        return column.decision("month")
    return column.decision("six_digits") if NAMED_MONTH.search(column.name) and column.enough("six_digits") else None


def _kept_as_text(column: _Column) -> Decision | None:
    if KEPT_AS_TEXT.search(column.name):
        return column.text("Its name says that it identifies, so it stays text and keeps every digit.")
    zeros = column.counts.get("leading_zeros", 0)
    if zeros and zeros > NEARLY_NONE * column.base:
        return column.text(f"{zeros:,} of {column.filled:,} values begin with a zero, which a number would lose.")
    return None


def _eight_digits(column: _Column) -> Decision | None:
    named = bool(NAMED_DATE.search(column.name)) and column.enough("eight_digits")
    proved = column.share("eight_digits") == 1.0 and column.base >= 20
    return column.decision("eight_digits") if named or proved else None


def _number(column: _Column) -> Decision | None:
    if column.enough("whole") and column.counts["whole"] >= column.counts.get("number", 0):
        return column.decision("whole", unit=column.pounds())
    if column.enough("number"):
        return column.decision("number", unit=column.pounds())
    if column.enough("percent"):
        return column.decision("percent", unit="percent")
    percents = column.counts.get("percent", 0)
    if percents and percents + column.counts.get("number", 0) >= ENOUGH * column.base:
        return column.text(f"{percents:,} of {column.filled:,} values carry % and the others do not, so it stays text.")
    return None


def _time(column: _Column) -> Decision | None:
    return column.decision("time") if column.enough("time") else None
