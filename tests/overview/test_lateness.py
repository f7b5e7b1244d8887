"""Data are late the day after they were due: data date + frequency + latency, in whole calendar months and years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_access.answering.delivery import late
from data_access.definitions.models import Contract
from data_access.definitions.spans import Span
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
    assert late(contract(Span(9999, "year"), None), date(2026, 10, 31), date(2199, 12, 31)) is None
