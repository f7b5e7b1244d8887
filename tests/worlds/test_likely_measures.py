"""The likely range of measures covers the truth about as often as it says, where what is lost is like the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.worlds import measured
from tests.worlds.enumeration import Slice
from tests.worlds.measured import Agreed
from tests.worlds.tables import metric

TABLES, RECORDS = 200, 60
TYPES: dict[str, tuple[dict[str, Any], measured.Figure]] = {
    "sum": ({}, measured.total(lambda r: r["cost"])),
    "average": ({}, measured.average(lambda r: r["cost"])),
    "median": ({}, measured.percentile(lambda r: r["cost"], 50)),
    "percentile": ({"percentile": 75}, measured.percentile(lambda r: r["cost"], 75)),
    "ratio": ({"per": "hours"}, measured.ratio(lambda r: r["cost"], lambda r: r["hours"])),
}


def lossy(chance: Random) -> tuple[list[dict[str, Any]], measured.Table]:
    """A true population of open and shut cases, and what was recorded of it."""
    truth, table = [], []
    for place in range(RECORDS):
        cost = round(min(max(chance.gauss(0.8, 1.0), -2), 3), 2)
        true = {"cost": cost, "hours": round(chance.uniform(0.2, 2), 2), "open": chance.random() < 0.7}
        truth.append(true)
        recorded = None if chance.random() < 0.2 else cost
        status = "lost" if chance.random() < 0.1 else "open" if true["open"] else "shut"
        hours = 5 if chance.random() < 0.1 else true["hours"]
        table.append((f"k{place}", date(2026, 1, 1), None, status, 1, "A", None, recorded, hours, "x"))
    return truth, table


@pytest.fixture(scope="module")
def populations() -> list[tuple[list[dict[str, Any]], measured.Table]]:
    chance = Random(20260401)
    return [lossy(chance) for _ in range(TABLES)]


@pytest.mark.parametrize("type_", TYPES)
def test_the_likely_range_covers_the_truth(type_: str, populations: list[Any]) -> None:
    keys, figure = TYPES[type_]
    of = metric(type=type_, measure="cost", where="status = 'open'", dimensions=("batch",), **keys)
    rows = measured.asked(measured.asker([table for _, table in populations], Agreed()), of, Slice())
    assert coverage(rows, [true for true, _ in populations], figure) >= 0.93


def coverage(rows: dict[int, Any], truths: list[Any], figure: Callable[[Any], Any]) -> float:
    inside = 0
    for batch, row in rows.items():
        true = figure([record for record in truths[batch] if record["open"]])
        assert row.low - 1e-9 <= true <= row.high + 1e-9
        assert row.likely_high - row.likely_low <= row.high - row.low
        inside += row.likely_low - 1e-9 <= true <= row.likely_high + 1e-9
    return inside / len(rows)
