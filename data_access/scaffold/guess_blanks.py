"""Whether a column may be blank, and which of its words only stand for a blank."""

from __future__ import annotations

from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.naming import listed, of
from data_access.scaffold.profile import ColumnProfile

FILLED = 0.95  # so much of a column is filled in where a blank is a fault and not an answer
_STAND_INS = {"", "n/a", "na", "#n/a", "null", "-", "--", "..", "[z]"}


def is_stand_in(value: str) -> bool:
    """Whether a text only says that there is nothing. Copies hold a blank instead; other people's tables need not.

    'none' says something: it may be an answer ("Disability: None").
    """
    return value.strip().lower() in _STAND_INS


def required(column: ColumnProfile) -> Reasoned[bool] | None:
    """That a blank is doubtful, where at least 95 of 100 records are filled in; None otherwise."""
    empty = column.blanks + sum(records for value, records in _empty(column))
    if not column.records or column.records - empty < FILLED * column.records:
        return None
    blank = f"{of(empty, column.records)} {'is' if empty == 1 else 'are'} blank"
    decide = "the blanks count as doubtful" if empty else "a blank would count as doubtful"
    return Reasoned(True, f"{blank}, so {decide}. Remove this if a blank is a proper answer.")


def stand_ins(column: ColumnProfile) -> Reasoned[tuple[str, ...]] | None:
    """The words that stand for a blank where there must be none; None without any."""
    found = _empty(column)
    if not found or not required(column):
        return None
    shown = listed([f"{value!r} in {records:,}" for value, records in found])
    return Reasoned(tuple(value for value, _ in found), f"{shown} records, which say that there is nothing.")


def _empty(column: ColumnProfile) -> list[tuple[str, int]]:
    text = column.column.type == "string"
    return [(value, records) for value, records in column.values if text and is_stand_in(value)]
