"""Which columns hold codes of a list, and which of the codes are only another spelling of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data_access.scaffold.guess_blanks import is_stand_in
from data_access.scaffold.guessed import Codes, Reasoned
from data_access.scaffold.naming import listed, of, words
from data_access.scaffold.profile import ColumnProfile

MOST_CODES = 50
LONGEST = 60  # letters; beyond, it is a sentence and no code
OFTEN = 3  # records that a code has on average, at the least
FEWEST = 10  # records, below which nothing can be told
_NUMBERED = {"code", "type", "status", "category", "band", "grade", "flag", "indicator", "group", "class", "sex"}
_COUNTED = {"number", "count", "total", "age", "year", "month", "amount", "score", "days", "hours", "quantity"}
_PAIRS = ({"0", "1"}, {"1", "2"})


def codes(column: ColumnProfile) -> Reasoned[Codes] | None:
    """The list of codes that a column holds; None where it does not look like one."""
    if column.column.type == "boolean":
        return _yes_or_no(column)
    if column.column.type not in ("string", "integer") or not _few_and_often(column):
        return None
    if column.column.type == "integer" and not _numbers_are_codes(column):
        return None
    kept, variants = without_variants(column.values)
    if not kept or any(len(code) > LONGEST for code in kept):
        return None
    whole = column.column.type == "integer"
    values: tuple[str | int | bool, ...] = tuple(int(code) if whole else code for code in sorted(kept, key=_order))
    return Reasoned(Codes(values), _why(column, kept, variants))


def without_variants(values: Sequence[tuple[str, int]]) -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """The codes with their records, and those that differ from a commoner one by case, spaces or punctuation alone.

    A variant comes with the code that is meant and its own records. What stands for a blank is neither.
    """
    kept: dict[str, int] = {}
    variants: dict[str, tuple[str, int]] = {}
    first: dict[str, str] = {}
    for value, records in sorted(values, key=lambda pair: (-pair[1], pair[0])):
        if is_stand_in(value):
            continue
        plain = re.sub(r"[\W_]+", "", value.casefold()) or value
        if plain in first and records < kept[first[plain]]:
            variants[value] = (first[plain], records)
        else:
            first.setdefault(plain, value)
            kept[value] = records
    return kept, variants


def _yes_or_no(column: ColumnProfile) -> Reasoned[Codes] | None:
    if not column.filled:
        return None
    yes = dict(column.values).get("true", 0)
    why = (
        f"Yes in {of(yes, column.filled)} records that are filled in. "
        "Give the two answers better names if they have any."
    )
    return Reasoned(Codes((True, False), {True: "Yes", False: "No"}), why)


def _few_and_often(column: ColumnProfile) -> bool:
    return column.filled >= FEWEST and 0 < column.distinct <= MOST_CODES and column.filled >= OFTEN * column.distinct


def _numbers_are_codes(column: ColumnProfile) -> bool:
    """Numbers are quantities unless the name says otherwise, or they are two that stand for yes and no."""
    said = set(words(column.column.heading)) | set(words(column.name))
    if {value for value, _ in column.values} in _PAIRS and not said & _COUNTED:
        return True
    return bool(said & _NUMBERED) and not said & _COUNTED


def _why(column: ColumnProfile, kept: Mapping[str, int], variants: Mapping[str, tuple[str, int]]) -> str:
    several = "different value" if len(kept) == 1 else "different values"
    said = f"{len(kept)} {several} in {column.filled:,} records, so any other is doubtful. "
    rare = [f"{code!r} ({records})" for code, records in kept.items() if records == 1 and column.filled >= 100]
    if variants:
        shown = [f"{code!r} ({records:,}) for {meant!r}" for code, (meant, records) in variants.items()]
        said += f"Left out as other spellings: {listed(shown)}. "
    if rare:
        said += f"Used only once: {listed(rare)}. "
    return said + "Strike out what is wrong, add what is missing, and give each code the name that people know."


def _order(code: str) -> tuple[int, float, str]:
    """Numbers by size, then text."""
    return (0, float(code), code) if re.fullmatch(r"-?[0-9]{1,15}", code) else (1, 0, code)
