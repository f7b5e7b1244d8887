"""Every figure of every row against the record-by-record reading of the definition, on random small tables."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.definitions.models import Metric
from data_access.questions import Row
from tests.worlds.oracle import (
    BLANK,
    EVERY,
    EVERYTHING,
    KINDS,
    Condition,
    Figures,
    Measure,
    Slice,
    atom,
    both,
    either,
    figures,
)
from tests.worlds.tables import DISTRICTS, Asker, contract, metric

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

# Each example asks several questions: fewer do by default, as many as wished in a larger profile.
EXAMPLES = 25 if settings().max_examples <= 100 else settings().max_examples

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


@st.composite
def tables(draw: st.DrawFn) -> list[Any]:
    """Rows, and copies of some of them that differ in a cell or two."""
    table = draw(st.lists(row, max_size=16))
    keyed = [each for each in table if each[0] is not None]
    if keyed:
        for _ in range(draw(st.integers(0, 4))):
            copy = list(draw(st.sampled_from(keyed)))
            other = draw(row)
            for place in draw(st.sets(st.integers(1, len(copy) - 1), max_size=2)):
                copy[place] = other[place]
            table.append(tuple(copy))
    return table


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


CUTS = {
    "whole span": [
        cut(),
        cut(by=True),
        cut(districts="A C"),
        cut(districts=f"B {BLANK}", by=True),
        cut(districts=f"B {BLANK}"),
        cut(districts="A B C"),
    ],
    "whole months": [
        cut(date(2026, 1, 1), date(2026, 1, 31), by=True),
        cut(date(2026, 2, 1), date(2026, 3, 31), districts="A B"),
        cut(last=date(2026, 2, 28), districts="A C", by=True),
        cut(date(2026, 4, 1)),
    ],
    "cut months": [
        cut(date(2026, 1, 15), date(2026, 3, 10), by=True),
        cut(date(2026, 2, 10), districts="A B"),
        cut(last=date(2026, 3, 30)),
        cut(date(2026, 1, 20), date(2026, 4, 15), districts="A", over=True),
    ],
    "month by month": [
        cut(over=True),
        cut(over=True, by=True),
        cut(date(2026, 2, 1), date(2026, 4, 30), districts="A B", over=True),
    ],
}


def slices_of(rows: Sequence[Row], asked: Cut) -> list[Slice]:
    """The slice that each of the product's rows is about."""
    query, whole = asked
    keys: list[Any] = [row.keys[0] if "by" in query else EVERY for row in rows]
    if "over" not in query:
        return [replace(whole, row=key) for key in keys]
    periods: list[tuple[date, date]] = []
    for row in rows:
        assert row.period is not None
        month = row.period.replace(day=1)
        periods.append((max(whole.first or month, month), min(whole.last or month_end(month), month_end(month))))
    buckets = {period: (period[1] - period[0]).days + 1 if whole.daily else 1 for period in periods}
    return [
        replace(whole, first=period[0], last=period[1], row=key, window=buckets[period] / sum(buckets.values()))
        for key, period in zip(keys, periods, strict=True)
    ]


def districts_without_row(rows: Sequence[Row], asked: Cut, *, blank: bool) -> list[Slice]:
    """Of a question by district over one span: the slices that the product made no row for."""
    query, whole = asked
    if "by" not in query or "over" in query:
        return []
    made = {row.keys[0] for row in rows}
    possible: list[Any] = [*DISTRICTS, None, *([BLANK] if blank else [])]
    return [replace(whole, row=key) for key in possible if key not in made]


def differences(row: Row, truth: Figures) -> list[str]:
    """The figures of the row that are not the definition's."""
    fact = (None, None, None) if row.fact is None else (row.fact.complete, row.fact.accurate, row.fact.timely)
    found: list[tuple[str, Any, Any, float]] = [
        (name, getattr(row, name), getattr(truth, name), 1e-6 if name.startswith("likely") else 1e-9)
        for name in (
            *("value", "low", "high", "likely_low", "likely_high", "confidence", "records", "in_doubt", "counted"),
        )
    ]
    found += [
        (name, mine, its, 1e-9) for name, mine, its in zip(KINDS, fact, truth.fact or (None, None, None), strict=True)
    ]
    wrong = [
        f"{name} is {mine}, by the definition {its}"
        for name, mine, its, within in found
        if (mine is None) != (its is None) or (mine is not None and mine != pytest.approx(its, rel=within, abs=within))
    ]
    if dict(row.doubts) != truth.doubts:
        wrong.append(f"doubts are {dict(row.doubts)}, by the definition {truth.doubts}")
    return wrong


def compare(table: list[Any], where: str, outcome: str, time: str, required: tuple[bool, bool], cuts: str) -> None:
    sql, condition = WHERE[where]
    numerator, of = OUTCOMES[outcome]
    kind: dict[str, Any] = {"type": "share", "numerator": numerator, "unit": "percent"} if numerator else {}
    measured: Metric = metric(where=sql, time=time, **kind)
    measure = Measure(condition, of, time, *required)
    asker = Asker(table, contract(district_required=required[0], opened_required=required[1]))
    for asked in CUTS[cuts]:
        rows = asker.ask(measured, **asked[0]).rows
        for missing in districts_without_row(rows, asked, blank=not required[0]):
            truth = figures(table, measure, missing)
            members = truth.counts["a"] + truth.counts["b"] + truth.counts["u"]
            seen = members or (truth.counted and truth.records)  # records that no world puts there need no row
            assert not seen, f"no row for {missing}: {truth}"
        for row, part in zip(rows, slices_of(rows, asked), strict=True):
            truth = figures(table, measure, part)
            wrong = differences(row, truth)
            assert not wrong, "\n".join([*wrong, repr(part), f"product: {row}", f"oracle: {truth}"])


