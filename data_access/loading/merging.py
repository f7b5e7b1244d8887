"""Brings newly copied tables into a warehouse that has others already."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from data_access.loading.refusal import SourceError
from data_access.loading.staging import literal, quoted


def merge(warehouse: Path, copied: Path, into: Path) -> None:
    """Writes ``into``: the warehouse as it is, with the tables of ``copied`` new or in the place of their older selves.

    Raises SourceError when the warehouse cannot be read or there is no room.
    """
    try:
        shutil.copyfile(warehouse, into)
        with duckdb.connect(str(into)) as connection:
            connection.execute(f"ATTACH {literal(str(copied))} AS copied (READ_ONLY)")
            found = connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'copied'"
            ).fetchall()
            for (name,) in found:
                table = quoted(str(name))
                connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM copied.{table}")
            connection.execute("DETACH copied")
            connection.execute("CHECKPOINT")
    except (OSError, duckdb.Error) as error:
        into.unlink(missing_ok=True)
        raise SourceError(
            f"The new tables cannot be brought into {warehouse.name}. See that there is room on the disk and that no "
            "other program is writing to it."
        ) from error
