"""The stories about people and roads, found by the portal's own figures and counted again with plain SQL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.access.viewer import Viewer
from data_access.answering.delivery import late
from data_access.errors import Refused
from data_access.portal import Portal
from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.demonstration.asking import OCTOBER, Bounds, bounds, by_value
from tests.demonstration.conftest import CONFIG, TODAY
from tests.demonstration.plain_checks import contract, failing_queries
from tests.demonstration.plain_figures import Sql, by_month

SUITABLE, RISK, POTHOLES = (
    "care_leavers_suitable_accommodation",
    "safeguarding_risk_reduced",
    "potholes_repaired_in_time",
)

# The checks that some record fails: those of the stories, and ordinary wear.
FAILING: dict[str, set[str]] = {
    "care_leavers": {"accommodation_known_when_in_touch", "activity_known_when_in_touch", "contact_known"},
    "safeguarding_enquiries": {"outcome_code_is_agreed", "outcome_where_risk_found"},
    "highways_defects": {"repaired_after_reported"},
    "workforce": set(),
    "sickness_absences": {"interview_after_return"},
}

METRICS = (
    SUITABLE,
    "care_leavers_in_touch",
    "care_leavers_in_education_or_work",
    RISK,
    "safeguarding_enquiries_concluded",
    POTHOLES,
    "highways_defects_overdue",
    "highways_defects_reported",
    "headcount",
    "agency_share",
    "sickness_absences_started",
    "long_term_sickness",
    "return_to_work_interviews",
)


@pytest.fixture(scope="module")
def portal(demonstration: Path) -> Portal:
    return Portal.open(demonstration)


@pytest.fixture(scope="module")
def manager(portal: Portal) -> ViewerPortal:
    return portal.for_viewer(Viewer("mary", "Mary", ("manager",)))


def monthly(door: ViewerPortal, metric: str) -> dict[date, Row]:
    return {row.period: row for row in door.ask(Query(metric, over="month")).rows if row.period}


def in_doubt_before(rows: dict[date, Row], first: date) -> int:
    """The most records in doubt in any month before this one."""
    return max(row.in_doubt or 0 for month, row in rows.items() if month < first)


# -- Care leavers without information ----------------------------------------------------------


def suitable(sql: Sql, where: str) -> Bounds:
    """Least, recorded and greatest share in percent: a blank is in doubt where the young person was in touch."""
    ((yes, no, lost, unknown),) = sql(f"""
        SELECT
            count(*) FILTER (accommodation_suitable),
            count(*) FILTER (NOT accommodation_suitable OR in_touch IN ('NO', 'REFU', 'NREQ')),
            count(*) FILTER (in_touch = 'YES' AND accommodation IS NULL),
            count(*) FILTER (in_touch IS NULL)
        FROM care_leavers WHERE {where}""")
    every = yes + no + lost + unknown
    return 100 * yes / every, 100 * yes / (yes + no + lost), 100 * (yes + lost + unknown) / every


def test_it_cannot_be_told_whether_care_leavers_live_in_suitable_accommodation(sql: Sql, manager: ViewerPortal) -> None:
    row = monthly(manager, SUITABLE)[OCTOBER[0]]
    assert bounds(row) == pytest.approx(suitable(sql, "birthday_on >= DATE '2026-10-01'"))
    assert row.verdict == "cannot_tell"
    assert row.confidence is not None
    assert row.confidence < 85
    assert row.doubts[0][0] == "accommodation_known_when_in_touch"
    assert row.doubts[0][1] == (row.in_doubt or 0) > 30


def test_a_slice_of_the_mobile_form_has_the_range_of_its_blanks(sql: Sql, manager: ViewerPortal) -> None:
    rows = by_value(manager, SUITABLE, "recorded_with", (date(2026, 7, 1), TODAY))
    form = suitable(sql, "recorded_with = 'mobile_form'")
    assert bounds(rows["mobile_form"]) == pytest.approx(form)
    assert form[2] - form[0] > 30
    assert (rows["case_system"].in_doubt or 0) <= 2


def test_only_mid_and_west_are_without_accommodation_and_only_since_july(manager: ViewerPortal) -> None:
    rows = by_value(manager, SUITABLE, "quadrant", (date(2026, 7, 1), TODAY))
    assert all((rows[quadrant].in_doubt or 0) > 40 for quadrant in ("Mid", "West"))
    assert all((rows[quadrant].in_doubt or 0) <= 2 for quadrant in ("North East", "South"))
    assert in_doubt_before(monthly(manager, SUITABLE), date(2026, 7, 1)) <= 3


def test_who_is_not_in_touch_has_no_accommodation_and_is_no_doubt(sql: Sql, manager: ViewerPortal) -> None:
    ((blank,),) = sql(
        "SELECT count(*) FROM care_leavers WHERE in_touch IN ('NO', 'REFU', 'NREQ') AND accommodation IS NULL"
    )
    ((failing,),) = sql(
        "SELECT count(*) FROM care_leavers WHERE in_touch = 'YES' AND accommodation IS NULL OR in_touch IS NULL"
    )
    results = {result.rule: result for result in manager.quality("care_leavers")}
    assert blank > 400
    assert results["accommodation_known_when_in_touch"].failing == failing


# -- A code list changed without notice --------------------------------------------------------


def reduced(sql: Sql, where: str) -> Bounds:
    ((yes, every, doubtful),) = sql(f"""
        SELECT
            count(*) FILTER (risk_outcome IN ('reduced', 'removed')), count(*),
            count(*) FILTER (risk_outcome IS NULL OR risk_outcome NOT IN ('reduced', 'removed', 'remained'))
        FROM safeguarding_enquiries WHERE risk_assessment IN ('action_taken', 'no_action') AND {where}""")
    return 100 * yes / every, 100 * yes / every, 100 * (yes + doubtful) / every


def test_the_figure_of_safeguarding_gets_a_wide_range_in_august_2026(sql: Sql, manager: ViewerPortal) -> None:
    rows = monthly(manager, RISK)
    widths = {month: (row.high or 0) - (row.low or 0) for month, row in rows.items()}
    assert max(width for month, width in widths.items() if month < date(2026, 8, 1)) < 2
    assert min(width for month, width in widths.items() if month >= date(2026, 8, 1)) > 10
    assert bounds(rows[OCTOBER[0]]) == pytest.approx(reduced(sql, "concluded_on >= DATE '2026-10-01'"))
    assert rows[OCTOBER[0]].doubts[0][0] == "outcome_code_is_agreed"
    assert rows[OCTOBER[0]].verdict == "likely_met"  # as recorded 18 points below the target


def test_only_one_team_of_one_area_sends_codes_that_nobody_knows(sql: Sql, manager: ViewerPortal) -> None:
    areas, teams = by_value(manager, RISK, "area"), by_value(manager, RISK, "team")
    assert bounds(areas["South"]) == pytest.approx(reduced(sql, "area = 'South' AND concluded_on >= DATE '2026-10-01'"))
    assert areas["South"].verdict == "cannot_tell"
    assert all((row.confidence or 0) > 95 for area, row in areas.items() if area != "South")
    assert [team for team, row in teams.items() if (row.confidence or 0) < 95] == ["SO-S1"]


def test_the_check_of_the_codes_counts_them_and_says_what_to_do(sql: Sql, manager: ViewerPortal) -> None:
    ((unknown, codes),) = sql("""
        SELECT count(*), count(DISTINCT risk_outcome) FROM safeguarding_enquiries
        WHERE risk_outcome NOT IN ('reduced', 'removed', 'remained')""")
    (check,) = (one for one in manager.quality("safeguarding_enquiries") if one.rule == "outcome_code_is_agreed")
    assert (check.failing, codes) == (unknown, 3)
    assert check.metrics == (RISK,)
    assert check.fix is not None


# -- A contractor's repairs dated before the report --------------------------------------------


def in_time(sql: Sql, where: str) -> Bounds:
    """A repair dated before its report is in time as recorded, whenever it was really done."""
    ((yes, every, doubtful),) = sql(f"""
        SELECT
            count(*) FILTER (repaired_at <= due_at), count(*), count(*) FILTER (repaired_at < reported_at)
        FROM highways_defects WHERE defect_type = 'pothole' AND {where}""")
    return 100 * (yes - doubtful) / every, 100 * yes / every, 100 * yes / every


def test_potholes_seem_to_meet_their_target_and_probably_do_not(sql: Sql, manager: ViewerPortal) -> None:
    row = monthly(manager, POTHOLES)[OCTOBER[0]]
    assert bounds(row) == pytest.approx(in_time(sql, "due_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"))
    assert row.target is not None
    assert (row.value or 0) > row.target
    assert row.verdict == "likely_missed"
    assert row.doubts == (("repaired_after_reported", row.in_doubt),)


def test_only_one_contractors_slice_is_in_doubt_and_only_since_september(sql: Sql, manager: ViewerPortal) -> None:
    rows = by_value(manager, POTHOLES, "works_contractor")
    october = "works_contractor = 'chelmer' AND due_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
    assert bounds(rows["chelmer"]) == pytest.approx(in_time(sql, october))
    assert (rows["chelmer"].in_doubt or 0) > 150
    assert (rows["colne"].in_doubt, rows["estuary"].in_doubt) == (0, 0)
    assert in_doubt_before(monthly(manager, POTHOLES), date(2026, 8, 1)) == 0
    assert sql(
        "SELECT count(*) FROM highways_defects WHERE repaired_at < reported_at AND recorded_at < DATE '2026-09-01'"
    ) == [(0,)]


def test_defects_overdue_are_too_few_as_recorded_and_those_reported_are_beyond_doubt(manager: ViewerPortal) -> None:
    overdue = monthly(manager, "highways_defects_overdue")[OCTOBER[0]]
    reported = monthly(manager, "highways_defects_reported")[OCTOBER[0]]
    low, value, high = bounds(overdue)
    assert low == value < (overdue.likely_low or 0) < high
    assert (reported.in_doubt, reported.confidence) == (0, 100)


# -- The workforce extract is late -------------------------------------------------------------


def test_the_newest_workforce_figures_are_of_august_and_beyond_doubt(manager: ViewerPortal) -> None:
    answer = manager.ask(Query("headcount", over="month"))
    assert answer.as_of == date(2026, 8, 31)
    assert (answer.rows[-1].period, answer.rows[-1].in_doubt) == (date(2026, 8, 1), 0)
    assert manager.periods("headcount")[-1].end == date(2026, 8, 31)


def test_of_these_datasets_the_workforce_alone_is_late_by_its_contract(manager: ViewerPortal) -> None:
    found = {}
    for metric in ("headcount", "sickness_absences_started", SUITABLE, RISK, POTHOLES):
        answer = manager.ask(Query(metric))
        assert answer.as_of is not None
        found[answer.contract.id] = late(answer.contract, answer.as_of, TODAY)
    behind = {dataset: delivery.due for dataset, delivery in found.items() if delivery}
    assert len(found) == 5
    assert behind == {"workforce": date(2026, 10, 10)}


# -- All of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", FAILING)
def test_records_fail_the_checks_of_the_stories_and_no_others(sql: Sql, manager: ViewerPortal, dataset: str) -> None:
    results = manager.quality(dataset)
    counted = [sql(query)[0][0] for _, query in failing_queries(contract(CONFIG, dataset), TODAY.isoformat())]
    assert {result.rule for result in results if result.failing} == FAILING[dataset]
    assert sorted(result.failing for result in results if result.failing) == sorted(count for count in counted if count)
    assert len(counted) > 15


@pytest.mark.parametrize("metric", METRICS)
def test_every_month_as_recorded_is_what_plain_sql_says(sql: Sql, manager: ViewerPortal, metric: str) -> None:
    """That those figures are plausible is looked at where the plain SQL is."""
    answer = manager.ask(Query(metric, over="month"))
    recorded = {str(row.period): row.value for row in answer.rows}
    assert answer.assessed is True
    assert recorded == pytest.approx(by_month(sql, metric))


def test_the_reason_of_sickness_is_for_those_who_may_see_personal_fields(portal: Portal, manager: ViewerPortal) -> None:
    query = Query("sickness_absences_started", by=("reason",), start=OCTOBER[0], end=OCTOBER[1])
    steward = portal.for_viewer(Viewer("sam", "Sam", ("steward",)))
    assert len(steward.ask(query).rows) == 9
    with pytest.raises(Refused, match="special"):
        manager.ask(query)


def test_people_who_are_ill_are_employed_and_nobody_is_ill_twice_at_once(sql: Sql) -> None:
    assert sql("""
        SELECT count(*) FROM sickness_absences AS s
        WHERE started_on BETWEEN DATE '2021-05-01' AND DATE '2026-08-31' AND NOT EXISTS (
            SELECT 1 FROM workforce AS w
            WHERE w.employee_id = s.employee_id AND w.contract_type <> 'agency'
                AND w.snapshot_on BETWEEN s.started_on AND last_day(s.started_on + 3)
        )""") == [(0,)]
    assert sql("""
        SELECT count(*) FROM (
            SELECT started_on, lag(coalesce(ended_on, DATE '2026-10-31')) OVER (
                PARTITION BY employee_id ORDER BY started_on) AS before
            FROM sickness_absences
        ) WHERE started_on <= before""") == [(0,)]
