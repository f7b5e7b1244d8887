"""The ways in which text can be read as a value, each a macro of ``reading.sql``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data_access.definitions.models import ColumnType

MACROS = Path(__file__).with_name("reading.sql")
SERIAL = "serial"


@dataclass(frozen=True)
class Reading:
    """``macro`` gives the value of a prepared text, or NULL where it is not written so. ``words`` end "read as …"."""

    key: str
    type: ColumnType
    physical: str
    macro: str
    words: str
    before: str = ""  # the macro that prepares the text, where there is one
    short_years: int | None = None  # two-digit years up to this one are 20…, those above 19…

    def sql(self, column: str) -> str:
        """SQL of the value of a column of ``prepared``."""
        more = "" if self.short_years is None else f", {self.short_years}"
        return f"{self.macro}({column}_{self.before or 'cleaned'}{more})"


_MONTH_FIRST = "the month before the day"
_EITHER = "dates of which the day and the month can be told apart"
_DATED: tuple[tuple[str, ColumnType, str, str, str, str], ...] = (
    ("day_first", "date", "DATE", "read_day_first", "dates", "parted"),
    ("month_first", "date", "DATE", "read_month_first", f"dates, {_MONTH_FIRST}", "parted"),
    ("either_order", "date", "DATE", "read_either_order", _EITHER, "parted"),
    ("midnight_day_first", "date", "DATE", "read_midnight_day_first", "dates", "moment_parts"),
    ("midnight_month_first", "date", "DATE", "read_midnight_month_first", "dates", "moment_parts"),
    ("midnight_either_order", "date", "DATE", "read_midnight_either_order", _EITHER, "moment_parts"),
    ("moment_day_first", "timestamp", "TIMESTAMP", "read_moment_day_first", "moments", "moment_parts"),
    (
        "moment_month_first",
        "timestamp",
        "TIMESTAMP",
        "read_moment_month_first",
        f"moments, {_MONTH_FIRST}",
        "moment_parts",
    ),
    (
        "moment_either_order",
        "timestamp",
        "TIMESTAMP",
        "read_moment_either_order",
        "moments of which the day and the month can be told apart",
        "moment_parts",
    ),
    ("zoned", "timestamp", "TIMESTAMP", "read_zoned", "moments, each kept as the time in London", "moment_parts"),
    ("month", "date", "DATE", "read_month", "months, each kept as its first day", "first_day"),
)
_OTHERS: tuple[tuple[str, ColumnType, str, str, str], ...] = (
    ("boolean", "boolean", "BOOLEAN", "read_boolean", "yes or no"),
    ("eight_digits", "date", "DATE", "read_eight_digits", "dates of eight digits, the year first"),
    ("six_digits", "date", "DATE", "read_six_digits", "months of six digits, each kept as its first day"),
    (SERIAL, "date", "DATE", "read_serial", "a spreadsheet's numbers of days"),
    ("whole", "integer", "BIGINT", "read_whole", "whole numbers"),
    ("number", "number", "DOUBLE", "read_number", "numbers"),
    ("percent", "number", "DOUBLE", "read_percent", "percentages"),
    ("time", "time", "TIME", "read_time", "times of day"),
)
_NUMBERS = frozenset({"number", "eight", "six", "percent"})
_MOMENTS = frozenset({"date", "named", "moment", "zoned"})
SHAPES: Mapping[str, frozenset[str]] = {
    "boolean": frozenset({"boolean"}),
    "day_first": frozenset({"date", "named"}),
    "month_first": frozenset({"date", "named"}),
    "either_order": frozenset({"date", "named"}),
    "midnight_day_first": _MOMENTS,
    "midnight_month_first": _MOMENTS,
    "midnight_either_order": _MOMENTS,
    "moment_day_first": _MOMENTS,
    "moment_month_first": _MOMENTS,
    "moment_either_order": _MOMENTS,
    "zoned": _MOMENTS,
    "month": frozenset({"month", "named"}),
    "eight_digits": frozenset({"eight"}),
    "six_digits": frozenset({"six"}),
    SERIAL: frozenset({"number"}),
    "whole": _NUMBERS,
    "number": _NUMBERS,
    "percent": _NUMBERS,
    "time": frozenset({"time"}),
}
"""What text of each reading looks like (the macro ``shape``)."""
NEEDED: Mapping[str, str] = {
    "midnight_day_first": "moment",
    "midnight_month_first": "moment",
    "midnight_either_order": "moment",
    "moment_day_first": "moment",
    "moment_month_first": "moment",
    "moment_either_order": "moment",
    "zoned": "zoned",
    "percent": "percent",
}
"""A shape without which a reading is no different from a simpler one."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Teaches the connection how text is read; a moment that names its zone becomes the time in London."""
    connection.execute("SET TimeZone = 'Europe/London'")
    connection.execute(MACROS.read_text(encoding="utf-8"))


def prepared(table: str, columns: Iterable[str], steps: Mapping[str, Collection[str]]) -> str:
    """A query of ``table`` whose columns have also their ``<column>_written`` text without blanks around it, NULL-ed
    as ``<column>_cleaned`` where it stands for a blank, and that once more after each of ``steps[column]``.

    Each level is a query of its own, so that nothing is worked out twice.
    """
    names = list(columns)
    written = "".join(f", stripped({name}) AS {name}_written" for name in names)
    cleaned = "".join(f", {_CLEANED.format(name=name)} AS {name}_cleaned" for name in names)
    stepped = "".join(f", {step}({name}_cleaned) AS {name}_{step}" for name in names for step in steps.get(name, ()))
    return f"SELECT *{stepped} FROM (SELECT *{cleaned} FROM (SELECT *{written} FROM {table}))"


_CLEANED = "CASE WHEN {name}_written <> '' AND NOT is_marker({name}_written) THEN {name}_written END"
# A text column keeps every letter, also the spaces around it, and 'none'.
KEPT = "CASE WHEN {name}_cleaned IS NOT NULL OR is_none({name}_written) THEN {name} END"


def readings(heading: str, today: date, wanted: ColumnType | None = None) -> Mapping[str, Reading]:
    """The ways to read a column of this heading, by key: every one, or those that give the ``wanted`` type.

    A number is a spreadsheet's day only where the heading says that it is a date. A two-digit year is of this century
    up to 20 years after ``today``; in a date of birth only up to ``today``.
    """
    short = today.year % 100 + (0 if is_birth(heading) else 20)
    dated = [Reading(*row, short_years=short) for row in _DATED]
    listed = (*dated, *(Reading(*row) for row in _OTHERS))
    return {
        reading.key: reading
        for reading in listed
        if wanted in (None, reading.type) and (reading.key != SERIAL or says_date(heading))
    }


def is_birth(heading: str) -> bool:
    """Whether the heading speaks of a date of birth: the day on which nothing was recorded."""
    in_a_word = re.search(r"D[oO]B(?![a-z])", heading)  # childDOB
    alone = re.search(r"(?<![a-z])(d[. _]*o[. _]*b|born)(?![a-z])|birth", heading.lower())  # D.O.B. and d_o_b too
    return bool(in_a_word or alone)


def says_date(heading: str) -> bool:
    """Whether the heading says that a date stands below it, as in ``Date received``, ``StartDate``, ``Paid on``."""
    return is_birth(heading) or bool(_SAYS_DATE.search(heading.lower()))


_SAYS_DATE = re.compile(r"(?<![a-z])dated?(?![a-z])|(?<!candi)(?<!man)date$|[a-z][ _]on$")
