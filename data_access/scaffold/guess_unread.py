"""Cells of a copied column that could not be read as its type: their text is kept beside it, and "
"puts them in doubt."""

from __future__ import annotations

from dataclasses import replace

from data_access.loading.tables import FoundColumn, FoundTable
from data_access.scaffold.guessed import Check
from data_access.scaffold.naming import in_sql, of

_KINDS = {"date": "a date", "timestamp": "a date and time", "number": "a number", "integer": "a whole number"}


def unread_columns(table: FoundTable) -> dict[str, FoundColumn]:
    """The columns that hold such text, each by the name of the column that it was written in."""
    listed = {column.name for column in table.columns}
    return {
        column.name: replace(
            column,
            name=column.unread,
            heading=f"{column.heading or column.name}: what could not be read",
            type="string",
            physical_type="VARCHAR",
            why="",
            unread=None,
            unread_values=0,
        )
        for column in table.columns
        if column.unread and column.unread not in listed
    }


def unread_check(column: FoundColumn, records: int) -> Check:
    """That every cell of the column could be read."""
    assert column.unread is not None
    read_as = _KINDS.get(column.type, f"a value of type {column.type}")
    return Check(
        id=f"{column.name}_can_be_read",
        name=f"{column.heading or column.name} can be read as {read_as}",
        condition=f"{in_sql(column.unread)} is null",
        doubts=(column.name,),
        dimension="conformity",
        why=f"{of(column.unread_values, records, 'records')} hold text that is not {read_as}; it stands in "
        f"{column.unread}. Have the source put it right, or make the column text.",
    )
