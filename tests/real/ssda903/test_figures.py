"""Value, low, high and records in doubt, slice by slice, equal SQL written by hand from certainty.md."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.real.ssda903.independent.figures import COUNTS, SHARES, Figure, Period, Slice, figures
from tests.serving import ROOT

pytestmark = pytest.mark.real

METRICS = COUNTS + SHARES
BEGINNING = {"month": date(2017, 1, 1), "quarter": date(2016, 4, 1), "year": date(2016, 4, 1)}
END = date(2018, 3, 31)
DIMENSIONS = (
    ("children_by_first_episode", "sex"),
    ("children_by_first_episode", "ethnic"),
    ("unaccompanied_children", "sex"),
    ("pupil_number_usable", "sex"),
    ("episodes_started", "place"),
    ("episodes_started", "place_provider"),
    ("episodes_started", "cin"),
    ("episodes_started", "ls"),
    ("placed_with_own_parents", "cin"),
    ("placed_with_own_parents", "ls"),
    ("care_ended", "rec"),
    ("care_ended", "cin"),
    ("returned_home", "cin"),
    ("reviews_held", "review_code"),
    ("reviews_with_views", "review_code"),
)


def _same(row: Row, expected: Figure, where: object) -> None:
    assert (row.records, row.in_doubt) == (expected.records, expected.in_doubt), where
    for name in ("value", "low", "high"):
        assert getattr(row, name) == pytest.approx(getattr(expected, name), abs=1e-9), (where, name)


def _compare(rows: Mapping[Slice, Row], expected: Mapping[Slice, Figure]) -> None:
    assert expected
    for where, figure in expected.items():
        if where in rows:
            _same(rows[where], figure, where)
        else:  # a value that no record has, recorded or certain, needs no row
            assert figure.counted == 0, where


@pytest.mark.parametrize("metric", METRICS)
def test_the_figure_for_the_whole_span_is_the_independent_one(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection, metric: str
) -> None:
    (row,) = operator.ask(Query(metric)).rows
    _same(row, figures(independent, metric)[None, None], metric)


@pytest.mark.parametrize("over", ["month", "quarter", "year"])
@pytest.mark.parametrize("metric", METRICS)
def test_every_period_s_figure_is_the_independent_one(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection, metric: str, over: Period
) -> None:
    start = BEGINNING[over]
    answer = operator.ask(Query(metric, over=over, start=start, end=END))
    rows: dict[Slice, Row] = {(row.period, None): row for row in answer.rows}
    _compare(rows, figures(independent, metric, over, start=start))
    assert all(row.period is not None and start <= row.period <= END and not row.partial for row in answer.rows)


@pytest.mark.parametrize(("metric", "dimension"), DIMENSIONS)
def test_every_value_of_a_dimension_has_the_independent_figure(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection, metric: str, dimension: str
) -> None:
    answer = operator.ask(Query(metric, by=(dimension,)))
    rows: dict[Slice, Row] = {(None, str(row.keys[0])): row for row in answer.rows if row.keys[0] is not None}
    _compare(rows, figures(independent, metric, by=dimension))


@pytest.mark.parametrize(("metric", "dimension"), DIMENSIONS)
def test_every_value_of_a_dimension_in_every_quarter_has_the_independent_figure(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection, metric: str, dimension: str
) -> None:
    start = date(2017, 4, 1)
    answer = operator.ask(Query(metric, by=(dimension,), over="quarter", start=start, end=END))
    rows: dict[Slice, Row] = {(row.period, str(row.keys[0])): row for row in answer.rows if row.keys[0] is not None}
    _compare(rows, figures(independent, metric, "quarter", dimension, start=start))


def test_records_whose_placement_is_in_doubt_have_a_row_of_their_own(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection
) -> None:
    answer = operator.ask(Query("episodes_started", by=("place",)))
    (row,) = [row for row in answer.rows if row.keys == (None,)]
    assert [(row.records,)] == independent.execute("SELECT count(*) FROM episode_cells WHERE place_doubtful").fetchall()


def test_a_review_dated_after_the_return_is_in_no_period_after_it(operator: ViewerPortal) -> None:
    answer = operator.ask(Query("reviews_held", over="year"))
    assert all(not row.high for row in answer.rows if row.period is not None and row.period > END)


def test_low_value_and_high_stand_in_this_order_in_every_slice(operator: ViewerPortal) -> None:
    for metric, dimension in DIMENSIONS:
        for row in operator.ask(Query(metric, by=(dimension,), over="month")).rows:
            if row.value is not None and row.low is not None and row.high is not None:
                assert row.low - 1e-9 <= row.value <= row.high + 1e-9, (metric, row)


def test_confidence_is_the_share_beyond_doubt_where_only_outcomes_are_in_doubt(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection
) -> None:
    # Nobody's membership of the whole span is in doubt here, so confidence is (a + b) / (a + b + u).
    for metric in ("placed_with_own_parents", "pupil_number_usable"):
        (row,) = operator.ask(Query(metric)).rows
        expected = figures(independent, metric)[None, None]
        assert row.confidence == pytest.approx(100 * (1 - expected.in_doubt / expected.records)), metric


def test_a_misdated_review_weighs_in_a_month_as_one_month_of_those_it_may_be_in(
    operator: ViewerPortal, independent: duckdb.DuckDBPyConnection
) -> None:
    # Time alone is in doubt: w = the months of the interval inside the period ÷ the months of the interval.
    certain, weight = independent.execute(
        "SELECT count(DISTINCT (child, held)) FILTER (NOT held_doubtful AND held >= DATE '2018-03-01'),"
        " sum(1 / (date_diff('month', dob, DATE '2018-03-31') + 1)) FILTER (held_doubtful) FROM review_cells"
    ).fetchall()[0]
    answer = operator.ask(Query("reviews_held", over="month", start=date(2018, 3, 1), end=END))
    (row,) = answer.rows
    assert row.confidence == pytest.approx(100 * certain / (certain + weight))


def test_a_target_outside_the_whole_range_is_missed(operator: ViewerPortal) -> None:
    (row,) = operator.ask(Query("reviews_with_views")).rows
    assert (row.target, row.verdict) == (90, "missed")
    assert row.high is not None
    assert row.high < 90


@pytest.mark.parametrize("metric", METRICS)
def test_every_column_that_a_metric_reads_is_looked_at_by_a_check(operator: ViewerPortal, metric: str) -> None:
    assert operator.ask(Query(metric)).assessed is True


def test_the_command_line_prints_the_independent_figures(
    installation: Path, independent: duckdb.DuckDBPyConnection
) -> None:
    arguments = ["metric", "placed_with_own_parents", "--over", "quarter", "--by", "cin"]
    span = ["--from", "2017-04-01", "--to", "2018-03-31", "--json"]
    command = [sys.executable, "-m", "data_access", "--config", str(installation), *arguments, *span]
    printed = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    expected = figures(independent, "placed_with_own_parents", "quarter", "cin", start=date(2017, 4, 1))
    rows = {(date.fromisoformat(row["period"]), row["cin"]): row for row in printed["rows"] if row["cin"] is not None}
    assert rows.keys() == expected.keys()
    for where, figure in expected.items():
        for name in ("value", "low", "high", "records", "in_doubt"):
            assert rows[where][name] == pytest.approx(getattr(figure, name), abs=1e-6), (where, name)
