"""What the records of one table are like: the figures that every guess is made from, found in few scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlglot import exp

from data_access.loading.tables import FoundColumn, FoundTable
from data_access.scaffold import profile_queries as queries
from data_access.warehouse.engine import Generation

MOST_VALUES = 3000  # different values of a column that are looked at one by one
_AT_ONCE = 20  # columns that one scan counts


@dataclass(frozen=True)
class ColumnProfile:
    """One column. ``least``/``greatest`` are of numbers, ``earliest``/``latest`` of dates (None where it has none).

    ``values``: the commonest values as text, with how many records have each; all of them where ``distinct`` is no
    more than ``MOST_VALUES``, else a fair sample of those that are alike common. ``years``: a date's years with their
    records, ascending.
    """

    column: FoundColumn
    records: int
    filled: int
    distinct: int
    least: float | None = None
    greatest: float | None = None
    ordinary: float | None = None  # 99 of 100 numbers are no greater
    earliest: date | None = None
    latest: date | None = None
    values: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def is_date(self) -> bool:
        return self.column.type in ("date", "timestamp")

    @property
    def is_number(self) -> bool:
        return self.column.type in ("number", "integer")

    @property
    def blanks(self) -> int:
        return self.records - self.filled


@dataclass(frozen=True)
class TableProfile:
    """One table with the profile of each of its columns, and what further questions are asked of."""

    table: FoundTable
    records: int
    columns: Mapping[str, ColumnProfile]
    generation: Generation

    @property
    def node(self) -> exp.Table:
        return self.generation.table(self.table.name)

    def ask(self, query: exp.Query) -> list[dict[str, Any]]:
        """The rows of one further question."""
        return self.generation.run(query).to_pylist()  # type: ignore[no-any-return]  # pyarrow ships no types


def profile(table: FoundTable, columns: Sequence[FoundColumn], generation: Generation) -> TableProfile:
    """The figures of these columns of the table. Raises WarehouseError."""
    node = generation.table(table.name)
    records = 0
    found: dict[str, ColumnProfile] = {}
    for start in range(0, max(len(columns), 1), _AT_ONCE):
        some = columns[start : start + _AT_ONCE]
        row = generation.run(queries.totals(node, some)).to_pylist()[0]
        records = int(row["records"])
        for place, column in enumerate(some):
            found[column.name] = _column(column, records, row, place, node, generation)
    return TableProfile(table, records, found, generation)


def _column(
    column: FoundColumn, records: int, row: Mapping[str, Any], place: int, node: exp.Table, generation: Generation
) -> ColumnProfile:
    filled, distinct = int(row[f"filled{place}"]), int(row[f"distinct{place}"])
    more: dict[str, Any] = {}
    if column.type in ("number", "integer"):
        for name in ("least", "greatest", "ordinary"):
            more[name] = _number(row[f"{name}{place}"])
    elif column.type in ("date", "timestamp"):
        more = {"earliest": _day(row[f"least{place}"]), "latest": _day(row[f"greatest{place}"])}
        years = generation.run(queries.years(node, column)).to_pylist()
        more["years"] = tuple((int(year["year"]), int(year["records"])) for year in years if year["year"] is not None)
    if column.type in ("string", "boolean", "integer") and filled:
        values = generation.run(queries.values(node, column, MOST_VALUES)).to_pylist()
        more["values"] = tuple((str(value["value"]), int(value["records"])) for value in values)
    return ColumnProfile(column, records, filled, distinct, **more)


def _number(value: Any) -> float | None:
    """A number that can stand in a limit; None for one that is none (not a number, endless)."""
    if value is None:
        return None
    number = float(value)
    return number if abs(number) < float("inf") else None


def _day(text: str | None) -> date | None:
    """The day of a date or moment; None for one that no calendar of ours has."""
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None
