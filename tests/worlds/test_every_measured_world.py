"""Sums, ratios, distinct counts, averages and percentiles against the enumeration of all worlds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data_access.questions import Row
from tests.worlds import measured
from tests.worlds.enumeration import Record
from tests.worlds.measured import NAMES, Agreed, Table, doubtful, extremes
from tests.worlds.tables import metric
from tests.worlds.test_every_world import SLICES

TABLES = 40  # asked about at once
EXAMPLES = 2 if settings().max_examples <= 100 else settings().max_examples // TABLES  # a nightly run draws thousands
NEAR = 1e3  # a figure beyond was made by a limit that is not declared, or by dividing by almost nothing


def value_of(name: str) -> Callable[[Record], Any]:
    return lambda record: None if record[name] is None else record[name]


def cost_and_hours(record: Record) -> Any:
    return None if record["cost"] is None or record["hours"] is None else float(record["cost"]) + record["hours"]


COST, HOURS, CODE = value_of("cost"), value_of("hours"), value_of("code")


@dataclass(frozen=True)
class Case:
    """A metric and the figure a person would work out. ``exact``: each cell is read once."""

    type: str
    keys: dict[str, Any]
    figure: measured.Figure
    reads: set[str]
    exact: bool = True


WIDE = {"minimum": -3, "maximum": 6}
CASES: dict[str, list[Case]] = {
    "sum": [
        Case("sum", {"measure": "cost"}, measured.total(COST), {"cost"}),
        Case("sum", {"measure": "cost + hours", "limits": WIDE}, measured.total(cost_and_hours), {"cost", "hours"},
             exact=False),
    ],
    "ratio": [
        Case("ratio", {"measure": "cost", "per": "hours"}, measured.ratio(COST, HOURS), {"cost", "hours"}),
        Case("ratio", {"measure": "hours", "per": "hours"}, measured.ratio(HOURS, HOURS), {"hours"}, exact=False),
    ],
    "count_distinct": [
        Case("count_distinct", {"measure": "code"}, measured.distinct(CODE), {"code"}),
        Case("count_distinct", {"measure": "upper(code)"}, measured.distinct(CODE), {"code"}, exact=False),
    ],
    "average": [
        Case("average", {"measure": "cost"}, measured.average(COST), {"cost"}),
        Case("average", {"measure": "cost + hours", "limits": WIDE}, measured.average(cost_and_hours),
             {"cost", "hours"}, exact=False),
    ],
    "median": [
        Case("median", {"measure": "cost"}, measured.percentile(COST, 50), {"cost"}),
        Case("median", {"measure": "cost + hours", "limits": WIDE}, measured.percentile(cost_and_hours, 50),
             {"cost", "hours"}, exact=False),
    ],
    "percentile": [
        Case("percentile", {"measure": "cost", "percentile": 90}, measured.percentile(COST, 90), {"cost"}),
        Case("percentile", {"measure": "cost", "percentile": 25}, measured.percentile(COST, 25), {"cost"}),
    ],
}  # fmt: skip
WHERE: dict[str, tuple[str | None, Callable[[Record], bool]]] = {
    "everything": (None, lambda _: True),
    "open ones": ("status = 'open'", lambda r: r["status"] == "open"),
    "not void": ("not (status in ('void'))", lambda r: r["status"] != "void"),
}

MOSTLY = [date(2026, 1, 1), date(2026, 1, 28), date(2026, 2, 28), date(2026, 4, 1)]


def drawn_table(chance: Random, most: int = 6) -> Table:
    return [
        (
            chance.choice(["k1", "k2", "k3", "k4", "k5", "k6", None, None]),
            chance.choice([*MOSTLY, *MOSTLY, *MOSTLY, None, date(2025, 6, 1)]),
            None,
            chance.choice(["open", "open", "open", "shut", "void", "lost"]),
            1,
            chance.choice(["A", "A", "A", "B", "C", "Z", None]),
            chance.choice([None, *MOSTLY]),
            chance.choice([-2, -1, 0, 1, 1, 2.5, 3, 9, -7, None]),
            chance.choice([0, 0, 0.5, 1, 2, 2, 5, -1, None]),
            chance.choice(["x", "x", "y", "y", "z", "BAD", None]),
        )
        for _ in range(chance.randrange(most + 1))
    ]


def drawn_agreement(chance: Random) -> Agreed:
    required = {f"{name}_required": chance.random() < 0.5 for name in ("district", "opened", "cost", "hours", "code")}
    limits = chance.choice([(-2, 3), (-2, 3), (-2, 3), (0, 3), (-2, None), (None, 3), (None, None)])
    return Agreed(**required, limits=limits, most_hours=chance.choice([2, 2, 2, None]),
                  codes_listed=chance.random() < 0.5)  # fmt: skip


def one_part_differs(table: list[Any], agreed: Agreed, parts: tuple[str, ...]) -> bool:
    """Whether copies differ in at most one part, so that the range must be exact and not only safe.

    Never where they name several codes: the definition's formula for those is safe, not exact.
    """
    by_key: dict[Any, list[list[Any]]] = {}
    for row in table:
        if row[0] is not None:
            record = dict(zip(NAMES, row, strict=True))
            bad = doubtful(record, agreed)
            by_key.setdefault(row[0], []).append(["?" if name in bad else record[name] for name in parts])
    return all(
        sum(
            (2 if part == "code" else 1) * (len({copy[place] for copy in copies}) > 1)
            for place, part in enumerate(parts)
        )
        <= 1
        for copies in by_key.values()
    )


def limit(end: float | None) -> float | None:
    """An end of the worlds' range, None where only the missing limit made it."""
    return None if end is None or abs(end) > NEAR else end


