"""Data are late the day after they were due: data date + frequency + latency, in whole calendar months and years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data_access.access.viewer import OPERATOR
from data_access.answering.delivery import late
from data_access.definitions.models import Contract
from data_access.definitions.spans import Span
from data_access.portal import Portal
from data_access.questions import Query
from tests.pages.fake_definitions import CONTRACTS

CASES = [
    # data date, frequency, latency, due
    (date(2026, 10, 31), Span(1, "day"), Span(1, "day"), date(2026, 11, 2)),
    (date(2026, 10, 31), Span(1, "day"), None, date(2026, 11, 1)),
    (date(2026, 10, 1), Span(2, "week"), Span(3, "day"), date(2026, 10, 18)),
    (date(2026, 8, 31), Span(1, "month"), Span(10, "day"), date(2026, 10, 10)),
    (date(2026, 9, 30), Span(1, "month"), Span(0, "day"), date(2026, 10, 31)),  # data to the end of a month
    (date(2026, 1, 31), Span(1, "month"), None, date(2026, 2, 28)),
    (date(2028, 1, 31), Span(1, "month"), None, date(2028, 2, 29)),  # a leap year
    (date(2026, 2, 28), Span(1, "month"), None, date(2026, 3, 31)),
    (date(2028, 2, 28), Span(1, "month"), None, date(2028, 3, 28)),  # not the end of that February
    (date(2026, 1, 30), Span(1, "month"), None, date(2026, 2, 28)),
    (date(2026, 3, 15), Span(3, "month"), Span(1, "month"), date(2026, 7, 15)),
    (date(2026, 1, 31), Span(1, "month"), Span(1, "month"), date(2026, 3, 31)),  # and not 28 March
    (date(2026, 12, 10), Span(1, "month"), None, date(2027, 1, 10)),
    (date(2027, 2, 28), Span(1, "year"), None, date(2028, 2, 29)),
    (date(2028, 2, 29), Span(1, "year"), Span(1, "week"), date(2029, 3, 7)),
]


def contract(frequency: Span | None, latency: Span | None) -> Contract:
    agreed = {"frequency": frequency, "latency": latency}
    return replace(CONTRACTS["ehc_plans"], sla={name: span for name, span in agreed.items() if span})


@pytest.mark.parametrize(("as_of", "frequency", "latency", "due"), CASES)
def test_on_the_due_day_nothing_is_late_and_on_the_next_it_is(
    as_of: date, frequency: Span, latency: Span | None, due: date
) -> None:
    agreed = contract(frequency, latency)
    assert late(agreed, as_of, due) is None
    found = late(agreed, as_of, due + timedelta(days=1))
    assert found is not None
    assert (found.as_of, found.due, found.days_late) == (as_of, due, 1)


def test_the_days_since_the_due_day_are_counted() -> None:
    found = late(contract(Span(1, "month"), Span(10, "day")), date(2026, 8, 31), date(2026, 10, 31))
    assert found is not None
    assert found.days_late == 21


@pytest.mark.parametrize("latency", [None, Span(1, "day")])
def test_without_an_agreed_frequency_nothing_is_ever_late(latency: Span | None) -> None:
    assert late(contract(None, latency), date(2020, 12, 31), date(2026, 10, 31)) is None


def test_a_span_beyond_the_calendar_is_never_over() -> None:
    for latency in (None, Span(1, "day")):
        assert late(contract(Span(9999, "year"), latency), date(2026, 10, 31), date(2199, 12, 31)) is None


def agree(folder: Path, dataset: str, frequency: str) -> None:
    file = folder / "datasets" / f"{dataset}.odcs.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text}\nslaProperties: [{{property: frequency, value: 1, unit: {frequency}}}]\n", encoding="utf-8"
    )


def test_a_month_whose_late_data_have_not_all_come_is_partial_and_not_the_latest(folder: Path) -> None:
    agree(folder, "children", "m")  # data to 10 Feb 2026, the next due on 10 Mar, and it is 30 Apr
    opened = Portal.open(folder)
    door = opened.for_viewer(OPERATOR)
    assert [(p.start.month, p.partial) for p in door.periods("seen_in_time")] == [(1, False), (2, True)]
    trend = door.trend("seen_in_time")
    assert trend is not None
    assert trend.row.period == date(2026, 1, 1)
    answer = door.ask(Query("seen_in_time", over="month"))
    assert [row.partial for row in answer.rows] == [False, True]
    assert any("its data have not all come" in note for note in answer.notes)
    assert [one.contract.id for one in door.overview(wait=True).late] == ["children"]
    opened.state.close()


def test_while_nothing_is_late_a_month_that_is_over_is_complete(folder: Path) -> None:
    agree(folder, "children", "y")
    opened = Portal.open(folder)
    assert not any(period.partial for period in opened.for_viewer(OPERATOR).periods("seen_in_time"))
    opened.state.close()


def test_the_data_date_is_that_of_the_day(folder: Path) -> None:
    """Records dated ahead come into sight day by day, also where the file stays the same."""
    opened = Portal.open(folder)
    found = []
    for today in (date(2026, 1, 31), date(2026, 4, 30)):
        settings = opened.configuration.portal.model_copy(update={"today": today})
        opened.configuration = replace(opened.configuration, portal=settings)
        opened.condenser._today = lambda today=today: today
        found.append(opened.for_viewer(OPERATOR).ask(Query("children_seen")).as_of)
    assert found == [date(2026, 1, 10), date(2026, 2, 10)]
    opened.state.close()
