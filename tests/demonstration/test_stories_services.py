"""The stories about calls, buses, libraries and waste, found by the portal's figures and counted again in plain SQL.

And the council's own data maturity assessment of 2020, which is real: exactly as the council made it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.access.viewer import Viewer
from data_access.cli.main import main
from data_access.portal import Portal
from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.demonstration.asking import OCTOBER, Bounds, bounds, by_value
from tests.demonstration.conftest import CONFIG, TODAY
from tests.demonstration.plain_checks import contract, failing_queries
from tests.demonstration.plain_figures import PLAIN, Sql, by_month

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
QUICK, GIVEN_UP, PUNCTUAL = "calls_answered_in_60_seconds", "calls_abandoned", "bus_punctuality"
HALF, RETURNED = "waste_districts_recycling_half", "waste_returns_received"
LOANS, DIGITAL = "library_loans_issued", "library_loans_digital"

# The checks that some record fails: those of the stories, and ordinary wear.
FAILING: dict[str, set[str]] = {
    "contact_calls": {"outcome_recorded", "wait_recorded"},
    "bus_departures": {"feed_received", "delay_seconds_limits"},
    "library_loans": {"district_recorded"},
    "household_waste": {"return_received"},
    "data_maturity": set(),
}
METRICS = (QUICK, GIVEN_UP, "calls_offered", PUNCTUAL, "bus_departures_scheduled", LOANS, DIGITAL, HALF, RETURNED)

# The assessment as the council made it: each area's aspects in order with their levels, and the area's own level.
MATURITY = {
    "data_use": (
        "A Decision making, A Insight creation, A Insight accessibility, I Collaboration, I Self-service",
        "I",
    ),
    "awareness": ("A Sponsorship, B Strategy and documentation, A Literacy, I Purpose", "I"),
    "management": ("I Access, B Storage, B Definitions, B Quality", "B"),
    "skills": ("A Techniques, I Skills, I Training, I Demand, I Tools, I Structure, A Innovation", "I"),
    "governance": ("A Governance, I Sharing, A Engagement, I Ownership, I Ethics, B Outcomes", "I"),
}


@pytest.fixture(scope="module")
def manager(demonstration: Path) -> ViewerPortal:
    return Portal.open(demonstration).for_viewer(Viewer("mary", "Mary", ("manager",)))


def figure(door: ViewerPortal, metric: str, span: tuple[date, date] = OCTOBER) -> Row:
    (row,) = door.ask(Query(metric, start=span[0], end=span[1])).rows
    return row


def in_doubt_by_month(door: ViewerPortal, metric: str) -> dict[date, int]:
    rows = door.ask(Query(metric, over="month")).rows
    return {row.period: row.in_doubt or 0 for row in rows if row.period}


def failing(door: ViewerPortal, dataset: str) -> dict[str, int]:
    return {result.rule: result.failing for result in door.quality(dataset) if result.failing}


# -- Two days of calls lost --------------------------------------------------------------------


def calls(sql: Sql, outcome: str, where: str) -> Bounds:
    """Least, recorded and greatest share in percent: a lost call may have ended in any way."""
    ((yes, lost, every),) = sql(f"""
        SELECT count(*) FILTER ({outcome}), count(*) FILTER (outcome IS NULL), count(*)
        FROM contact_calls WHERE {where}""")
    return 100 * yes / every, 100 * yes / every, 100 * (yes + lost) / every


def test_october_seems_to_miss_its_standard_of_answering_and_likely_meets_it(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, QUICK)
    plain = calls(sql, "outcome = 'answered' AND wait_seconds <= 60", "started_at >= DATE '2026-10-01'")
    assert bounds(row) == pytest.approx(plain)
    assert row.target is not None
    assert (row.value or 0) < row.target < (row.likely_low or 0)
    assert row.verdict == "likely_met"
    assert {rule for rule, _ in row.doubts} == {"outcome_recorded", "wait_recorded"}


def test_october_seems_to_keep_its_callers_and_likely_does_not(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, GIVEN_UP)
    assert bounds(row) == pytest.approx(calls(sql, "outcome = 'abandoned'", "started_at >= DATE '2026-10-01'"))
    assert row.target is not None
    assert (row.value or 100) < row.target < (row.likely_low or 0)
    assert row.verdict == "likely_missed"


def test_two_days_and_no_others_are_without_outcomes(sql: Sql, manager: ViewerPortal) -> None:
    rows = manager.ask(Query(QUICK, over="day", start=OCTOBER[0], end=OCTOBER[1])).rows
    lost = {row.period: (row.in_doubt, bounds(row)) for row in rows if row.in_doubt}
    plain = sql("SELECT started_at::DATE, count(*) FROM contact_calls WHERE outcome IS NULL GROUP BY 1 ORDER BY 1")
    assert list(lost) == [date(2026, 10, 13), date(2026, 10, 14)]
    assert {day: count for day, (count, _) in lost.items()} == dict(plain)
    assert all(span == (0, 0, 100) for _, span in lost.values())
    assert {month for month, count in in_doubt_by_month(manager, QUICK).items() if count} == {OCTOBER[0]}


def test_that_there_were_calls_is_beyond_doubt_and_how_they_ended_is_not(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, "calls_offered")
    ((every, lost, answered),) = sql("""
        SELECT count(*), count(*) FILTER (outcome IS NULL), count(*) FILTER (outcome = 'answered')
        FROM contact_calls WHERE started_at >= DATE '2026-10-01'""")
    assert (bounds(row), row.in_doubt, row.confidence) == ((every, every, every), 0, 100)
    rows = by_value(manager, "calls_offered", "outcome")
    assert bounds(rows["answered"]) == (answered, answered, answered + lost)
    assert (rows[None].records, rows[None].value) == (lost, lost)


# -- An operator's bus feed three weeks late ---------------------------------------------------


def punctual(sql: Sql, where: str) -> Bounds:
    """A departure whose feed has not come may not have been observed; one with an impossible delay was, or was not."""
    ((yes, no, late, impossible),) = sql(f"""
        SELECT
            count(*) FILTER (delay_seconds BETWEEN -60 AND 359),
            count(*) FILTER (delay_seconds NOT BETWEEN -60 AND 359 AND delay_seconds BETWEEN -1800 AND 10800),
            count(*) FILTER (feed_received_on IS NULL),
            count(*) FILTER (delay_seconds NOT BETWEEN -1800 AND 10800)
        FROM bus_departures WHERE {where}""")
    doubt = late + impossible
    return 100 * yes / (yes + no + doubt), 100 * yes / (yes + no + impossible), 100 * (yes + doubt) / (yes + no + doubt)


def test_octobers_punctuality_lacks_an_operators_three_weeks(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, PUNCTUAL)
    assert bounds(row) == pytest.approx(punctual(sql, "scheduled_on >= DATE '2026-10-01'"))
    assert row.verdict == "likely_missed"
    assert row.fact is not None
    assert row.fact.timely < 85 < 99 < row.fact.complete
    assert row.doubts[0][0] == "feed_received"
    assert manager.ask(Query(PUNCTUAL)).as_of == TODAY


def test_only_one_operators_buses_are_unknown_and_only_since_the_tenth(sql: Sql, manager: ViewerPortal) -> None:
    rows = by_value(manager, PUNCTUAL, "operator")
    october = "operator = 'MAR' AND scheduled_on >= DATE '2026-10-01'"
    assert bounds(rows["MAR"]) == pytest.approx(punctual(sql, october))
    assert 0 < (rows["MAR"].confidence or 0) < 35
    assert all((row.in_doubt or 0) < 5 for operator, row in rows.items() if operator != "MAR")
    days = manager.ask(Query(PUNCTUAL, over="day", where=(("operator", ("MAR",)),), start=OCTOBER[0], end=OCTOBER[1]))
    blind = [row.period for row in days.rows if row.confidence == 0]
    assert blind == [date(2026, 10, day) for day in range(10, 32)]


def test_what_was_scheduled_is_known_all_the_same(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, "bus_departures_scheduled")
    ((every, late),) = sql("""
        SELECT count(*), count(*) FILTER (feed_received_on IS NULL)
        FROM bus_departures WHERE scheduled_on >= DATE '2026-10-01'""")
    assert (bounds(row), row.in_doubt) == ((every, every, every), 0)
    assert failing(manager, "bus_departures")["feed_received"] == late > 3000


def test_trackers_that_jump_leave_next_to_no_doubt_but_never_none(
    demonstration: Path, manager: ViewerPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    in_doubt = in_doubt_by_month(manager, PUNCTUAL)
    assert max(count for month, count in in_doubt.items() if month < OCTOBER[0]) < 15
    january = ["--from", "2026-01-01", "--to", "2026-01-31"]
    assert in_doubt[date(2026, 1, 1)] > 0
    assert main(["--config", str(demonstration), "metric", PUNCTUAL, *january]) == 0
    assert "confidence 99.9;" in capsys.readouterr().out


# -- Loans without a district ------------------------------------------------------------------


def test_the_countys_loans_are_beyond_doubt_and_every_districts_are_not(sql: Sql, manager: ViewerPortal) -> None:
    ((every, lost),) = sql("""
        SELECT count(*), count(*) FILTER (district IS NULL)
        FROM library_loans WHERE loaned_on >= DATE '2026-10-01'""")
    county, rows = figure(manager, LOANS), by_value(manager, LOANS, "district")
    recorded = sql("""
        SELECT district, count(*) FROM library_loans
        WHERE loaned_on >= DATE '2026-10-01' AND district IS NOT NULL GROUP BY 1""")
    assert lost > 150
    assert (bounds(county), county.in_doubt, county.confidence) == ((every, every, every), 0, 100)
    assert {key: bounds(row) for key, row in rows.items() if key is not None} == {
        district: (count, count, count + lost) for district, count in recorded
    }
    assert (rows[None].records, rows[None].value) == (lost, lost)
    assert failing(manager, "library_loans")["district_recorded"] >= lost


def test_the_loans_without_a_district_are_of_one_mobile_library_since_september(manager: ViewerPortal) -> None:
    where = (("district", ("E07000071",)),)
    rows = manager.ask(Query(LOANS, over="month", where=where)).rows
    assert [row.period for row in rows if row.in_doubt] == [SEPTEMBER[0], OCTOBER[0]]
    answer = manager.ask(Query(LOANS, by=("library", "district"), start=SEPTEMBER[0], end=OCTOBER[1]))
    assert [row.keys for row in answer.rows if row.keys[1] is None and row.records] == [("MOS", None)]


def test_a_districts_digital_share_has_a_range_and_the_countys_has_none(sql: Sql, manager: ViewerPortal) -> None:
    ((yes, every, lost),) = sql("""
        SELECT
            count(*) FILTER (district = 'E07000070' AND form = 'digital'), count(*) FILTER (district = 'E07000070'),
            count(*) FILTER (district IS NULL)
        FROM library_loans WHERE loaned_on >= DATE '2026-10-01'""")
    county, chelmsford = figure(manager, DIGITAL), by_value(manager, DIGITAL, "district")["E07000070"]
    assert (county.verdict, county.in_doubt) == ("met", 0)
    assert bounds(chelmsford) == pytest.approx((100 * yes / (every + lost), 100 * yes / every, 100 * yes / every))


# -- A supplier's monthly waste file missing ---------------------------------------------------


def recycling_half(sql: Sql, where: str) -> Bounds:
    ((yes, weighed, every),) = sql(f"""
        SELECT
            count(*) FILTER ((reused_tonnes + recycled_tonnes + composted_tonnes) * 2 >= household_tonnes),
            count(household_tonnes), count(*)
        FROM household_waste WHERE {where}""")
    return 100 * yes / every, 100 * yes / weighed, 100 * (yes + every - weighed) / every


def test_nobody_can_tell_how_many_districts_recycled_half_of_septembers_waste(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, HALF, SEPTEMBER)
    assert bounds(row) == pytest.approx(recycling_half(sql, "returned_for = DATE '2026-09-01'"))
    assert (row.verdict, row.in_doubt, row.records) == ("cannot_tell", 4, 12)
    assert row.doubts == (("return_received", 4),)
    assert row.fact is not None
    assert row.fact.timely < 70 < row.fact.complete
    assert {month for month, count in in_doubt_by_month(manager, HALF).items() if count} == {SEPTEMBER[0]}


def test_one_contractors_districts_are_missing_and_the_others_are_beyond_doubt(manager: ViewerPortal) -> None:
    rows = by_value(manager, HALF, "contractor", SEPTEMBER)
    assert (rows["OAK"].low, rows["OAK"].value, rows["OAK"].high) == (0, None, 100)
    assert all(row.in_doubt == 0 for contractor, row in rows.items() if contractor != "OAK")


def test_that_the_returns_did_not_come_in_time_is_a_fact(sql: Sql, manager: ViewerPortal) -> None:
    row = figure(manager, RETURNED, SEPTEMBER)
    ((came, due),) = sql("""
        SELECT count(*) FILTER (received_on <= due_on), count(*) FROM household_waste
        WHERE returned_for = DATE '2026-09-01'""")
    assert bounds(row) == pytest.approx((100 * came / due,) * 3)
    assert (row.verdict, row.in_doubt, due - came) == ("missed", 0, 4)


# -- The council's own assessment --------------------------------------------------------------


def test_the_assessment_of_2020_is_exactly_the_councils(sql: Sql) -> None:
    expected = [
        (number, area, level_and_name[:1], level_and_name[2:], overall)
        for number, (area, level_and_name, overall) in enumerate(
            ((area, one, overall) for area, (aspects, overall) in MATURITY.items() for one in aspects.split(", ")), 1
        )
    ]
    assert len(expected) == 26
    assert sql("SELECT aspect_number, area, level, aspect, area_level FROM data_maturity ORDER BY rowid") == expected


def test_the_assessments_figures_are_those_of_its_levels(manager: ViewerPortal) -> None:
    for metric, levels in (("data_maturity_advanced", "A"), ("data_maturity_intermediate_or_better", "AI")):
        reached = {area: [one[0] in levels for one in aspects.split(", ")] for area, (aspects, _) in MATURITY.items()}
        every = [one for ones in reached.values() for one in ones]
        answer = manager.ask(Query(metric, over="year"))
        (row,) = answer.rows
        assert bounds(row) == pytest.approx((100 * sum(every) / 26,) * 3)
        assert (answer.assessed, row.in_doubt, row.verdict) == (True, 0, None)
        by_area = {row.keys[0]: row.value for row in manager.ask(Query(metric, by=("area",))).rows}
        assert by_area == pytest.approx({area: 100 * sum(ones) / len(ones) for area, ones in reached.items()})


def test_only_the_year_of_the_assessment_is_claimed(sql: Sql, manager: ViewerPortal) -> None:
    _, held = manager.metric("data_maturity_advanced")
    assert sql("SELECT DISTINCT assessed_on FROM data_maturity") == [(date(2020, 12, 31),)]
    assert "Only the year is known" in (held.limitations or "")
    assert "frequency" not in held.sla


# -- All of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", FAILING)
def test_records_fail_the_checks_of_the_stories_and_no_others(sql: Sql, manager: ViewerPortal, dataset: str) -> None:
    counted = [sql(query)[0][0] for _, query in failing_queries(contract(CONFIG, dataset), TODAY.isoformat())]
    found = failing(manager, dataset)
    assert set(found) == FAILING[dataset]
    assert sorted(found.values()) == sorted(count for count in counted if count)
    assert len(counted) > 12


@pytest.mark.parametrize("metric", METRICS)
def test_every_month_as_recorded_is_what_plain_sql_says(sql: Sql, manager: ViewerPortal, metric: str) -> None:
    """That those figures are plausible is looked at where the plain SQL is."""
    answer = manager.ask(Query(metric, over="month"))
    recorded = {str(row.period): row.value for row in answer.rows}
    assert metric in PLAIN
    assert answer.assessed is True
    assert recorded == pytest.approx(by_month(sql, metric))
