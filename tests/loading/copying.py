"""Copies a source in a test, and asks the copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data_access.loading.source import load
from data_access.loading.tables import Found, FoundColumn, FoundTable

TODAY = date(2026, 10, 31)


@dataclass(frozen=True)
class Copy:
    """What was found, and the file that holds it."""

    found: Found
    file: Path

    @property
    def table(self) -> FoundTable:
        """The only table."""
        (table,) = self.found.tables
        return table

    def column(self, name: str) -> FoundColumn:
        return next(column for column in self.table.columns if column.name == name)

    def values(self, column: str, table: str | None = None) -> list[Any]:
        """A column's values, in the order of the records."""
        return [row[0] for row in self.rows(f'SELECT "{column}" FROM "{table or self.table.name}"')]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.file), read_only=True) as connection:
            return connection.execute(query).fetchall()


def copy(*sources: Path | str, into: Path, known: Found | None = None, today: date = TODAY) -> Copy:
    """Copies the sources into a new file in the folder ``into``."""
    file = into / "warehouse.duckdb"
    return Copy(_load([str(source) for source in sources], file, known, today), file)


def _load(sources: Sequence[str], file: Path, known: Found | None, today: date) -> Found:
    return load(sources, file, copy=True, known=known, today=today, progress=silent)


def silent(share: float, what: str) -> None:
    """Progress that nobody looks at."""
