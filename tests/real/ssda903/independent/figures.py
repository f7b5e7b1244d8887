"""Value, low, high and records in doubt for a slice, from the SQL beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb

HERE = Path(__file__).parent
TABLES = ("header", "episodes", "reviews", "uasc")
SHARES = (
    "unaccompanied_children",
    "pupil_number_usable",
    "placed_with_own_parents",
    "returned_home",
    "reviews_with_views",
)
COUNTS = ("children_by_first_episode", "episodes_started", "care_ended", "reviews_held")

Period = Literal["month", "quarter", "year"]
Slice = tuple[date | None, str | None]


@dataclass(frozen=True)
class Figure:
    """A slice's figure; shares in percent, None where no world or not every world has one.

    ``records`` are or may be in the slice; ``counted`` of them make up the value.
    """

    value: float | None
    low: float | None
    high: float | None
    records: int
    in_doubt: int
    counted: int


@contextmanager
def independent_records(source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The return in ``source`` with its doubtful cells flagged, in memory."""
    with duckdb.connect(":memory:") as connection:
        for table in TABLES:
            rows = connection.read_csv(str(source / f"{table}.csv"), header=True, all_varchar=True)
            connection.register("as_text", rows)
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM as_text")
        for script in ("records.sql", "parts.sql"):
            connection.execute((HERE / script).read_text())
        yield connection


def figures(
    connection: duckdb.DuckDBPyConnection,
    metric: str,
    over: Period | None = None,
    by: str | None = None,
    *,
    start: date | None = None,
    end: date = date(2018, 3, 31),
) -> dict[Slice, Figure]:
    """Every slice of a metric by (first day of the period or None, value of the dimension or None).

    ``over`` needs ``start``, the first day of the first period.
    """
    if over is None:
        periods = "SELECT NULL::DATE AS first_day, NULL::DATE AS last_day"
    else:
        step = {"month": 1, "quarter": 3, "year": 12}[over]
        periods = (
            f"SELECT day::DATE AS first_day, (day + INTERVAL {step} MONTH - INTERVAL 1 DAY)::DATE AS last_day "
            f"FROM range(TIMESTAMP '{start}', TIMESTAMP '{end}', INTERVAL {step} MONTH) AS t(day)"
        )
    keys = f"SELECT DISTINCT {by} AS key FROM {metric}" if by else "SELECT NULL::VARCHAR AS key"
    unsure_key = f"{by}_doubtful" if by else "FALSE"
    template = (HERE / "slice.sql").read_text()
    query = template.format(parts=metric, periods=periods, keys=keys, key=by or "NULL", unsure_key=unsure_key)
    rows = connection.execute(query).fetchall()
    return {(first_day, key): _figure(metric in SHARES, *counts) for first_day, key, *counts in rows}


def _figure(share: bool, a: int, b: int, u: int, k1: int, k0: int, ku: int, recorded: int, yes: int) -> Figure:
    records, in_doubt = a + b + u + k1 + k0 + ku, u + k1 + k0 + ku
    if not share:
        return Figure(recorded, a + b + u, records, records, in_doubt, recorded)
    lowest, highest = a + b + u + k0 + ku, a + b + u + k1 + ku
    low = a / lowest if lowest else (1.0 if k1 else None)
    high = (a + u + k1 + ku) / highest if highest else (0.0 if k0 else None)
    value = yes / recorded if recorded else None
    return Figure(_percent(value), _percent(low), _percent(high), records, in_doubt, recorded)


def _percent(part: float | None) -> float | None:
    return None if part is None else 100 * part
