"""Where a source's records stand before their types are known: tables of a scratch file beside the new warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from data_access.definitions.models import ColumnType
from data_access.loading.tables import Progress

SCRATCH = "staging"


@dataclass(frozen=True)
class StagedColumn:
    """A column as it was read, named ``c0``, ``c1``, … in the scratch file.

    ``text`` says that its values are still text of which the type is to be found; ``declared`` is the type that the
    source itself states for them, if it does.
    """

    heading: str
    text: bool = True
    declared: ColumnType | None = None


@dataclass(frozen=True)
class Staged:
    """A table as it was read. ``table`` is SQL; ``name`` suggests a name, ``origin`` tells the same table again."""

    table: str
    name: str
    title: str
    source: str
    origin: str
    columns: tuple[StagedColumn, ...]
    notes: tuple[str, ...] = ()

    def noting(self, *notes: str) -> Staged:
        """The same table with more said about it."""
        return replace(self, notes=(*self.notes, *notes))


class Staging:
    """The scratch file: ``connection`` has the new warehouse as its own database and this one attached."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
        self.connection = connection
        self.progress = progress
        self._tables = 0

    def new_table(self) -> str:
        """SQL of a table's name that was not used yet."""
        self._tables += 1
        return f"{SCRATCH}.t{self._tables}"

    def drop(self, table: str) -> None:
        """Gives back the room of a table that is no longer needed."""
        self.connection.execute(f"DROP TABLE {table}")

    def records(self, table: str) -> int:
        """How many records a table has."""
        row = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0

    def type_of(self, table: str, column: str) -> str:
        """A column's type in DuckDB's word."""
        row = self.connection.execute(f"SELECT column_type FROM (DESCRIBE SELECT {column} FROM {table})").fetchone()
        return str(row[0]) if row else "VARCHAR"

    def write_text(self, chunks: Iterable[Sequence[Sequence[str | None]]]) -> tuple[str, int]:
        """Writes records of text, chunk by chunk; a record wider than those before widens the table.

        Returns the table's SQL name and its number of columns; short records are filled up with blanks.
        """
        table, width = self.new_table(), 0
        for rows in chunks:
            wanted = max(map(len, rows), default=0)
            if width == 0 and wanted:
                columns = ", ".join(f"c{place} VARCHAR" for place in range(wanted))
                self.connection.execute(f"CREATE TABLE {table} ({columns})")
                width = wanted
            for place in range(width, wanted):
                self.connection.execute(f"ALTER TABLE {table} ADD COLUMN c{place} VARCHAR")
            width = max(width, wanted)
            self._append(table, rows, width)
        return table, width

    def _append(self, table: str, rows: Sequence[Sequence[str | None]], width: int) -> None:
        level = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows]
        arrays = [pa.array(column, pa.string()) for column in zip(*level, strict=True)]
        if arrays:
            chunk = pa.table(arrays, names=[f"c{place}" for place in range(width)])
            self.connection.register("chunk", chunk)
            self.connection.execute(f"INSERT INTO {table} SELECT * FROM chunk")
            self.connection.unregister("chunk")


def literal(text: str) -> str:
    """``text`` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """``name`` as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'
