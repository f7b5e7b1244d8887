"""Value, low, high and records in doubt for a slice, from the SQL beside this file and DEFINITION.md's formulas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.real.slices import Figure, Period, Slice

HERE = Path(__file__).parent
MEASURES = {
    "visits": "visits",
    "libraries_with_a_figure": "visits",
    "enquiries": "enquiries",
    "loans": "issues",
    "computer_use": "computer_use_pct",
}
PERIODS = {
    "month": "month",
    "quarter": "date_trunc('quarter', month)",
    "year": "date_trunc('year', month - INTERVAL 3 MONTH) + INTERVAL 3 MONTH",  # from April
}


@dataclass(frozen=True)
class Parts:
    """What the cells of a slice add up to; ``total`` is that of the certain ones."""

    certain: int
    doubtful: int
    total: int
    libraries: int
    libraries_at_most: int
    most: int

    @property
    def records(self) -> int:
        return self.certain + self.doubtful


@contextmanager
def published(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published files in memory: ``cells`` of the four wide ones, ``vintages`` as text."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE wide (measure VARCHAR, Library VARCHAR, heading VARCHAR, text VARCHAR)")
        for measure in sorted(set(MEASURES.values())):
            _read(connection, folder / f"latest_{measure}.csv", "one")
            connection.execute(
                f"INSERT INTO wide SELECT '{measure}', Library, heading, text FROM one"
                " UNPIVOT INCLUDE NULLS (text FOR heading IN (COLUMNS(* EXCLUDE Library)))"
            )
        _read(connection, folder / "vintages.csv", "vintages")
        connection.execute((HERE / "cells.sql").read_text())
        yield connection


def _read(connection: duckdb.DuckDBPyConnection, file: Path, table: str) -> None:
    connection.register("as_text", connection.read_csv(str(file), header=True, all_varchar=True))
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM as_text")
    connection.unregister("as_text")


def figures(
    connection: duckdb.DuckDBPyConnection, metric: str, over: Period | None = None, by: str | None = None
) -> dict[Slice, Figure]:
    """Every slice of a metric that has records, by (first day of the period or None, library or None)."""
    template = (HERE / "slice.sql").read_text()
    query = template.format(
        first_day=f"CAST({PERIODS[over]} AS DATE)" if over else "CAST(NULL AS DATE)",
        key=by or "CAST(NULL AS VARCHAR)",
        measure=MEASURES[metric],
    )
    rows = connection.execute(query).fetchall()
    return {(first_day, key): _figure(metric, Parts(*parts)) for first_day, key, *parts in rows}


def _figure(metric: str, parts: Parts) -> Figure:
    if metric == "libraries_with_a_figure":
        value, low, high = parts.libraries, parts.libraries, parts.libraries_at_most
        return Figure(value, low, high, parts.records, parts.doubtful)
    most = parts.total + parts.most * parts.doubtful
    if metric != "computer_use":  # a blank adds nothing as recorded, and may be any figure
        return Figure(parts.total, parts.total, most, parts.records, parts.doubtful)
    mean = parts.total / parts.certain if parts.certain else None
    return Figure(mean, parts.total / parts.records, most / parts.records, parts.records, parts.doubtful)
