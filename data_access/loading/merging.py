"""Brings newly copied tables into a warehouse that has others already."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from data_access.loading.private_files import private_files
from data_access.loading.refusal import SourceError
from data_access.loading.staging import literal, quoted


def names_in(warehouse: Path) -> frozenset[str]:
    """The names of a warehouse's tables and views, small letters; none where there is no file. Raises SourceError."""
    if not warehouse.exists():
        return frozenset()
    query = "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return frozenset(str(name).lower() for (name,) in connection.execute(query).fetchall())
    except duckdb.Error as error:
        raise SourceError(f"{warehouse.name} cannot be read. See that no other program is writing to it.") from error


def merge(warehouse: Path, copied: Path, into: Path, own: Collection[str]) -> None:
    """Writes ``into``: the warehouse as it is, with the tables of ``copied`` new or, where they are among its ``own``
    (those that were copied before), in the place of their older selves.

    Raises SourceError when the warehouse cannot be read, there is no room, or a table of that name is someone else's.
    """
    try:
        with private_files():
            shutil.copyfile(warehouse, into)
        with private_files(), duckdb.connect(str(into)) as connection:
            connection.execute(f"ATTACH {literal(str(copied))} AS copied (READ_ONLY)")
            found = connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'copied'"
            ).fetchall()
            for (name,) in found:
                table, begin = quoted(str(name)), "CREATE OR REPLACE" if str(name) in own else "CREATE"
                connection.execute(f"{begin} TABLE {table} AS SELECT * FROM copied.{table}")
            connection.execute("DETACH copied")
            connection.execute("CHECKPOINT")
    except (OSError, duckdb.Error) as error:
        into.unlink(missing_ok=True)
        raise SourceError(
            f"The new tables cannot be brought into {warehouse.name}. See that there is room on the disk and that no "
            "other program is writing to it."
        ) from error
