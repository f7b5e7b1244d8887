"""Between which numbers, or from which day on, a column's values lie."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.naming import of
from data_access.scaffold.profile import ColumnProfile, TableProfile

FEWEST = 20  # records, below which nothing stands apart from the others
FAR = 10  # times the next one below: so far off, a few numbers are slips of the pen
FEW_NUMBERS = 0.005  # so many of the records may hold such slips
MOST_EXTREMES = 200
FEW = 0.01  # so many of the years' records may lie apart from the rest as slips
APART = 5  # years without a record between a slip and the rest
BEYOND = 2  # a future date is kept within so many years of the latest
Limits = Mapping[str, Any]


def limits(
    column: ColumnProfile, profile: TableProfile, today: date, span: Reasoned[tuple[int, int]] | None = None
) -> Reasoned[Limits] | None:
    """Limits for a column of numbers or dates; None where the records give none.

    ``span``: between which numbers an identifier lies that the column holds.
    """
    if column.is_number and span is not None:
        return Reasoned({"minimum": span.value[0], "maximum": span.value[1]}, span.why)
    if column.is_number:
        return number_limits(column, profile)
    return date_limits(column, today) if column.is_date else None


def number_limits(column: ColumnProfile, profile: TableProfile) -> Reasoned[Limits] | None:
    """Never below 0 where hardly any is, and a maximum with room above the greatest that is no slip of the pen."""
    if column.least is None or column.greatest is None:
        return None
    if column.column.unit == "percent" and column.least >= 0 and (column.ordinary or 0) <= 100:
        return _percentages(column, profile)
    below, too_low = _least(column, profile)
    top, too_high = _greatest(column, profile)
    maximum = with_room(max(top, 0.0))
    minimum = 0.0 if below >= 0 else -with_room(-below)
    said = f"From {_n(column.least)} to {_n(column.greatest)} in {column.filled:,} records. "
    if too_low:
        said += f"{of(too_low, column.filled)} below 0, so doubtful. "
    if too_high:
        said += f"{of(too_high, column.filled)} more than {FAR} times all the others, so doubtful. "
    said += f"The maximum leaves room above {_n(top)}. Set both to what is possible, not to what has been."
    whole = column.column.type == "integer"
    return Reasoned({"minimum": _exact(minimum, whole), "maximum": _exact(maximum, whole)}, said)


def _percentages(column: ColumnProfile, profile: TableProfile) -> Reasoned[Limits]:
    """Parts of a whole: 99 of 100 are no more than 100."""
    above = sum(records for number, records in _numbers(column, profile, highest=True) if number > 100)
    said = (
        f"Percentages from {_n(column.least or 0)} to {_n(column.greatest or 0)}; {of(above, column.filled)} above 100"
    )
    said += ", so doubtful. " if above else ". "
    return Reasoned({"minimum": 0, "maximum": 100}, said + "Change the limits if more than the whole is possible.")


def _greatest(column: ColumnProfile, profile: TableProfile) -> tuple[float, int]:
    """The greatest number that is no slip, and how many records hold more: few, and far above all the others."""
    assert column.greatest is not None
    top, slips, above = column.greatest, 0, 0
    if column.filled < FEWEST or column.ordinary is None or column.greatest < FAR * max(column.ordinary, 1.0):
        return top, slips
    numbers = _numbers(column, profile, highest=True)
    for (number, records), (lower, _) in pairwise(numbers):
        above += records
        if above > FEW_NUMBERS * column.filled:
            break
        if number >= FAR * max(lower, 1.0):
            top, slips = lower, above
    return top, slips


def _least(column: ColumnProfile, profile: TableProfile) -> tuple[float, int]:
    """The least number that is no slip, and how many records hold less: a few below 0 where money is not meant."""
    assert column.least is not None
    if column.least >= 0 or column.filled < FEWEST or column.column.unit == "pounds":
        return column.least, 0
    below = sum(records for number, records in _numbers(column, profile, highest=False) if number < 0)
    return (0.0, below) if below <= FEW_NUMBERS * column.filled else (column.least, 0)


def _numbers(column: ColumnProfile, profile: TableProfile, *, highest: bool) -> list[tuple[float, int]]:
    """The highest or lowest different numbers with their records, from that end on."""
    rows = profile.ask(queries.extremes(profile.node, column.column, MOST_EXTREMES, highest=highest))
    return [(float(row["value"]), int(row["records"])) for row in rows]


def with_room(number: float) -> float:
    """The next of 1, 2 and 5 times a power of ten that is at least twice the number; 1 for nothing."""
    if number <= 0.5:
        return 1.0
    if number > sys.float_info.max / 20:
        return sys.float_info.max  # twice as much is no number any more
    wanted = 2 * number
    power = 10.0 ** math.floor(math.log10(wanted))
    return next((step * power for step in (1, 2, 5, 10) if step * power >= wanted), 10 * power)


def date_limits(column: ColumnProfile, today: date) -> Reasoned[Limits] | None:
    """From the first year that is no slip; up to some years after the last one where dates lie in the future.

    That a date is not in the future is a check of its own, for its limit moves with the days.
    """
    if column.earliest is None and not column.years:
        return None
    years, slips = sane_years(column.years)
    if not years:
        return None
    first, last = years[0], years[-1]
    found: dict[str, Any] = {"minimum": f"{first:04}-01-01"}
    said = f"From {first} to {last} in {of(column.filled - slips, column.filled, 'records that are filled in')}"
    said += f"; {slips:,} far outside, doubtful by these limits. " if slips else ". "
    if last > today.year:
        found["maximum"] = f"{min(last + BEYOND, 9999):04}-12-31"
    return Reasoned(found, said + "Write the first day that is possible.")


def sane_years(years: tuple[tuple[int, int], ...]) -> tuple[list[int], int]:
    """The years without those at either end that hold few records and lie apart; how many records those have."""
    kept = [(year, records) for year, records in years if 1 <= year <= 9999]
    slips = sum(records for _, records in years) - sum(records for _, records in kept)
    most = FEW * sum(records for _, records in kept)
    cut = 0
    for end, other in ((0, 1), (-1, -2)):
        while len(kept) > 1 and cut + kept[end][1] <= most and abs(kept[other][0] - kept[end][0]) >= APART:
            cut += kept[end][1]
            del kept[end]
    return [year for year, _ in kept], slips + cut


def not_in_the_future(column: ColumnProfile, today: date) -> bool:
    """Whether the column's dates are of what has happened: at most 1 of 100 lies after this year."""
    dated = sum(records for _, records in column.years)
    later = sum(records for year, records in column.years if year > today.year)
    return bool(dated) and later <= FEW * dated


def _exact(number: float, whole: bool) -> int | float:
    return int(number) if whole or float(number).is_integer() else float(number)


def _n(number: float) -> str:
    return f"{number:,.10g}"
