"""The stories that the demonstration tells, read from its records with plain SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.demonstration.conftest import CONFIG, TODAY, Rows
from tests.demonstration.plain_checks import contract, failing_queries

Sql = Callable[[str], Rows]

MOVED = "DATE '2026-03-01'"
LOST = "status = 'issued' AND issued_on IS NULL"


def failing(sql: Sql, dataset: str) -> dict[str, int]:
    """The checks of a dataset that some record fails, and how many do."""
    counted = {name: sql(query)[0][0] for name, query in failing_queries(contract(CONFIG, dataset), TODAY.isoformat())}
    assert len(counted) > 15
    return {name: count for name, count in counted.items() if count}


# -- Story 1: one quadrant stops recording issue dates ----------------------------------------


def test_only_north_east_loses_issue_dates_and_only_after_its_system_move(sql: Sql) -> None:
    assert sql(f"SELECT DISTINCT quadrant, system FROM ehc_plans WHERE {LOST}") == [("North East", "new")]
    assert sql(f"SELECT count(*) FROM ehc_plans WHERE {LOST} AND not_issued_before < {MOVED}") == [(0,)]


def test_about_six_in_ten_north_east_plans_since_the_move_have_no_issue_date(sql: Sql) -> None:
    where = f"quadrant = 'North East' AND status = 'issued' AND (issued_on IS NULL OR issued_on >= {MOVED})"
    ((issued, lost),) = sql(f"SELECT count(*), count(*) FILTER (issued_on IS NULL) FROM ehc_plans WHERE {where}")
    assert issued > 300
    assert 0.55 < lost / issued < 0.65


def test_a_lost_issue_date_lies_between_two_dates_that_are_recorded(sql: Sql) -> None:
    ((lost, bounded),) = sql(
        f"SELECT count(*), count(*) FILTER (not_issued_before <= status_on) FROM ehc_plans WHERE {LOST}"
    )
    assert lost == bounded > 250


def within_20_weeks(sql: Sql, start: date, where: str = "TRUE") -> tuple[float, float, float, int]:
    """Least, recorded and greatest share in percent of one month, and the plans that may belong to it."""
    month = f"DATE '{start.isoformat()}'"
    ((yes, no, may),) = sql(f"""
        WITH plans AS (
            SELECT *, issued_on IS NULL OR issued_on < requested_on AS lost
            FROM ehc_plans WHERE status = 'issued' AND NOT exception AND {where}
        )
        SELECT
            count(*) FILTER (NOT lost AND date_trunc('month', issued_on) = {month} AND issued_on - requested_on <= 140),
            count(*) FILTER (NOT lost AND date_trunc('month', issued_on) = {month} AND issued_on - requested_on > 140),
            count(*) FILTER (lost AND not_issued_before <= last_day({month}) AND status_on >= {month})
        FROM plans""")
    every = yes + no + may
    return 100 * yes / every, 100 * yes / (yes + no), 100 * (yes + may) / every, may


def test_october_2026_could_be_on_either_side_of_the_target(sql: Sql) -> None:
    low, value, high, in_doubt = within_20_weeks(sql, date(2026, 10, 1))
    assert low < 60 < value < high
    assert in_doubt > 50


def test_the_month_before_the_move_is_beyond_doubt(sql: Sql) -> None:
    low, value, high, in_doubt = within_20_weeks(sql, date(2026, 2, 1))
    assert low == value == high
    assert in_doubt == 0


def test_the_other_quadrants_stay_nearly_certain_in_october_2026(sql: Sql) -> None:
    for quadrant in ("Mid", "South", "West"):
        low, _, high, in_doubt = within_20_weeks(sql, date(2026, 10, 1), f"quadrant = '{quadrant}'")
        assert high - low < 3
        assert in_doubt < 3


def test_a_handful_of_plans_are_issued_before_they_were_requested(sql: Sql) -> None:
    ((count,),) = sql("SELECT count(*) FROM ehc_plans WHERE issued_on < requested_on")
    assert 5 <= count <= 20


def test_plans_fail_the_checks_of_the_stories_and_no_others(sql: Sql) -> None:
    assert set(failing(sql, "ehc_plans")) == {
        "issued_plan_has_issue_date",
        "issued_after_request",
        "issued_plan_has_need",
    }


# -- Story 2: a batch of assessments loaded twice ----------------------------------------------

PAIRS = """
    WITH numbered AS (
        SELECT *, row_number() OVER (PARTITION BY referral_id ORDER BY recorded_at) AS load FROM childrens_assessments
    )
    SELECT
        first.* EXCLUDE (load), second.completed_on AS typed_on, second.working_days AS typed_days, second.load
       FROM numbered AS first JOIN numbered AS second USING (referral_id)
    WHERE first.load = 1 AND second.load > 1"""


def test_one_batch_of_may_2026_was_loaded_twice_and_nothing_else_was(sql: Sql) -> None:
    ((pairs, first, last, loads),) = sql(
        f"SELECT count(*), min(completed_on), max(completed_on), max(load) FROM ({PAIRS})"
    )
    assert pairs > 200
    assert loads == 2
    assert (first, last) == (date(2026, 5, 5), date(2026, 5, 22))  # 4 May is a bank holiday


def test_some_copies_agree_and_some_disagree_about_outcome_or_month(sql: Sql) -> None:
    ((same, outcome, month),) = sql(f"""
        SELECT
            count(*) FILTER (completed_on = typed_on AND working_days = typed_days),
            count(*) FILTER ((working_days <= 45) <> (typed_days <= 45)),
            count(*) FILTER (date_trunc('month', completed_on) <> date_trunc('month', typed_on))
        FROM ({PAIRS})""")
    assert same > 100
    assert outcome > 20
    assert month > 10


def test_copies_differ_in_the_completion_date_the_days_that_follow_from_it_and_the_load_only(sql: Sql) -> None:
    assert sql("""
        SELECT count(*) FROM (
            SELECT DISTINCT * EXCLUDE (completed_on, working_days, recorded_at) FROM childrens_assessments
        )""") == sql("SELECT count(DISTINCT referral_id) FROM childrens_assessments")


def test_assessments_fail_the_checks_of_the_stories_and_no_others(sql: Sql) -> None:
    assert set(failing(sql, "childrens_assessments")) == {
        "child_number_known",
        "district required",
        "referral_id unique",
    }


# -- Story 3: freedom of information is perfectly clean ----------------------------------------


def test_every_freedom_of_information_request_passes_every_check(sql: Sql) -> None:
    assert failing(sql, "foi_requests") == {}
