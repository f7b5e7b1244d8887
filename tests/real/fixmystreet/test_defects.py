"""What the portal could and could not see of each defect that the folder's README measured.

A check looks at one record that is there. So a row that was never written, a count that must not be added up, or
a change in who reports cannot put a figure in doubt: only words in the contract and the definition can tell.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal

pytestmark = pytest.mark.real

ALL_REPORTS = 2_293_408  # the source's total without categories, as the README measured it


def _one(file: duckdb.DuckDBPyConnection, query: str) -> float:
    (row,) = file.execute(query).fetchall()
    return float(row[0])


def _row(portal: ViewerPortal, metric: str, start: date, end: date, lad: str | None = None) -> Row:
    """The figure for a span, of one district where one is named."""
    where = (("lad", (lad,)),) if lad else ()
    (row,) = portal.ask(Query(metric, where=where, start=start, end=end)).rows
    return row


def test_reports_without_a_category_are_missing_from_a_total_that_names_no_gap(operator: ViewerPortal) -> None:
    """Could not see: 1,442 reports have no category, so no row; nothing in the other rows tells of them.

    The rows in doubt (39, for another reason) are the same with and without the gap.
    """
    (whole,) = operator.ask(Query("faults_reported")).rows
    assert (whole.value, whole.in_doubt) == (2_291_966, 39)
    assert whole.value == ALL_REPORTS - 1442


def test_the_missing_yearly_file_of_2020_is_not_missed_as_years_are_made_of_months(operator: ViewerPortal) -> None:
    """Could see all of 2020: the portal adds up months itself, so a yearly file that did not come hides nothing."""
    years = {row.period: row for row in operator.ask(Query("faults_reported", over="year")).rows}
    months = operator.ask(Query("faults_reported", over="month")).rows
    assert (years[date(2020, 1, 1)].value, years[date(2020, 1, 1)].partial) == (503_984, False)
    for year, row in years.items():
        assert year is not None
        assert row.value == sum(month.value or 0 for month in months if month.period and month.period.year == year.year)
    (districts,) = operator.ask(Query("districts_with_reports", start=date(2020, 1, 1))).rows
    assert districts.value == 376


def test_reporters_are_added_up_though_the_file_leaves_a_much_smaller_number_open(
    operator: ViewerPortal, file: duckdb.DuckDBPyConnection
) -> None:
    """Could not see: every row's count is right by itself; that they must not be added up is a fact about people.

    The portal gives Maldon's 2019 as one certain number of reporters. The rows leave anything open from the most in
    one month and category (all other rows the same people) up to it. The definition alone says so.
    """
    row = _row(operator, "reporters_added_up", date(2019, 1, 1), date(2019, 12, 31), "E07000074")
    maldon = "FROM lad_month_category_c WHERE lad = 'E07000074' AND starts_with(period, '2019')"
    added, at_least = (
        _one(file, f"SELECT sum(unique_users::INT) {maldon}"),
        _one(file, f"SELECT max(unique_users::INT) {maldon}"),
    )
    assert (row.value, row.low, row.high, row.confidence, row.in_doubt) == (added, added, added, 100, 0)
    assert at_least < added / 4
    metric, _ = operator.metric("reporters_added_up")
    assert "More than there are people" in metric.definition


def test_an_average_of_rows_leaves_out_the_quiet_districts_and_is_sure_of_itself(
    operator: ViewerPortal, file: duckdb.DuckDBPyConnection
) -> None:
    """Could not see: where nothing was reported there is no row, so an average over rows has nothing to count as 0.

    With a zero for each of 379 districts, 8 categories and 12 months the mean of 2020 is 13.9, not 23.8.
    """
    row = _row(operator, "reports_per_row", date(2020, 1, 1), date(2020, 12, 31))
    with_zeros = _one(
        file, "SELECT sum(reports::INT) / (379 * 8 * 12) FROM lad_month_category_c WHERE starts_with(period, '2020')"
    )
    assert row.value == pytest.approx(23.84, abs=0.01)
    assert with_zeros == pytest.approx(13.85, abs=0.01)
    assert row.low is not None
    assert row.low > with_zeros
    assert row.confidence == pytest.approx(99.94, abs=0.01)


def test_how_many_districts_have_no_row_shows_in_a_count_of_different_districts(operator: ViewerPortal) -> None:
    """Could see, where it is asked for: 84 to 303 of 379 districts a month in 2007, 363 to 375 since 2015."""
    rows = operator.ask(Query("districts_with_reports", over="month")).rows
    early = [row.value for row in rows if row.value and row.period and row.period.year == 2007]
    late = [row.value for row in rows if row.value and row.period and row.period.year >= 2015]
    assert (min(early), max(early)) == (84, 303)
    assert (min(late), max(late)) == (363, 375)


def test_a_month_without_any_row_reads_like_a_quiet_one(operator: ViewerPortal) -> None:
    """Could see: that January 2007 has no record. Could not see: whether nothing was reported or nothing came.

    Its file is empty. A sum over no record is 0, as in May 2015 in Maldon, where that is the truth; the two rows
    are alike. Only the trend begins with the first month that has a record.
    """
    unknown = _row(operator, "faults_reported", date(2007, 1, 1), date(2007, 1, 31))
    quiet = _row(operator, "faults_reported", date(2015, 5, 1), date(2015, 5, 31), "E07000074")
    for row in (unknown, quiet):
        assert (row.value, row.low, row.high, row.records, row.confidence) == (0, 0, 0, 0, None)
    assert operator.periods("faults_reported")[0].start == date(2007, 2, 1)
    assert _row(operator, "reports_per_row", date(2007, 1, 1), date(2007, 1, 31)).value is None


def test_a_council_that_takes_up_the_site_looks_like_eighteen_times_the_faults(operator: ViewerPortal) -> None:
    """Could not see: Bath's rows are right in both years; that its site is new stands in none of them."""
    before = _row(operator, "faults_reported", date(2017, 1, 1), date(2017, 12, 31), "E06000022")
    after = _row(operator, "faults_reported", date(2018, 1, 1), date(2018, 12, 31), "E06000022")
    for row, value in ((before, 483), (after, 8685)):
        assert (row.value, row.low, row.high, row.confidence, row.in_doubt) == (value, value, value, 100, 0)


