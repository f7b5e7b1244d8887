"""Every figure of every row against the record-by-record reading of the definition, on random small tables."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from data_access.definitions.models import Metric
from data_access.questions import Row
from tests.worlds.oracle import BLANK, EVERY, EVERYTHING, Condition, Figures, Measure, Slice, atom, both, either, figures
from tests.worlds.tables import Asker, contract, metric

Where = tuple[str | None, Condition]


def days_between(record: dict[str, Any]) -> bool:
    opened, closed = record["opened"], record["closed"]
    return opened is not None and closed is not None and (closed - opened).days <= 30


def at_least(number: int, record: dict[str, Any]) -> bool:
    return record["score"] is not None and record["score"] >= number


WHERE: dict[str, Where] = {
    "everything": (None, EVERYTHING),
    "open ones": ("status = 'open'", atom("status", lambda r: r["status"] == "open")),
    "not void": (
        "not (status in ('void'))",
        atom("status", lambda r: r["status"] is not None and r["status"] != "void"),
    ),
    "closed ones": ("closed is not null", atom("closed", lambda r: r["closed"] is not None)),
    "in one district": ("district = 'A'", atom("district", lambda r: r["district"] == "A")),
    "open or high": (
        "not (status <> 'open' and score < 2)",
        either(atom("status", lambda r: r["status"] == "open"), atom("score", lambda r: at_least(2, r))),
    ),
    "closed in time": (
        "closed is not null and date_diff('day', opened, closed) <= 30",
        both(atom("closed", lambda r: r["closed"] is not None), atom("opened closed", days_between)),
    ),
    "twice": (
        "status = 'open' or status = 'shut'",
        either(atom("status", lambda r: r["status"] == "open"), atom("status", lambda r: r["status"] == "shut")),
    ),
    "case": (
        "case when status = 'void' then false else score >= 1 end",
        atom("status score", lambda r: r["status"] != "void" and at_least(1, r)),
    ),
    "not late": (
        "not (closed > date '2026-02-10')",  # unknown for a blank, and so no
        atom("closed", lambda r: r["closed"] is not None and r["closed"] <= date(2026, 2, 10)),
    ),
}
OUTCOMES: dict[str, tuple[str | None, Condition | None]] = {
    "count": (None, None),
    "score 2 or more": ("score >= 2", atom("score", lambda r: at_least(2, r))),
    "closed in time": ("date_diff('day', opened, closed) <= 30", atom("opened closed", days_between)),
    "open and low": (
        "status = 'open' and not (score >= 2)",
        both(
            atom("status", lambda r: r["status"] == "open"),
            atom("score", lambda r: r["score"] is not None and r["score"] < 2),
        ),
    ),
}

good_days = st.sampled_from(
    [date(2026, 1, 1), date(2026, 1, 20), date(2026, 2, 9), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
)
odd_days = st.sampled_from([None, date(2025, 6, 1), date(2027, 1, 1)])
row = st.tuples(
    st.sampled_from([*(f"k{number}" for number in range(12)), None, None]),
    st.one_of(good_days, good_days, good_days, odd_days),
    st.one_of(st.none(), good_days, good_days, st.sampled_from([date(2025, 12, 31), date(2026, 6, 5)])),
    st.sampled_from(["open", "open", "open", "shut", "shut", "void", "lost", None]),
    st.sampled_from([0, 1, 2, 3, 3, 9, None]),
    st.sampled_from(["A", "A", "A", "B", "B", "C", "Z", None]),
    st.one_of(st.none(), good_days),
)
tables = st.lists(row, max_size=18)

Cut = tuple[dict[str, Any], Slice]


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def cut(
    first: date | None = None,
    last: date | None = None,
    *,
    districts: str | None = None,
    by: bool = False,
    over: bool = False,
) -> Cut:
    """What the product is asked, and the slice that its rows are parts of."""
    query: dict[str, Any] = {"start": first, "end": last}
    if districts is not None:
        query["where"] = (("district", tuple(sorted(districts.split()))),)
    if by:
        query["by"] = ("district",)
    if over:
        query["over"] = "month"
    daily = (first is not None and first.day != 1) or (last is not None and last != month_end(last))
    chosen = None if districts is None else frozenset(districts.split())
    return query, Slice(first, last, chosen, EVERY, daily)


WHOLE = [cut(), cut(by=True), cut(districts="A C"), cut(districts=f"B {BLANK}", by=True), cut(districts="A B C")]
MONTHS = [
    cut(date(2026, 1, 1), date(2026, 1, 31), by=True),
    cut(date(2026, 2, 1), date(2026, 3, 31), districts="A B"),
    cut(last=date(2026, 2, 28), districts="A C", by=True),
    cut(date(2026, 4, 1)),
]
DAYS = [
    cut(date(2026, 1, 15), date(2026, 3, 10), by=True),
    cut(date(2026, 2, 10), districts="A B"),
    cut(last=date(2026, 3, 30)),
    cut(date(2026, 1, 20), date(2026, 4, 15), districts="A", over=True),
]
OVER = [cut(over=True), cut(over=True, by=True), cut(date(2026, 2, 1), date(2026, 4, 30), districts="A B", over=True)]


def slice_of(row: Row, asked: Cut) -> Slice:
    """The slice that one of the product's rows is about."""
    query, whole = asked
    first, last = whole.first, whole.last
    if "over" in query:
        assert row.period is not None
        month = row.period.replace(day=1)
        first = month if first is None else max(first, month)
        last = month_end(month) if last is None else min(last, month_end(month))
    key: Any = row.keys[0] if "by" in query else EVERY
    return Slice(first, last, whole.districts, key, whole.daily)


