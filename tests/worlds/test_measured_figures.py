"""Value, confidence and likely range of measures against the record-by-record reading of the definition."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data_access.questions import Row
from tests.worlds import enumeration, measured
from tests.worlds.measured_oracle import Case, truths
from tests.worlds.oracle import EVERY, EVERYTHING, Measure, Slice, atom
from tests.worlds.tables import metric
from tests.worlds.test_every_measured_world import drawn_agreement, drawn_table

TABLES = 40
EXAMPLES = 2 if settings().max_examples <= 100 else settings().max_examples // TABLES
CASES: dict[str, tuple[Case, dict[str, Any]]] = {
    "sum": (Case("sum"), {}),
    "ratio": (Case("ratio", p="hours"), {"per": "hours"}),
    "average": (Case("average"), {}),
    "median": (Case("median"), {}),
    "percentile": (Case("percentile", rank=90), {"percentile": 90}),
}
WHERE = {
    None: EVERYTHING,
    "status = 'open'": atom("status", lambda r: r["status"] == "open"),
}
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
CUTS = [
    (Slice(), enumeration.Slice()),
    (Slice(row="A"), enumeration.Slice(district="A")),
    (Slice(*JANUARY), enumeration.Slice(period=JANUARY)),
    (Slice(districts=frozenset("AC"), row=EVERY), enumeration.Slice(districts=frozenset("AC"))),
]


def near(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-6, abs=1e-6)


def compare(seed: int, kind: str) -> int:
    """Draw an agreement, a filter and many tables, and hold every figure of each against the oracle's."""
    chance = Random(seed)
    agreed, sql = drawn_agreement(chance), chance.choice(list(WHERE))
    case, keys = CASES[kind]
    of = Measure(WHERE[sql], None, "opened", agreed.district_required, agreed.opened_required)
    tables = [drawn_table(chance, most=12) for _ in range(TABLES)]
    portal = measured.asker(tables, agreed)
    asked = metric(type=case.type, where=sql, measure=case.m, dimensions=("batch", "district"), **keys)
    compared = 0
    for cut, same in chance.sample(CUTS, 2):
        for batch, row in measured.asked(portal, asked, same).items():
            holds(row, tables[batch], of, agreed, case, cut)
            compared += 1
    return compared


def holds(row: Row, table: measured.Table, of: Measure, agreed: measured.Agreed, case: Case, cut: Slice) -> None:
    none = row.low is None and row.high is None and row.likely_low is None and row.likely_high is None
    truth = truths(table, of, agreed, case, cut, (row.low, row.high), none and row.value is None)
    shown = f"{case}\n{of}\n{agreed}\n{cut}\n{table}\n{row}\n{truth}"
    if not none or row.value is not None:
        assert row.value == near(truth.value), shown
        assert (row.likely_low, row.likely_high) == (near(truth.likely[0]), near(truth.likely[1])), shown
    assert (row.records, row.in_doubt, row.counted) == (truth.records, truth.in_doubt, truth.counted), shown
    assert row.confidence == near(truth.confidence), shown


@pytest.mark.parametrize("kind", CASES)
@settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 2**32))
def test_every_figure_is_the_definitions(kind: str, seed: int) -> None:
    assert compare(seed, kind)
