"""What tells one record from another, and which date tells the later of two copies."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import prod

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guess_blanks import FILLED
from data_access.scaffold.guess_privacy_words import PERSON
from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.naming import listed, of, words
from data_access.scaffold.profile import ColumnProfile, TableProfile

NEARLY = 0.98  # so many of an id's values are different where the rest are copies
FEWEST = 20  # records, below which only a column that is called an id is one
FULL = 0.25  # so many of a grid's combinations are there, as of months and branches; fewer agree by chance
LONGEST = 60  # letters of a value that still names a thing
SAMPLE = 5000
MOST_TOGETHER, MOST_PARTS = 3, 8
_ID = {"id", "ref", "reference", "number", "no", "num", "key", "urn", "uprn", "uuid", "guid", "upn", "case"}
_CHANGED = (
    "updated",
    "modified",
    "amended",
    "changed",
    "saved",
    "loaded",
    "extracted",
    "recorded",
    "entered",
    "published",
)
_NUMBERED = {"year", "month", "week", "day", "quarter", "period", "age", "code", "revision", "version", "line"}
_NO_PART = {"notes", "note", "comment", "comments", "description", "value", "amount", "total", "count"}


def record_key(profile: TableProfile) -> Reasoned[tuple[str, ...]]:
    """The columns that make a record the same one; none where up to three do not.

    The repeats of a nearly unique id are taken for copies of one record.
    """
    columns = [column for column in profile.columns.values() if _may_name(column)]
    first = next(iter(profile.columns), "")
    single = _single(columns, first, profile.records) if profile.records > 1 else None
    return single or _together(profile) or _with_copies(profile) or Reasoned((), _none(profile))


def _may_name(column: ColumnProfile) -> bool:
    longest = max((len(value) for value, _ in column.values), default=0)
    named = column.column.type in ("string", "integer") and longest <= LONGEST
    return named and column.filled > 0 and column.filled >= FILLED * column.records


def _single(columns: Iterable[ColumnProfile], first: str, records: int) -> Reasoned[tuple[str, ...]] | None:
    for column in sorted(columns, key=lambda column: (not _tells_apart(column), -column.distinct)):
        repeats = column.filled - column.distinct
        if not repeats and (_tells_apart(column) or (records >= FEWEST and _names_by_itself(column, first))):
            blank = f", and {of(column.blanks, records)} blank" if column.blanks else ""
            why = (
                f"{of(column.distinct, records)} values are different{blank}. "
                "Name another column if this is not the record's id."
            )
            return Reasoned((column.name,), why)
        if repeats and called_id(column) and column.distinct >= NEARLY * column.filled and records >= FEWEST:
            why = (
                f"All but {of(repeats, column.filled, 'values')} are different, so those that repeat "
                "are taken for copies of one record. "
            )
            return Reasoned((column.name,), why + "Add a column to the key if they are records of their own.")
    return None


def _names_by_itself(column: ColumnProfile, first: str) -> bool:
    """Whether a column that is not called an id may be one: the table's first, or words without spaces.

    A number is not: a quantity can be different in every record by chance.
    """
    spaced = sum(1 for value, _ in column.values if " " in value)
    return column.name == first or (column.column.type == "string" and spaced <= (1 - FILLED) * len(column.values))


def called_id(column: ColumnProfile) -> bool:
    """Whether its name says that the column is an id."""
    said = words(column.column.heading) or words(column.name)
    return bool(said) and (said[-1] in _ID or said[0] in ("id", "ref", "urn"))


def _tells_apart(column: ColumnProfile) -> bool:
    """Whether its name says that it is an id, or a person by their number alone, as ``child``."""
    said = words(column.column.heading) or words(column.name)
    return called_id(column) or (bool(said) and said[-1] in PERSON)


def _together(profile: TableProfile) -> Reasoned[tuple[str, ...]] | None:
    """Two or three columns that are different in every record."""
    parts = [column for column in profile.columns.values() if _is_part(column, profile)][:MOST_PARTS]
    if profile.records < FEWEST:
        return None
    rows = profile.ask(queries.sample(profile.node, [part.name for part in parts], SAMPLE)) if parts else []
    for size in range(2, MOST_TOGETHER + 1):
        for chosen in combinations(range(len(parts)), size):
            names = [parts[place].name for place in chosen]
            if (
                _fits([parts[place] for place in chosen], profile.records)
                and _all_different(rows, chosen)
                and _holds(profile, names)
            ):
                why = (
                    f"No two of {profile.records:,} records share {listed(names)}. "
                    "Name other columns if these are not what a record is about."
                )
                return Reasoned(tuple(names), why)
    return None


def _with_copies(profile: TableProfile) -> Reasoned[tuple[str, ...]] | None:
    """Three columns that are different in nearly every record, beside a date that tells the later of two copies."""
    parts = [column for column in profile.columns.values() if _is_part(column, profile) and _changed(column) is None]
    if profile.records < FEWEST or not any(map(_changed, profile.columns.values())):
        return None
    for chosen in combinations(parts[:MOST_PARTS], MOST_TOGETHER):
        names = [part.name for part in chosen]
        different = _different(profile, names) if _fits([*chosen], round(NEARLY * profile.records)) else 0
        if different >= NEARLY * profile.records:
            why = (
                f"{of(different, profile.records, 'records')} differ in {listed(names)}, so the others are taken for "
                "copies of one record. Name other columns if they are records of their own."
            )
            return Reasoned(tuple(names), why)
    return None


def _is_part(column: ColumnProfile, profile: TableProfile) -> bool:
    if column.column.type not in ("string", "integer", "date", "timestamp") or column.filled < column.records:
        return False
    said = set(words(column.column.heading)) | set(words(column.name))
    if column.column.type == "integer" and not (_tells_apart(column) or said & _NUMBERED):
        return False
    longest = max((len(value) for value, _ in column.values), default=0)
    return column.distinct > 1 and not said & _NO_PART and longest <= LONGEST and column.name != profile.table.copied_on


def _fits(parts: list[ColumnProfile], records: int) -> bool:
    """Whether the columns can be a key, and not by chance: one is called an id, or many combinations are there."""
    possible = prod(part.distinct for part in parts)
    return possible >= records and (records >= FULL * possible or any(map(_tells_apart, parts)))


def _all_different(rows: list[dict[str, str]], chosen: Iterable[int]) -> bool:
    found = [tuple(row[f"v{place}"] for place in chosen) for row in rows]
    return len(set(found)) == len(found)


def _holds(profile: TableProfile, names: list[str]) -> bool:
    return _different(profile, names) == profile.records


def _different(profile: TableProfile, names: list[str]) -> int:
    return int(profile.ask(queries.combinations(profile.node, names))[0]["n"])


def _none(profile: TableProfile) -> str:
    return (
        f"No column, and no two or three of them, are different in all {profile.records:,} "
        "records, so copies cannot be seen. Have the source give each record an id, and name it here."
    )


def recorded_at(profile: TableProfile, key: tuple[str, ...]) -> Reasoned[str] | None:
    """The date that tells the later of two copies, by its name; None without a key or such a date."""
    if not key:
        return None
    found = [
        (_CHANGED.index(word), word, column)
        for column in profile.columns.values()
        if (word := _changed(column)) and column.name not in key
    ]
    if not found:
        return None
    _, word, column = min(found, key=lambda one: one[0])
    why = (
        f"Its name says when a record was {word}; filled in "
        f"{of(column.filled, column.records)}. Of two copies the later one counts."
    )
    return Reasoned(column.name, why)


def _changed(column: ColumnProfile) -> str | None:
    """The word of its name that says when a record was changed; None for any other column."""
    said = words(column.column.heading) if column.is_date and column.filled else ()
    return next((word for word in _CHANGED if word in said), None)
