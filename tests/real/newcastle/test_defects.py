"""What the portal could and could not see of blanks, headings and figures; ``test_revisions.py`` has the rest.

It sees what a check can tell of one record: a blank that should be a figure, a percentage over 100, two publications
of one figure. It does not see figures that are wrong but likely, and rows that were never written.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal
from tests.real.newcastle.months import bounds, in_month

pytestmark = pytest.mark.real


def test_a_blank_that_is_due_is_any_figure_and_a_nought_is_a_nought(operator: ViewerPortal) -> None:
    """Could see, told which closures are known: what is blank for no reason. A blank is never counted as 0 for certain.

    Walker has no figure for July 2013 and no note says why; of Jesmond none ever came after June.
    """
    due = in_month(operator, "visits", date(2013, 7, 1), "Walker")
    closed = in_month(operator, "visits", date(2013, 7, 1), "Jesmond")
    assert (*bounds(due), due.records, due.in_doubt, due.confidence) == (0, 0, 120_000, 1, 1, 0)
    assert (closed.records, closed.confidence) == (0, None)
    libraries = in_month(operator, "libraries_with_a_figure", date(2013, 7, 1))
    assert bounds(libraries) == (13, 13, 15)


def test_a_closed_library_is_blank_in_one_year_and_nought_in_another(operator: ViewerPortal) -> None:
    """Could not see: Outer West's closure of June 2023 was written as 0, which is a figure like any other."""
    row = in_month(operator, "visits", date(2023, 6, 1), "Outer West")
    assert (*bounds(row), row.records, row.confidence) == (0, 0, 0, 1, 100)


def test_months_without_a_column_read_as_noughts_without_a_record(operator: ViewerPortal) -> None:
    """Could not see: June 2020 to March 2021 has no column for visits, so no record, so nothing that could be in doubt.

    A sum over no record is 0. The loans have those columns, so there the portal has figures.
    """
    for metric in ("visits", "enquiries"):
        row = in_month(operator, metric, date(2020, 6, 1))
        assert (*bounds(row), row.records, row.confidence) == (0, 0, 0, 0, None), metric
    assert in_month(operator, "computer_use", date(2020, 6, 1)).value is None
    assert in_month(operator, "loans", date(2020, 6, 1)).value == 40


def test_months_written_with_and_without_a_leading_zero_stand_in_order_each_once(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection
) -> None:
    """Could see through it: the copy reads 2023-1 and 2022-12 alike. As text 2023-10 would come before 2023-2."""
    rows = operator.ask(Query("visits", over="month", start=date(2022, 11, 1), end=date(2024, 8, 31))).rows
    months = [row.period for row in rows if row.period]
    assert months == sorted(set(months))
    assert len(months) == 22
    by_heading = dict(
        files.execute(
            "SELECT heading, sum(CAST(text AS BIGINT)) FROM wide"
            " WHERE measure = 'visits' AND heading IN ('2023-1', '2023-2', '2023-10') GROUP BY heading"
        ).fetchall()
    )
    shown = {f"{row.period.year}-{row.period.month}": row.value for row in rows if row.period}
    assert len(by_heading) == 3
    assert {heading: shown[heading] for heading in by_heading} == by_heading


def test_thirds_of_a_quarter_pass_for_a_month_s_own_figures(
    operator: ViewerPortal, files: duckdb.DuckDBPyConnection
) -> None:
    """Could not see: a check looks at one record, and each third is likely by itself; its neighbours would tell.

    Nor do quarters put it right. Of the 312 runs of three alike in the visits only 5 begin with a quarter, so the
    quarter from April 2008 adds a month of its own to two thirds of May to July.
    """
    thirds = [in_month(operator, "enquiries", date(2008, month, 1), "Blakelaw") for month in (5, 6, 7)]
    assert [(*bounds(row), row.confidence) for row in thirds] == [(399, 399, 399, 100)] * 3
    question = Query("enquiries", where=(("library", ("Blakelaw",)),), start=date(2008, 4, 1), end=date(2008, 6, 30))
    (quarter,) = operator.ask(question).rows
    assert (*bounds(quarter), quarter.confidence) == (312 + 399 + 399, 1110, 1110, 100)
    runs = files.execute(
        "SELECT count(*), count(*) FILTER (month(month) IN (2, 5, 8, 11)) FROM ("
        " SELECT month, value > 0 AND value = lag(value) OVER w AND value = lead(value) OVER w AS in_the_middle"
        " FROM cells WHERE measure = 'visits' WINDOW w AS (PARTITION BY library ORDER BY month)) WHERE in_the_middle"
    ).fetchone()
    assert runs == (312, 5)


def test_a_narrower_definition_is_told_because_the_history_has_it(operator: ViewerPortal) -> None:
    """Could see, once told: answers across 9 April or 1 September 2018 say that figures may not be compared.

    The records would not say it: each month's total is certain, before and after.
    """
    totals = {month: in_month(operator, "enquiries", date(2018, month, 1)) for month in (3, 5, 9)}
    assert {month: row.value for month, row in totals.items()} == {3: 34_195, 5: 28_784, 9: 24_243}
    assert all(row.confidence == 100 for row in totals.values())
    spanning = operator.ask(Query("enquiries", over="month", start=date(2018, 3, 1), end=date(2018, 9, 30)))
    assert len([note for note in spanning.notes if "breaks the series" in note]) == 2
    after = operator.ask(Query("enquiries", over="month", start=date(2018, 9, 1)))
    assert not [note for note in after.notes if "breaks the series" in note]


def test_a_library_that_moved_has_twenty_times_the_visits_for_certain(operator: ViewerPortal) -> None:
    """Could not see: City moved in 2009. The notes do not say so, and nothing in a row does."""
    april, june = (in_month(operator, "visits", date(2009, month, 1), "City") for month in (4, 6))
    assert (april.value, june.value) == (4685, 93_851)
    assert (april.confidence, june.confidence) == (100, 100)


def test_a_use_of_198_percent_is_doubted_and_left_out_of_the_mean(operator: ViewerPortal) -> None:
    """Could see: nobody uses a computer for longer than the library is open."""
    row = in_month(operator, "computer_use", date(2024, 1, 1), "Blakelaw")
    assert (*bounds(row), row.in_doubt) == (None, 0, 100, 1)
    assert row.doubts[0][1] == 1
