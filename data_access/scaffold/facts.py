"""What a table's records are like, and what has changed in them since they were drafted from, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from data_access.loading.tables import FoundTable
from data_access.scaffold.guess import how_private
from data_access.scaffold.memory import ColumnFacts, DraftedTable
from data_access.scaffold.naming import listed
from data_access.scaffold.profile import ColumnProfile, profile
from data_access.warehouse.engine import Generation

CALLED = {"string": "text", "integer": "whole numbers", "number": "numbers", "boolean": "yes or no", "time": "times"}


def facts(table: FoundTable, generation: Generation, coded: Collection[str]) -> Mapping[str, ColumnFacts]:
    """Each column's figures as they are now; ``coded`` are the columns of which every value is kept."""
    found = profile(table, table.columns, generation)
    return {
        name: _facts(column, name in coded, private=how_private(column, found) is not None)
        for name, column in found.columns.items()
    }


def _facts(found: ColumnProfile, coded: bool, *, private: bool) -> ColumnFacts:
    """What is private has no least and greatest: each is what one person has, as a birth date."""
    least, greatest = (found.earliest, found.latest) if found.is_date else (found.least, found.greatest)
    if private:
        least = greatest = None
    codes = tuple(sorted(value for value, _ in found.values)) if coded else None
    return ColumnFacts(found.filled, _text(least), _text(greatest), codes)


def _text(value: date | float | None) -> str | None:
    if isinstance(value, date):
        return f"{value.day} {value:%b} {value.year}"
    return None if value is None else f"{value:,.10g}"


def changes(old: DraftedTable, new: DraftedTable) -> Iterator[str]:
    """What is different in the source, a sentence each: records, columns, types, then what each column holds."""
    if old.table.records != new.table.records:
        yield f"{new.table.records:,} records, were {old.table.records:,}"
    before = {column.name: column for column in old.table.columns}
    now = {column.name: column for column in new.table.columns}
    for name in before.keys() - now.keys():
        yield f"the column '{name}' is gone"
    for name, column in now.items():
        if name not in before:
            yield f"the column '{name}' is new: {_called(column.type)}"
            continue
        if column.type != before[name].type:
            yield f"'{name}' now reads as {_called(column.type)}, was {_called(before[name].type)}"
        if column.unread_values != before[name].unread_values:
            unread, had = column.unread_values, before[name].unread_values
            yield f"'{name}' has {unread:,} value{'' if unread == 1 else 's'} that could not be read, had {had:,}"
        yield from _column_changes(name, old, new)


def _column_changes(name: str, old: DraftedTable, new: DraftedTable) -> Iterator[str]:
    before, now = old.facts.get(name), new.facts.get(name)
    if before is None or now is None:
        return
    blanks = old.table.records - before.filled, new.table.records - now.filled
    if blanks[0] != blanks[1]:
        yield (
            f"'{name}' is blank in {blanks[1]:,} of {new.table.records:,} records, was in {blanks[0]:,} of "
            f"{old.table.records:,}"
        )
    if None not in (before.least, now.least) and (before.least, before.greatest) != (now.least, now.greatest):
        yield f"'{name}' goes from {_span(now)}, went from {_span(before)}"
    if before.codes is not None and now.codes is not None:
        yield from _codes(name, before.codes, now.codes)


def _codes(name: str, before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    if came := [f"'{code}'" for code in now if code not in before]:
        yield f"'{name}' has the new code{'s' if len(came) > 1 else ''} {listed(came, most=10)}"
    if went := [f"'{code}'" for code in before if code not in now]:
        yield f"'{name}' no longer has {listed(went, most=10)}"


def _span(found: ColumnFacts) -> str:
    return f"{found.least} to {found.greatest}"


def _called(kind: str) -> str:
    return CALLED.get(kind, f"{kind}s")