def same(row: Row, truth: Figures) -> None:
    """Every figure of the row."""
    close = {"rel": 1e-9, "abs": 1e-9}
    assert (row.records, row.in_doubt, row.counted) == (truth.records, truth.in_doubt, truth.counted)
    for name in ("value", "low", "high", "confidence"):
        assert getattr(row, name) == pytest.approx(getattr(truth, name), **close), name
    for name in ("likely_low", "likely_high"):
        assert getattr(row, name) == pytest.approx(getattr(truth, name), rel=1e-6, abs=1e-6), name
    found = None if row.fact is None else (row.fact.complete, row.fact.accurate, row.fact.timely)
    assert found == pytest.approx(truth.fact, **close)
    assert dict(row.doubts) == truth.doubts


def compare(
    table: list[Any], where: str, outcome: str, time: str, required: tuple[bool, bool], cuts: list[Cut]
) -> None:
    sql, condition = WHERE[where]
    numerator, of = OUTCOMES[outcome]
    kind: dict[str, Any] = {"type": "share", "numerator": numerator, "unit": "percent"} if numerator else {}
    measured: Metric = metric(where=sql, time=time, **kind)
    measure = Measure(condition, of, time, *required)
    asker = Asker(table, contract(district_required=required[0], opened_required=required[1]))
    for asked in cuts:
        rows = asker.ask(measured, **asked[0]).rows
        for row in rows:
            part = slice_of(row, asked)
            truth = figures(table, measure, part)
            event("weighed" if any(0 < weight < 1 for weight in truth.weights) else "not weighed")
            try:
                same(row, truth)
            except AssertionError as difference:
                raise AssertionError(f"{difference}\n{part}\nproduct: {row}\noracle: {truth}") from difference


questions = (
    tables,
    st.sampled_from(sorted(WHERE)),
    st.sampled_from(sorted(OUTCOMES)),
    st.sampled_from(["opened", "opened", "closed"]),
    st.tuples(st.booleans(), st.booleans()),
    st.sampled_from([WHOLE, MONTHS, DAYS, OVER]),
)


@given(*questions)
def test_every_figure_is_the_definitions(
    table: list[Any], where: str, outcome: str, time: str, required: tuple[bool, bool], cuts: list[Cut]
) -> None:
    compare(table, where, outcome, time, required, cuts)