@settings(max_examples=EXAMPLES)
@given(
    tables(),
    st.sampled_from(sorted(WHERE)),
    st.sampled_from(sorted(OUTCOMES)),
    st.sampled_from(["opened", "closed"]),
    st.tuples(st.booleans(), st.booleans()),
    st.sampled_from(sorted(CUTS)),
)
def test_every_figure_is_the_definitions(
    table: list[Any], where: str, outcome: str, time: str, required: tuple[bool, bool], cuts: str
) -> None:
    compare(table, where, outcome, time, required, cuts)


# -- the worked cases, and those that were once wrong ----------------------------------------

JANUARY, APRIL = date(2026, 1, 20), date(2026, 4, 30)
LOST = date(2027, 1, 1)  # beyond its limits: a date between it and today is open


def case(status: str | None = "open", score: int | None = 3, district: str = "A", **dates: date) -> tuple[Any, ...]:
    return (None, dates.get("opened", JANUARY), dates.get("closed"), status, score, district, None)


def worked(place: int) -> tuple[list[Any], str, Cut, str | None]:
    """The table, the time, the question and the row of one of the three worked cases."""
    if place == 0:  # the filter in doubt
        table = [case()] * 30 + [case(score=0)] * 10 + [case("shut")] * 10
        return table + [case("lost")] * 3 + [case("lost", 0)] * 2, "opened", cut(), EVERY
    if place == 1:  # the district in doubt: this one has 40 of 400
        table = [case()] * 30 + [case(score=0)] * 10 + [case(district="B")] * 360
        return table + [case(district="Z")] * 5 + [case(district="Z", score=0)] * 3, "opened", cut(by=True), "A"
    # the district and an open time in doubt: 40 of 4,800
    table = [case(closed=JANUARY)] * 30 + [case(score=0, closed=JANUARY)] * 8 + [case(score=None, closed=JANUARY)] * 2
    table += [case(district="B", closed=JANUARY)] * 2000 + [case(closed=APRIL)] * 2760
    table += [case(district="Z", score=None, opened=LOST, closed=JANUARY)] * 12
    return table, "closed", cut(date(2026, 1, 1), date(2026, 1, 31), by=True), "A"


@pytest.mark.parametrize(
    ("place", "weight", "expected", "confidence", "certain", "likely"),
    [
        (0, 40 / 50, 44.0, 90.9, (71.4, 76.7), None),
        (1, 0.1, 40.8, 98.0, (69.8, 77.8), (71.4, 77.8)),
        (2, 40 / 4800, 40.1, 94.8, (57.7, 84.6), (74.4, 82.8)),
    ],
)
def test_the_oracle_and_the_product_give_the_worked_cases(
    place: int,
    weight: float,
    expected: float,
    confidence: float,
    certain: tuple[float, float],
    likely: tuple[float, float] | None,
) -> None:
    table, time, asked, key = worked(place)
    where, outcome = WHERE["open ones"], OUTCOMES["score 2 or more"]
    truth = figures(table, Measure(where[1], outcome[1], time), replace(asked[1], row=key))
    assert truth.weights == pytest.approx([weight] * len(truth.weights))
    assert truth.expected == pytest.approx(expected, abs=0.05)
    assert truth.confidence == pytest.approx(confidence, abs=0.05)
    assert (truth.low, truth.high) == pytest.approx(certain, abs=0.05)
    if likely:
        assert (truth.likely_low, truth.likely_high) == pytest.approx(likely, abs=0.05)
    of = metric(type="share", where=where[0], numerator=outcome[0], unit="percent", time=time)
    rows = Asker(table).ask(of, **asked[0]).rows
    wrong = [differences(row, truth) for row in rows if row.keys == (() if key == EVERY else (key,))]
    assert wrong == [[]]


Once = tuple[list[Any], str, str, str]
ONCE_WRONG: dict[str, Once] = {
    "the row of doubtful districts, filtered by district": (
        [case()] * 2 + [case(district="B")] + [case(district="Z")] * 6,
        "everything",
        "count",
        "opened",
    ),
    "a chosen value that the district cannot have": (
        [case(district="Z"), case(None, district="B")],
        "open ones",
        "count",
        "opened",
    ),
    "a share where no record is expected": (
        [case(district="B"), case(district="Z", score=None)],
        "everything",
        "score 2 or more",
        "opened",
    ),
    "a share recorded where no world has a record": (
        [case(opened=APRIL, closed=JANUARY, district="C")],
        "everything",
        "score 2 or more",
        "closed",
    ),
    "copies with the same part in doubt for different reasons": (
        [("k", *case("lost")[1:]), ("k", *case(None)[1:])],
        "open ones",
        "count",
        "opened",
    ),
}


@pytest.mark.parametrize("name", ONCE_WRONG)
def test_figures_that_were_once_wrong(name: str) -> None:
    table, where, outcome, time = ONCE_WRONG[name]
    for cuts in CUTS:
        compare(table, where, outcome, time, (True, True), cuts)