def compare(seed: int, kind: str) -> int:
    """Draw an agreement, a metric and many tables, and ask of each. Returns how many figures had to be exact."""
    chance = Random(seed)
    case, agreed = chance.choice(CASES[kind]), drawn_agreement(chance)
    if "limits" in case.keys:  # of what the metric says about the expression to be true
        agreed = replace(agreed, limits=(-2, 3), most_hours=2)
    sql, test = WHERE[chance.choice(sorted(WHERE))]
    reads = case.reads | ({"status"} if sql else set())
    slices = chance.sample(SLICES, 2)
    tables, truths = [], []
    while len(tables) < TABLES:
        table = drawn_table(chance)
        try:
            truths.append(extremes(table, slices, test, case.figure, agreed, reads))
        except ValueError:  # too many worlds to list
            continue
        tables.append(table)
    portal = measured.asker(tables, agreed)
    of = metric(type=case.type, where=sql, dimensions=("batch", "district"), **case.keys)
    exact = 0
    for place, cut in enumerate(slices):
        rows = measured.asked(portal, of, cut)
        for batch, row in rows.items():  # a table without a row has nothing certain or recorded there
            least, greatest = truths[batch][place]
            shown = f"{case.type} {case.keys} {sql} {agreed}\n{cut}\n{tables[batch]}\n{row}\n{least} {greatest}"
            once = case.exact and one_part_differs(tables[batch], agreed, ("opened", "district", *sorted(reads)))
            holds(row, least, greatest, shown)
            if once and least is not None and greatest is not None:
                exact += 1
                is_exact(case.type, row, least, greatest, shown)
    return exact


def holds(row: Row, least: float | None, greatest: float | None, shown: str) -> None:
    """The range contains every world's figure, the value and the likely range."""
    if least is None or greatest is None:  # no world has a figure here
        assert row.value is None, shown
        return
    low, high = -math.inf if row.low is None else row.low, math.inf if row.high is None else row.high
    assert low - 1e-6 <= least <= greatest <= high + 1e-6, shown
    assert row.value is None or low <= row.value <= high, shown
    if row.in_doubt == 0:
        assert row.value in (None, row.low), shown
        assert row.low == row.high == row.likely_low == row.likely_high, shown
    likely_low = low if row.likely_low is None else row.likely_low
    assert low <= likely_low <= (high if row.likely_high is None else row.likely_high) <= high, shown


def is_exact(kind: str, row: Row, least: float, greatest: float, shown: str) -> None:
    """The range is the worlds'; where they go on for ever it is open."""
    for end, world in ((row.low, limit(least)), (row.high, limit(greatest))):
        if world is None:
            assert end is None, shown
        elif end is not None or kind != "ratio":  # where a ratio is open by a rule of its own stands in another test
            assert end == pytest.approx(world, abs=1e-4), shown


@pytest.mark.parametrize("kind", CASES)
@settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 2**32))
def test_the_range_is_that_of_all_worlds(kind: str, seed: int) -> None:
    compare(seed, kind)
