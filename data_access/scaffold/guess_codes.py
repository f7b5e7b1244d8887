"""Which columns hold codes of a list, and which of the codes are only another spelling of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data_access.scaffold.guess_blanks import is_stand_in
from data_access.scaffold.guessed import Codes, Reasoned
from data_access.scaffold.naming import FEW, listed, of_people, words
from data_access.scaffold.profile import ColumnProfile

MOST_CODES = 50
LONGEST = 60  # letters; beyond, it is a sentence and no code
OFTEN = 3  # records that a code has on average, at the least
FEWEST = 10  # records, below which nothing can be told
_NUMBERED = {"code", "type", "status", "category", "band", "grade", "flag", "indicator", "group", "class", "sex"}
_COUNTED = {"number", "count", "total", "age", "year", "month", "amount", "score", "days", "hours", "quantity"}
_TOTAL = re.compile(r"((grand|sub|overall)[ -]?)?totals?( *\([^)]*\))? *:?|(all|overall) *:?", re.IGNORECASE)
_DECIDE = "Strike out what is wrong, add what is missing, and give each code the name that people know."
_PAIRS = ({"0", "1"}, {"1", "2"})


def codes(column: ColumnProfile, *, people: bool = False) -> Reasoned[Codes] | None:
    """The list of codes that a column holds; None where it does not look like one.

    ``people``: it tells of them, so the reason names no code that few have.
    """
    if column.column.type == "boolean":
        return _yes_or_no(column, people)
    if column.column.type not in ("string", "integer") or not _few_and_often(column):
        return None
    if column.column.type == "integer" and not _numbers_are_codes(column):
        return None
    kept, variants = without_variants([pair for pair in column.values if not is_total(pair[0])])
    if not kept or any(len(code) > LONGEST for code in kept):
        return None
    whole = column.column.type == "integer"
    values: tuple[str | int | bool, ...] = tuple(int(code) if whole else code for code in sorted(kept, key=_order))
    return Reasoned(Codes(values), _why(column, kept, variants, people))


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
        plain = _plain(value) or value
        if plain in first and records < kept[first[plain]]:
            variants[value] = (first[plain], records)
        else:
            first.setdefault(plain, value)
            kept[value] = records
    return kept, variants


def is_total(code: str) -> bool:
    """Whether a code names all the others together, as ``Total`` and ``Grand total (12)``."""
    return bool(_TOTAL.fullmatch(code.strip()))


def _plain(value: str) -> str:
    """The value without case, spaces and punctuation; a sign that tells ``A+`` from ``A-`` and ``<18`` from ``18+``
    stays, a hyphen between words does not.
    """
    return re.sub(r"[^\w+<>=≤≥-]|_", "", re.sub(r"(?<=[^\W\d_])\s*-\s*(?=[^\W\d_])", "", value.casefold()))


def _yes_or_no(column: ColumnProfile, people: bool) -> Reasoned[Codes] | None:
    if not column.filled:
        return None
    yes = dict(column.values).get("true", 0)
    why = (
        f"Yes in {of_people(yes, column.filled, people=people)} records that are filled in. "
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


def _why(column: ColumnProfile, kept: Mapping[str, int], variants: Mapping[str, tuple[str, int]], people: bool) -> str:
    several = "different value" if len(kept) == 1 else "different values"
    said = f"{len(kept)} {several} in {column.filled:,} records, so any other is doubtful. "
    rare = [f"{code!r} ({records})" for code, records in kept.items() if records == 1 and column.filled >= 100]
    totals = sorted(value for value, _ in column.values if is_total(value))
    if totals:
        said += f"Left out, for it counts the others again: {listed([repr(total) for total in totals])}. "
    if people:
        few = sum(1 for records in kept.values() if records < FEW)
        said += f"{len(variants):,} left out as other spellings. " if variants else ""
        said += f"{few:,} of them used in fewer than {FEW} records. " if few else ""
        return said + _DECIDE
    if variants:
        shown = [f"{code!r} ({records:,}) for {meant!r}" for code, (meant, records) in variants.items()]
        said += f"Left out as other spellings: {listed(shown)}. "
    if rare:
        said += f"Used only once: {listed(rare)}. "
    return said + _DECIDE


def _order(code: str) -> tuple[int, float, str]:
    """Numbers by size, then text."""
    return (0, float(code), code) if re.fullmatch(r"-?[0-9]{1,15}", code) else (1, 0, code)
