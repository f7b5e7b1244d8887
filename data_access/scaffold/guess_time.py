"""The date that a record is counted at, and the numbers that may be added up."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.definitions.models import Grain
from data_access.scaffold.guess_blanks import FILLED
from data_access.scaffold.guessed import ColumnGuess, Reasoned
from data_access.scaffold.naming import of, words
from data_access.scaffold.profile import ColumnProfile, TableProfile

MOST_MEASURES = 3
_HAPPENED = (
    "month", "period", "date", "received", "requested", "reported", "created", "opened", "raised", "referral", "start",
    "started", "week", "day", "logged", "submitted", "issued",
)  # fmt: skip
_BIRTH = {"birth", "dob", "born"}
_NOT_WHEN = {"updated", "modified", "loaded", "extracted", "due", "expected", "target", "review"}
_NOT_ADDED = {
    "percent", "percentage", "pct", "rate", "ratio", "average", "avg", "mean", "median", "unique", "distinct", "index",
    "score", "age", "year", "month", "latitude", "longitude", "lat", "lon", "lng", "easting", "northing", "x", "y",
    "rank", "share", "proportion", "level", "id", "code", "number", "no", "uprn", "urn", "ref", "usrn", "phone",
    "version", "per", "revision", "position", "order", "total", "totals", "ytd", "cumulative", "running",
}  # fmt: skip


def time(profile: TableProfile, guesses: Mapping[str, ColumnGuess]) -> Reasoned[str] | None:
    """The date column that says best when the thing happened; None where the table has no date with a value."""
    dates = [column for column in profile.columns.values() if column.is_date]
    usable = [column for column in dates if column.filled or not profile.records]
    if not usable:
        return None
    copied_on = profile.table.copied_on
    best = min(usable, key=lambda column: _rank(column, copied_on, guesses[column.name].private))
    if best.name == copied_on:
        why = "The source has no date of what happened, so every record counts at the day of the copy. "
        return Reasoned(best.name, why + "Name its date once it has one.")
    others = len(dates) - 1
    of_others = f" of {len(dates)} dates" if others else ", the only date"
    why = (
        f"Filled in {of(best.filled, profile.records, 'records')}{of_others}. "
        "Name the date that the business counts by."
    )
    return Reasoned(best.name, why)


def _rank(column: ColumnProfile, copied_on: str | None, private: bool) -> tuple[int, bool, int, int]:
    """Lower is better: what happened, then what was planned or noted, then the day of the copy, then a birth date."""
    said = set(words(column.column.heading)) | set(words(column.name))
    kind = 3 if private or said & _BIRTH else 2 if column.name == copied_on else 1 if said & _NOT_WHEN else 0
    named = min((place for place, word in enumerate(_HAPPENED) if word in said), default=len(_HAPPENED))
    return kind, column.filled < FILLED * column.records, named, -column.filled


def grain(column: ColumnProfile) -> Grain:
    """Days for a span of two months, else months; years where each year has one date."""
    if column.earliest is None or column.latest is None:
        return "month"
    if (column.latest - column.earliest).days <= 62:
        return "day"
    years = len(column.years)
    return "year" if years >= 3 and column.distinct <= years else "month"


def measures(profile: TableProfile, guesses: Mapping[str, ColumnGuess], key: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers that may be added up: quantities without a hint in their name that a sum means nothing.

    Only where a record is itself a figure, one for each combination of a key of several columns, or where they are
    pounds.
    """
    found = [
        name
        for name, column in profile.columns.items()
        if column.is_number and column.filled and name not in key and guesses[name].limits and _adds_up(column)
    ]
    aggregated = len(key) > 1
    return tuple(name for name in found if aggregated or profile.columns[name].column.unit == "pounds")[:MOST_MEASURES]


def _adds_up(column: ColumnProfile) -> bool:
    said = set(words(column.column.heading)) | set(words(column.name))
    return column.column.unit != "percent" and not said & _NOT_ADDED
