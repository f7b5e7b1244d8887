"""What ``scaffold`` drafts from the published files holds as it is: no problem, the published totals, pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.real.drafts import answers, assert_checked, opened
from tests.real.pages import read

pytestmark = pytest.mark.real

TOTALS = {"visits": 21_063_804, "enquiries": 6_866_652, "issues": 10_489_731}


@pytest.fixture(scope="module")
def portal(draft: Path) -> ViewerPortal:
    return opened(draft)


@pytest.fixture(scope="module")
def figures(portal: ViewerPortal) -> dict[str, Row]:
    return answers(portal)


def test_check_finds_nothing_to_say(draft: Path) -> None:
    assert_checked(draft)


def test_months_across_the_columns_became_a_row_each_and_every_metric_answers(figures: dict[str, Row]) -> None:
    records = {metric: row.value for metric, row in figures.items() if metric.endswith("_records")}
    assert records == {
        "latest_visits_records": 19 * 194,
        "latest_enquiries_records": 20 * 194,
        "latest_issues_records": 19 * 204,
        "latest_computer_use_pct_records": 19 * 194,
        "vintages_records": 11_519,  # of 11,551: a cell that was published again is one record, its last
        "computer_use_publications_records": 2875,
    }


@pytest.mark.parametrize("measure", TOTALS)
def test_the_drafted_totals_are_the_published_ones(
    figures: dict[str, Row], files: duckdb.DuckDBPyConnection, measure: str
) -> None:
    total = figures[f"latest_{measure}_{measure}"]
    assert [(total.value,)] == files.execute(f"SELECT sum(value) FROM cells WHERE measure = '{measure}'").fetchall()
    assert (total.value, total.low, total.in_doubt) == (TOTALS[measure], TOTALS[measure], 0)


@pytest.mark.parametrize("measure", TOTALS)
def test_a_month_that_is_blank_everywhere_is_not_drafted_as_a_nought(portal: ViewerPortal, measure: str) -> None:
    question = Query(f"latest_{measure}_{measure}", start=date(2025, 3, 1), end=date(2025, 3, 31))
    (row,) = portal.ask(question).rows
    assert (row.records, row.confidence) == (0, None)


def test_the_total_can_be_asked_by_library(portal: ViewerPortal, files: duckdb.DuckDBPyConnection) -> None:
    rows = portal.ask(Query("latest_visits_visits", by=("library",))).rows
    query = "SELECT library, sum(value) FROM cells WHERE measure = 'visits' GROUP BY library"
    assert {row.keys[0]: row.value for row in rows} == dict(files.execute(query).fetchall())


def test_counts_and_percentages_in_one_column_stay_text(portal: ViewerPortal) -> None:
    _, contract = portal.metric("vintages_records")
    assert contract.columns["value"].type == "string"
    _, prepared = portal.metric("computer_use_publications_records")
    assert prepared.columns["value"].type == "number"


def test_the_drafted_report_names_every_metric(monkeypatch: pytest.MonkeyPatch, portal: ViewerPortal) -> None:
    (report,) = portal.reports()
    text = read(monkeypatch, portal, "report", id=report.id)
    for metric_id in report.metrics:
        assert portal.metric(metric_id)[0].name in text
