"""Value, low, high and records in doubt for a slice, from the SQL beside this file and DEFINITION.md's formulas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.real.slices import Figure, Period, Slice

HERE = Path(__file__).parent
FEWEST, MOST = 1, 3500  # what the contract lets a row's reports be


@dataclass(frozen=True)
class Parts:
    """What the rows of a slice add up to; ``certain_reports`` leaves out the ``doubtful`` rows."""

    records: int
    doubtful: int
    reports: int
    certain_reports: int
    reporters: int
    districts: int
    single: int

    @property
    def fewest(self) -> int:
        return self.certain_reports + FEWEST * self.doubtful

    @property
    def most(self) -> int:
        return self.certain_reports + MOST * self.doubtful

    def certain(self, value: float) -> Figure:
        return Figure(value, value, value, self.records, 0)

    def of_reports(self, value: float | None, divided_by: float = 1) -> Figure:
        return Figure(value, self.fewest / divided_by, self.most / divided_by, self.records, self.doubtful)


@contextmanager
def published(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as text, in memory."""
    with duckdb.connect(":memory:") as connection:
        connection.register("as_text", connection.read_csv(str(file), header=True, all_varchar=True))
        connection.execute("CREATE TABLE lad_month_category_c AS SELECT * FROM as_text")
        yield connection


def figures(
    connection: duckdb.DuckDBPyConnection, metric: str, over: Period | None = None, by: str | None = None
) -> dict[Slice, Figure]:
    """Every slice of a metric that has rows, by (first day of the period or None, value of the dimension or None)."""
    essex = "right(lad, 2) BETWEEN '66' AND '77' AND starts_with(lad, 'E070000')"
    query = (
        (HERE / "slice.sql")
        .read_text()
        .format(
            first_day=f"CAST(date_trunc('{over}', month) AS DATE)" if over else "CAST(NULL AS DATE)",
            key=by or "CAST(NULL AS VARCHAR)",
            asked_for=essex if metric == "essex_faults" else "TRUE",
        )
    )
    rows = connection.execute(query).fetchall()
    return {(first_day, key): _figure(metric, Parts(*parts)) for first_day, key, *parts in rows}


def _figure(metric: str, parts: Parts) -> Figure:
    if metric in ("faults_reported", "essex_faults"):
        return parts.of_reports(parts.reports)
    if metric == "reports_per_reporter":
        return parts.of_reports(parts.reports / parts.reporters, parts.reporters)
    if metric == "reports_per_row":
        beyond_doubt = parts.records - parts.doubtful
        return parts.of_reports(parts.certain_reports / beyond_doubt if beyond_doubt else None, parts.records)
    if metric == "single_reporter":
        return parts.certain(100 * parts.single / parts.records)
    return parts.certain({"districts_with_reports": parts.districts, "reporters_added_up": parts.reporters}[metric])
