"""Everything that the records of one table suggest, put together from the guesses of its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from data_access.answering.presence import FITTING
from data_access.loading.tables import FoundColumn, FoundTable
from data_access.scaffold.guess_blanks import required, stand_ins
from data_access.scaffold.guess_codes import codes
from data_access.scaffold.guess_delay import usual_delay
from data_access.scaffold.guess_delivery import delivery
from data_access.scaffold.guess_forms import KnownForm, known_form, shape
from data_access.scaffold.guess_keys import record_key, recorded_at
from data_access.scaffold.guess_limits import limits
from data_access.scaffold.guess_pairs import Order, between, order, order_checks, past_checks
from data_access.scaffold.guess_parents import parents
from data_access.scaffold.guess_privacy import Private, about, classified, is_free_text
from data_access.scaffold.guess_time import measures, time
from data_access.scaffold.guess_unread import unread_check, unread_columns
from data_access.scaffold.guessed import Check, ColumnGuess, Reasoned, TableGuess
from data_access.scaffold.naming import identifier
from data_access.scaffold.profile import ColumnProfile, TableProfile, profile
from data_access.warehouse.engine import Generation


def guess(table: FoundTable, generation: Generation, today: date) -> TableGuess:
    """What is guessed of the table. Raises WarehouseError."""
    found = profile(table, [column for column in table.columns if unusable(column) is None], generation)
    forms = {name: known_form(column, found) for name, column in found.columns.items()}
    private = {name: _private(column, forms[name]) for name, column in found.columns.items()}
    whom = about(found, private)
    dates = order(found, frozenset(name for name, one in private.items() if one is not None))
    alone = {
        name: _column(column, found, forms[name], private[name], people=whom.value == "people", today=today)
        for name, column in found.columns.items()
    }
    when = time(found, alone)
    guesses = _linked(found, alone, dates, when.value if when else None, today)
    key = record_key(found)
    return TableGuess(
        profile=found,
        columns=guesses,
        about=whom,
        key=key,
        checks=_each_with_its_id(
            (
                *(unread_check(column, found.records) for column in table.columns if column.unread),
                *order_checks(found, dates),
                *past_checks(found, today),
            )
        ),
        recorded_at=recorded_at(found, key.value),
        time=when,
        delivery=delivery(found, when.value if when else None, today),
        measures=measures(found, guesses, key.value),
        delay=usual_delay(found, dates),
        unread=unread_columns(table),
        left_out=tuple(why for column in table.columns if (why := unusable(column))),
    )


def unusable(column: FoundColumn) -> str | None:
    """Why no contract can hold the column; None when one can."""
    first = column.physical_type.split("(")[0].split()
    if first and first[0].upper() in FITTING[column.type]:
        return None
    return f"'{column.name}' is {column.physical_type} in the warehouse, which the portal cannot use"


def how_private(column: ColumnProfile, profile: TableProfile) -> Private | None:
    """How private one column is by its name and values. Raises WarehouseError."""
    return _private(column, known_form(column, profile))


def _private(column: ColumnProfile, known: KnownForm | None) -> Private | None:
    return classified(column, known[0].words if known and known[0].personal else None)


def _column(
    column: ColumnProfile,
    profile: TableProfile,
    known: KnownForm | None,
    private: Private | None,
    *,
    people: bool,
    today: date,
) -> ColumnGuess:
    """What the column says by itself. Codes come before a mere shape; what is personal has none, nor a number's limits:
    they would tell of single people. What people write as they like has neither.
    """
    form, pattern = known or (None, None)
    personal = private is not None and private.value == "personal"
    free = is_free_text(column)
    found = None if personal or free else codes(column, people=people or private is not None)
    if found is None and pattern is None and not free:
        pattern = shape(column, profile)
    span = Reasoned(form.span, pattern.why) if form and form.span and pattern else None
    bounded = found is None and not (personal and column.is_number and span is None)
    return ColumnGuess(
        classification=private,
        required=required(column),
        stand_ins=stand_ins(column),
        codes=found,
        pattern=pattern if column.column.type == "string" and found is None else None,
        limits=limits(column, profile, today, span) if bounded else None,
    )


def _linked(
    profile: TableProfile, guesses: dict[str, ColumnGuess], dates: Order, when: str | None, today: date
) -> dict[str, ColumnGuess]:
    """The guesses with what columns say about one another."""
    above = parents(profile, {name: one.codes for name, one in guesses.items() if one.codes})
    return {
        name: replace(
            one,
            parents=above.get(name),
            # What comes later may not have come yet: then a blank is an answer. Not where records are counted at it.
            required=None if profile.columns[name].blanks and dates.before(name) and name != when else one.required,
            between=between(profile.columns[name], dates, today) if profile.columns[name].is_date else None,
        )
        for name, one in guesses.items()
    }


def _each_with_its_id(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks with ids that may stand in a contract, each once, whatever the columns are called."""
    made: dict[str, Check] = {}
    for check in checks:
        name = identifier(check.id, made, "check")
        made[name] = replace(check, id=name)
    return tuple(made.values())
