"""The stories told by measures: tonnes that have not come, waits that were lost, borrowers beyond doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.demonstration.conftest import TODAY
from tests.demonstration.plain_figures import FIGURES, Sql, by_month

SEPTEMBER, OCTOBER = (date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), TODAY)
MOST_HOUSEHOLD, MOST_RECYCLED, LONGEST_WAIT = 8000, 3800, 3600  # what a lost figure may be at most, as declared


@pytest.fixture(scope="module")
def manager(demonstration: Path) -> ViewerPortal:
    return Portal.open(demonstration).for_viewer(Viewer("mary", "Mary", ("manager",)))


def figure(door: ViewerPortal, metric: str, span: tuple[date, date]) -> Row:
    (row,) = door.ask(Query(metric, start=span[0], end=span[1])).rows
    return row


def weighed(sql: Sql) -> tuple[float, float, int]:
    """September's tonnes as far as they are known, those of them recycled, and how many returns have not come."""
    ((household, recycled, missing),) = sql("""
        SELECT
            sum(household_tonnes), sum(reused_tonnes + recycled_tonnes + composted_tonnes),
            count(*) FILTER (household_tonnes IS NULL)
        FROM household_waste WHERE returned_for = DATE '2026-09-01'""")
    return float(household), float(recycled), int(missing)


def test_septembers_tonnes_are_at_least_those_that_have_come(sql: Sql, manager: ViewerPortal) -> None:
    household, _, missing = weighed(sql)
    row = figure(manager, "household_waste_tonnes", SEPTEMBER)
    assert missing == row.in_doubt == 4
    assert (row.low, row.value, row.high) == pytest.approx((household, household, household + 4 * MOST_HOUSEHOLD))
    last_year = by_month(sql, "household_waste_tonnes")["2025-09-01"]
    assert household < (row.likely_low or 0) < last_year < (row.likely_high or 0) < (row.high or 0)
    assert row.doubts == (("return_received", 4),)


def test_nobody_can_tell_whether_half_of_septembers_waste_was_recycled(sql: Sql, manager: ViewerPortal) -> None:
    household, recycled, missing = weighed(sql)
    row = figure(manager, "recycling_rate", SEPTEMBER)
    low = 100 * recycled / (household + missing * MOST_HOUSEHOLD)
    high = 100 * (recycled + missing * MOST_RECYCLED) / household
    assert (row.low, row.value, row.high) == pytest.approx((low, 100 * recycled / household, high))
    assert row.verdict == "cannot_tell"
    assert high < 100
    august = figure(manager, "recycling_rate", (date(2026, 8, 1), date(2026, 8, 31)))
    assert (august.low, august.high, august.verdict, august.confidence) == (august.value, august.value, "met", 100)


def test_a_district_without_its_return_has_no_rate(manager: ViewerPortal) -> None:
    answer = manager.ask(Query("recycling_rate", by=("contractor",), start=SEPTEMBER[0], end=SEPTEMBER[1]))
    rows = {row.keys[0]: row for row in answer.rows}
    assert (rows["OAK"].value, rows["OAK"].verdict, rows["OAK"].in_doubt) == (None, "cannot_tell", 4)
    assert all(row.in_doubt == 0 for contractor, row in rows.items() if contractor != "OAK")


def test_the_longest_of_october_waits_may_have_been_lost(sql: Sql, manager: ViewerPortal) -> None:
    waits = "SELECT wait_seconds AS w FROM contact_calls WHERE started_at >= DATE '2026-10-01' AND outcome = 'answered'"
    lost = "SELECT {} FROM contact_calls WHERE started_at >= DATE '2026-10-01' AND outcome IS NULL"

    def plain(wait: int) -> float:
        return float(sql(f"SELECT quantile_cont(w, 0.9) FROM ({waits} UNION ALL {lost.format(wait)})")[0][0])

    row = figure(manager, "call_wait_90th_percentile", OCTOBER)
    assert (row.low, row.high) == pytest.approx((plain(0), plain(LONGEST_WAIT)))
    assert (row.verdict, row.target) == ("likely_met", 120)
    assert (row.likely_high or 0) < 120 < (row.high or 0)


def test_borrowers_are_beyond_doubt_and_the_districts_add_up_to_more(sql: Sql, manager: ViewerPortal) -> None:
    year = date(2025, 4, 1), date(2026, 3, 31)
    row = figure(manager, "library_borrowers", year)
    ((borrowers,),) = sql("""
        SELECT count(DISTINCT borrower) FROM library_loans
        WHERE loaned_on BETWEEN DATE '2025-04-01' AND DATE '2026-03-31'""")
    assert (row.low, row.value, row.high, row.in_doubt) == (borrowers, borrowers, borrowers, 0)
    districts = manager.ask(Query("library_borrowers", by=("district",), start=year[0], end=year[1])).rows
    assert borrowers < sum(one.value or 0 for one in districts) < 1.5 * borrowers


@pytest.mark.parametrize("metric", FIGURES)
def test_every_month_as_recorded_is_what_plain_sql_says(sql: Sql, manager: ViewerPortal, metric: str) -> None:
    answer = manager.ask(Query(metric, over="month"))
    recorded = {str(row.period): row.value for row in answer.rows}
    assert answer.assessed is True
    assert recorded == pytest.approx(by_month(sql, metric))