def test_a_council_whose_new_site_sends_reports_by_machine_is_in_doubt_for_that_alone(operator: ViewerPortal) -> None:
    """Could see, by another sign: of Cheshire East's leap from 254 to 16,161 a check puts 7 rows in doubt."""
    after = _row(operator, "faults_reported", date(2020, 1, 1), date(2020, 12, 31), "E06000049")
    assert (after.value, after.low, after.high) == (16_161, 12_877, 37_370)
    assert after.doubts == (("not_one_machine", 7),)
    assert after.confidence == pytest.approx(85.1, abs=0.05)


def test_the_start_of_councils_own_sites_is_told_because_the_definition_s_history_has_it(
    operator: ViewerPortal,
) -> None:
    """Could see, once told: the break of December 2009 stands with every answer that spans it, and with no other."""
    spanning = operator.ask(Query("faults_reported", over="year"))
    later = operator.ask(Query("faults_reported", over="year", start=date(2010, 1, 1)))
    assert [note for note in spanning.notes if "from 1 Dec 2009, breaks the series" in note]
    assert not [note for note in later.notes if "breaks the series" in note]


def test_a_district_made_in_2020_has_reports_in_2010_and_nothing_looks_odd(operator: ViewerPortal) -> None:
    """Could not see: Buckinghamshire's code is a known one; that the source recast old reports to it stands nowhere."""
    row = _row(operator, "faults_reported", date(2010, 1, 1), date(2010, 12, 31), "E06000060")
    assert row.value is not None
    assert row.value > 0
    assert (row.low, row.high, row.in_doubt) == (row.value, row.value, 0)
    (known,) = [one for one in operator.quality("street_faults") if one.rule == "district_known"]
    assert known.failing == 0


def test_the_total_is_not_england_s(operator: ViewerPortal, file: duckdb.DuckDBPyConnection) -> None:
    """Could see, where it is asked by district: 65 of the 379 codes are Scotland's, Wales's or Northern Ireland's."""
    elsewhere = [
        row for row in operator.ask(Query("faults_reported", by=("lad",))).rows if not str(row.keys[0]).startswith("E")
    ]
    assert len(elsewhere) == 65
    expected = _one(file, "SELECT sum(reports::INT) FROM lad_month_category_c WHERE NOT starts_with(lad, 'E')")
    assert sum(row.value or 0 for row in elsewhere) == expected
