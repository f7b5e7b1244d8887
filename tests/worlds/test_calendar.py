"""Periods: financial years and quarters, weeks from Monday, and what a cut one says."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.answering.calendar import cut, cuts_a_month, next_start, period_start, periods_between
from data_access.definitions.models import Grain
from tests.worlds.tables import Asker, metric
from tests.worlds.test_values import row


@pytest.mark.parametrize(
    ("grain", "year_start", "day", "start"),
    [
        ("year", 4, date(2026, 3, 31), date(2025, 4, 1)),
        ("year", 4, date(2026, 4, 1), date(2026, 4, 1)),
        ("year", 1, date(2026, 12, 31), date(2026, 1, 1)),
        ("quarter", 4, date(2026, 3, 31), date(2026, 1, 1)),
        ("quarter", 2, date(2026, 1, 31), date(2025, 11, 1)),
        ("week", 4, date(2026, 11, 1), date(2026, 10, 26)),
        ("month", 4, date(2024, 2, 29), date(2024, 2, 1)),
    ],
)
def test_a_period_starts_where_the_portal_says(grain: Grain, year_start: int, day: date, start: date) -> None:
    assert period_start(day, grain, year_start) == start


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(0, 900),
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.integers(1, 12),
)
def test_periods_join_up_without_gap_or_overlap(first: date, days: int, grain: Grain, year_start: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = periods_between(first, last, grain, year_start)
    assert found[0].start <= first
    assert found[-1].end >= last
    for one, following in pairwise(found):
        assert one.end.toordinal() + 1 == following.start.toordinal() == next_start(one.start, grain).toordinal()


def test_a_period_cut_by_a_date_or_not_over_yet_is_partial() -> None:
    whole = periods_between(date(2026, 1, 1), date(2026, 3, 31), "month", 4)
    found = cut(whole, date(2026, 1, 10), None, date(2026, 3, 30))
    assert [period.partial for period in found] == [True, False, True]
    assert found[0].start == date(2026, 1, 10)


def test_only_dates_inside_a_month_cut_it() -> None:
    assert not cuts_a_month(date(2026, 2, 1), date(2026, 2, 28))
    assert cuts_a_month(date(2026, 2, 2), None)
    assert cuts_a_month(None, date(2024, 2, 28))


@pytest.mark.parametrize(("grain", "count"), [("day", 60), ("week", 10), ("month", 3), ("quarter", 1), ("year", 1)])
def test_every_record_is_in_one_period_of_each_grain(grain: Grain, count: int) -> None:
    rows = [row("a", opened=date(2026, 1, 31)), row("b", opened=date(2026, 2, 1)), row("c", opened=date(2026, 3, 31))]
    answer = Asker(rows).ask(metric(), over=grain)
    assert sum(r.value or 0 for r in answer.rows) == 3
    assert len(answer.rows) == count
