"""Value, low, high and records in doubt, slice by slice, equal SQL over the published file."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from data_access.questions import CheckResult, Query
from data_access.viewer_portal import ViewerPortal
from tests.real.fixmystreet.independent.figures import figures
from tests.real.slices import Period, assert_same

pytestmark = pytest.mark.real

METRICS = (
    "faults_reported",
    "essex_faults",
    "districts_with_reports",
    "single_reporter",
    "reports_per_reporter",
    "reporters_added_up",
    "reports_per_row",
)
ESSEX = {
    "E07000066": ("Basildon", 2626),
    "E07000067": ("Braintree", 1484),
    "E07000068": ("Brentwood", 1981),
    "E07000069": ("Castle Point", 1595),
    "E07000070": ("Chelmsford", 2893),
    "E07000071": ("Colchester", 4807),
    "E07000072": ("Epping Forest", 2943),
    "E07000073": ("Harlow", 1291),
    "E07000074": ("Maldon", 615),
    "E07000075": ("Rochford", 1614),
    "E07000076": ("Tendring", 1619),
    "E07000077": ("Uttlesford", 1489),
}


@pytest.mark.parametrize("over", [None, "month", "quarter", "year"])
@pytest.mark.parametrize("metric", METRICS)
def test_every_period_s_figure_is_the_independent_one(
    operator: ViewerPortal, file: duckdb.DuckDBPyConnection, metric: str, over: Period | None
) -> None:
    assert_same(operator.ask(Query(metric, over=over)).rows, figures(file, metric, over))


@pytest.mark.parametrize("metric", METRICS)
def test_every_category_s_figure_is_the_independent_one_in_every_year(
    operator: ViewerPortal, file: duckdb.DuckDBPyConnection, metric: str
) -> None:
    answer = operator.ask(Query(metric, by=("shef_c_code",), over="year"))
    assert_same(answer.rows, figures(file, metric, "year", "shef_c_code"))


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric != "districts_with_reports"])
def test_every_district_s_figure_is_the_independent_one(
    operator: ViewerPortal, file: duckdb.DuckDBPyConnection, metric: str
) -> None:
    assert_same(operator.ask(Query(metric, by=("lad",))).rows, figures(file, metric, by="lad"))


def test_the_districts_of_essex_have_their_names_and_their_published_totals(operator: ViewerPortal) -> None:
    answer = operator.ask(Query("essex_faults", by=("lad",)))
    assert {str(row.keys[0]): row.value for row in answer.rows} == {code: n for code, (_, n) in ESSEX.items()}
    assert {code: operator.label("essex_faults", "lad", code) for code in ESSEX} == {
        code: name for code, (name, _) in ESSEX.items()
    }
    (whole,) = operator.ask(Query("essex_faults")).rows
    assert (whole.value, whole.low, whole.high, whole.in_doubt) == (24957, 24957, 24957, 0)


@pytest.fixture(scope="module")
def failing(operator: ViewerPortal) -> dict[str, int | None]:
    results: tuple[CheckResult, ...] = operator.quality("street_faults")
    assert {one.records for one in results} == {213_557}
    return {one.rule: one.failing for one in results}


@pytest.mark.parametrize(
    ("rule", "condition"),
    [
        ("one_row", "(period, lad, SHEF_C_CODE) IN (FROM repeated)"),
        ("reporters_reported", "unique_users::INT > reports::INT"),
        ("average_fits", "abs(average_per_user::DOUBLE - reports::DOUBLE / unique_users::DOUBLE) >= 0.01"),
        ("not_one_machine", "reports::DOUBLE / unique_users::DOUBLE >= 50"),
        ("category_known", "NOT regexp_full_match(SHEF_C_CODE, 'C[1-9]')"),
    ],
)
def test_a_check_fails_in_as_many_rows_as_the_published_file_has(
    failing: dict[str, int | None], file: duckdb.DuckDBPyConnection, rule: str, condition: str
) -> None:
    query = (
        "WITH repeated AS (SELECT (period, lad, SHEF_C_CODE) FROM lad_month_category_c"
        " GROUP BY period, lad, SHEF_C_CODE HAVING count(*) > 1)"
        f" SELECT count(*) FROM lad_month_category_c WHERE {condition}"
    )
    assert (failing[rule],) == file.execute(query).fetchone()


def test_39_rows_look_like_a_machine_s_and_one_of_them_is_258_reports_by_one_person(
    operator: ViewerPortal, failing: dict[str, int | None]
) -> None:
    assert failing["not_one_machine"] == 39
    question = Query(
        "faults_reported",
        where=(("lad", ("E07000154",)), ("shef_c_code", ("C5",))),
        start=date(2019, 5, 1),
        end=date(2019, 5, 31),
    )
    (row,) = operator.ask(question).rows
    assert (row.value, row.low, row.high, row.records, row.in_doubt) == (258, 1, 3500, 1, 1)
