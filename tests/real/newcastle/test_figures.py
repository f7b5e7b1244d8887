"""Value, low, high and records in doubt, slice by slice, equal SQL over the published files."""

from __future__ import annotations

import duckdb
import pytest

from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal
from tests.real.newcastle.independent.figures import MEASURES, figures
from tests.real.slices import Period, assert_same

pytestmark = pytest.mark.real

BY_LIBRARY = [metric for metric in MEASURES if metric != "libraries_with_a_figure"]


@pytest.mark.parametrize("over", [None, "month", "quarter", "year"])
@pytest.mark.parametrize("metric", MEASURES)
def test_every_period_s_figure_is_the_independent_one(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection, metric: str, over: Period | None
) -> None:
    assert_same(operator.ask(Query(metric, over=over)).rows, figures(files, metric, over))


@pytest.mark.parametrize("over", [None, "month"])
@pytest.mark.parametrize("metric", BY_LIBRARY)
def test_every_library_s_figure_is_the_independent_one(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection, metric: str, over: Period | None
) -> None:
    answer = operator.ask(Query(metric, over=over, by=("library",)))
    assert_same(answer.rows, figures(files, metric, over, "library"))


@pytest.mark.parametrize(
    ("dataset", "measure", "failing"),
    [
        ("visits", "visits", 42),
        ("enquiries", "enquiries", 56),
        ("loans", "issues", 23),
        ("computer_use", "computer_use_pct", 97),
    ],
)
def test_the_blanks_that_no_closure_explains_are_those_of_the_files(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection, dataset: str, measure: str, failing: int
) -> None:
    query = f"SELECT count(*), count(*) FILTER (doubtful AND value IS NULL) FROM cells WHERE measure = '{measure}'"
    (result,) = [one for one in operator.quality(dataset) if one.rule == "figure_due"]
    assert [(result.records, result.failing)] == files.execute(query).fetchall()
    assert result.failing == failing


@pytest.mark.parametrize("measure", ["visits", "enquiries", "issues", "computer_use_pct"])
def test_the_days_to_publish_are_the_independent_median_in_every_year(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection, measure: str
) -> None:
    answer = operator.ask(Query("days_to_publish", over="year", where=(("measure", (measure,)),)))
    query = (
        "SELECT CAST(date_trunc('year', ended - INTERVAL 4 MONTH) + INTERVAL 3 MONTH AS DATE) AS year,"
        " median(CAST(published AS DATE) - CAST(ended AS DATE) + 1), count(*) FROM ("
        "  SELECT *, CAST(month || '-01' AS DATE) + INTERVAL 1 MONTH AS ended FROM vintages"
        f"  WHERE measure = '{measure}' AND revision = '0' AND month >= '2017-01')"
        " GROUP BY year"
    )
    expected = {(year, days, records) for year, days, records in files.execute(query).fetchall()}
    assert {(row.period, row.value, row.records) for row in answer.rows if row.records} == expected


def test_every_column_that_a_metric_reads_is_looked_at_by_a_check(operator: ViewerPortal) -> None:
    for metric in operator.report("libraries").metrics:
        assert operator.ask(Query(metric)).assessed is True, metric
