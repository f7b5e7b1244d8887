"""Low and high against the enumeration of all worlds, on random small tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from data_access.definitions.models import Metric
from data_access.questions import Row
from tests.worlds.enumeration import Record, Slice, doubtful, extremes
from tests.worlds.tables import COLUMNS, Asker, contract, metric

Test = Callable[[Record], bool]
EXAMPLES = 60 if settings().max_examples <= 100 else settings().max_examples  # a nightly run draws thousands

ONCE: dict[str, tuple[str | None, Test]] = {
    "everything": (None, lambda _: True),
    "open ones": ("status = 'open'", lambda r: r["status"] == "open"),
    "not void": ("not (status in ('void'))", lambda r: r["status"] != "void"),
    "closed ones": ("closed is not null", lambda r: r["closed"] is not None),
}
OFTEN: dict[str, tuple[str | None, Test]] = {
    "open or high": ("not (status <> 'open' and score < 2)", lambda r: r["status"] == "open" or r["score"] >= 2),
    "closed in time": (
        "closed is not null and date_diff('day', opened, closed) <= 30",
        lambda r: r["closed"] is not None and (r["closed"] - r["opened"]).days <= 30,
    ),
    "twice": ("status = 'open' or status = 'shut'", lambda r: r["status"] in ("open", "shut")),
    "case": (
        "case when status = 'void' then false else score >= 1 end",
        lambda r: r["status"] != "void" and r["score"] >= 1,
    ),
}
OUTCOMES: dict[str, tuple[str | None, Test | None]] = {
    "count": (None, None),
    "score 2 or more": ("score >= 2", lambda r: r["score"] >= 2),
    "score between": ("score between 1 and 2", lambda r: 1 <= r["score"] <= 2),
}

days = st.sampled_from([date(2026, 1, 1), date(2026, 1, 28), date(2026, 2, 28), date(2026, 4, 1)])
odd_days = st.sampled_from([None, date(2025, 6, 1), date(2027, 1, 1)])
rows = st.lists(
    st.tuples(
        st.sampled_from(["k1", "k2", "k3", "k4", "k5", "k6", None]),
        days | days | days | odd_days,
        st.none() | days,
        st.sampled_from(["open", "open", "shut", "void", "lost", None]),
        st.sampled_from([0, 1, 2, 3, 3, 9, None]),
        st.sampled_from(["A", "A", "B", "C", "Z", None]),
        st.none() | days,
    ),
    min_size=0,
    max_size=5,
)
SLICES = [
    Slice(),
    Slice(district="A"),
    Slice(period=(date(2026, 1, 1), date(2026, 1, 31))),
    Slice(period=(date(2026, 2, 1), date(2026, 4, 30)), district="B"),
    Slice(period=(date(2026, 1, 15), date(2026, 3, 10))),
    Slice(districts=frozenset({"A", "C"})),
    Slice(districts=frozenset({"A", "B", "C"})),
    Slice(districts=frozenset({"B", "(blank)"}), period=(date(2026, 1, 1), date(2026, 2, 28))),
]


def asked(asker: Asker, of: Metric, cut: Slice) -> Row | None:
    query: dict[str, Any] = {}
    if cut.period:
        query = {"start": cut.period[0], "end": cut.period[1]}
    if cut.districts:
        query["where"] = (("district", tuple(sorted(cut.districts))),)
    if cut.district is None:
        return asker.ask(of, **query).rows[0]
    rows = asker.ask(of, by=("district",), **query).rows
    return next((row for row in rows if row.keys == (cut.district,)), None)


def exactly_once(table: list[Any], required: tuple[bool, bool]) -> bool:
    """Whether copies differ in at most one part, so that the range must be exact and not only safe."""
    by_key: dict[Any, list[tuple[Any, ...]]] = {}
    for row in table:
        if row[0] is not None:
            record = dict(zip(COLUMNS, row, strict=True))
            bad = doubtful(record, *required)
            parts = tuple(
                "?" if name in bad else record[name] for name in ("opened", "closed", "status", "score", "district")
            )
            by_key.setdefault(row[0], []).append(parts)
    return all(
        sum(len({copy[part] for copy in copies}) > 1 for part in range(5)) <= 1 for copies in by_key.values()
    ) and all("closed" not in doubtful(dict(zip(COLUMNS, row, strict=True)), *required) for row in table)


def compare(
    table: list[Any],
    where: tuple[str | None, Test],
    outcome: tuple[str | None, Test | None],
    required: tuple[bool, bool],
    *,
    exact: bool,
) -> None:
    try:
        truth = extremes(table, SLICES, where[1], outcome[1], *required)
    except ValueError:
        assume(False)
    kind: dict[str, Any] = {"type": "share", "numerator": outcome[0], "unit": "percent"} if outcome[0] else {}
    measured = metric(where=where[0], **kind)
    asker = Asker(table, contract(district_required=required[0], opened_required=required[1]))
    for of, (least, greatest) in zip(SLICES, truth, strict=True):
        row = asked(asker, measured, of)
        if row is None:
            continue  # nothing there is certain or recorded, so no row is made
        if least is None or greatest is None:  # no world has a record here
            assert row.value is None
            if exact:
                assert row.low is None
                assert row.high is None
            continue
        assert row.low is not None
        assert row.high is not None
        assert row.low <= least + 1e-9, (of, row)
        assert row.high >= greatest - 1e-9, (of, row)
        if row.value is not None:
            assert row.low <= row.value <= row.high
        assert row.likely_low is not None
        assert row.likely_high is not None
        assert row.low - 1e-9 <= row.likely_low <= row.likely_high <= row.high + 1e-9
        if exact and exactly_once(table, required):
            event("exact")
            assert row.low == pytest.approx(least), (of, row)
            assert row.high == pytest.approx(greatest), (of, row)


@settings(max_examples=EXAMPLES)
@given(rows, st.sampled_from(sorted(ONCE)), st.sampled_from(sorted(OUTCOMES)), st.tuples(st.booleans(), st.booleans()))
def test_the_range_is_that_of_all_worlds_where_each_cell_is_read_once(
    table: list[Any], where: str, outcome: str, required: tuple[bool, bool]
) -> None:
    compare(table, ONCE[where], OUTCOMES[outcome], required, exact=True)


@settings(max_examples=EXAMPLES)
@given(rows, st.sampled_from(sorted(OFTEN)), st.sampled_from(sorted(OUTCOMES)), st.tuples(st.booleans(), st.booleans()))
def test_the_range_holds_every_world_where_cells_are_read_more_than_once(
    table: list[Any], where: str, outcome: str, required: tuple[bool, bool]
) -> None:
    def guarded(record: Record) -> bool:
        try:
            return OFTEN[where][1](record)
        except TypeError:  # a blank date compares as unknown, which is no
            return False

    compare(table, (OFTEN[where][0], guarded), OUTCOMES[outcome], required, exact=False)
