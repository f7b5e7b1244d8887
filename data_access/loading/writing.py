"""Writes a staged table into the new warehouse: each column with its type, and what could not be read beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data_access.loading.columns import Planned, plan_columns
from data_access.loading.columns_again import unnamed
from data_access.loading.readings import is_birth, prepared
from data_access.loading.staging import Staged, Staging, literal, quoted
from data_access.loading.tables import FoundColumn, FoundTable

COPIED_ON = "copied_on"
SERVES = 0.5  # the share of records in which a date must be there to count records by it
DAYS = ("date", "timestamp")


def write(staged: Staged, name: str, staging: Staging, today: date, known: FoundTable | None = None) -> FoundTable:
    """The table as it now stands in the warehouse under ``name``; the staged one is dropped.

    With ``known``, the columns that it has keep their names and types, however few values still fit them.
    """
    records = staging.records(staged.table)
    planned = plan_columns(staged, records, staging, today, known)
    columns = list(planned.values())
    parts = [part for column in columns for part in column.selected()]
    found = [column.found for column in columns]
    copied_on = _copied_on(columns, records, known)
    if copied_on:
        parts.append(f"DATE {literal(today.isoformat())} AS {quoted(copied_on)}")
        found.append(
            FoundColumn(copied_on, "Copied on", "date", "DATE", "It is the day on which the records were copied.")
        )
    staging.connection.execute(
        f"CREATE TABLE {quoted(name)} AS SELECT {', '.join(parts)} FROM ({_source(staged, columns)})"
    )
    notes = (*staged.notes, *_marker_notes(columns))
    staging.drop(staged.table)
    nameless = unnamed(staged, {place: one.found.name for place, one in planned.items()})
    return FoundTable(
        name, staged.title, staged.source, tuple(found), records, notes, copied_on, staged.origin, nameless
    )


def _source(staged: Staged, columns: Sequence[Planned]) -> str:
    texts = [f"c{place}" for place, column in enumerate(staged.columns) if column.text]
    steps = {one.prepared[0]: [one.prepared[1]] for one in columns if one.prepared and one.prepared[1]}
    return prepared(staged.table, texts, steps)


def _copied_on(columns: Sequence[Planned], records: int, known: FoundTable | None) -> str | None:
    """The name of a column for the day of the copy, where no other date says when a record was made.

    A date of birth does not, nor a date that is blank in most records.
    """
    serving = [one for one in columns if one.found.type in DAYS and not is_birth(one.found.heading)]
    if known and known.copied_on:
        return known.copied_on
    if any(one.filled and one.filled >= SERVES * records for one in serving):
        return None
    taken = {one.found.name for one in columns} | {one.found.unread for one in columns}
    return next(name for name in (COPIED_ON, f"{COPIED_ON}_2", f"{COPIED_ON}_3") if name not in taken)


def _marker_notes(columns: Sequence[Planned]) -> list[str]:
    """What stood for a blank, and where."""
    marked = [(one.found.heading or one.found.name, one.markers) for one in columns if one.markers]
    return [
        f"{name}: {cells:,} of its cells count as blank, because of n/a, -, [z] or the like." for name, cells in marked
    ]
