"""Fewer people than the threshold are never shown to a viewer without exact counts."""

from __future__ import annotations

import dataclasses
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.access.disclosure import protect
from data_access.portal import Portal
from data_access.questions import Answer, Query, Row
from tests.leaks.conftest import door
from tests.worlds.tables import contract, metric

PLAIN = {"period", "period_end", "partial", "keys", "target", "suppressed", "doubts"}


def test_a_small_count_and_the_row_that_would_give_it_away_are_not_shown(portal: Portal) -> None:
    january = Query("children_seen", by=("area",), start=date(2026, 1, 1), end=date(2026, 1, 31))
    rows = {row.keys[0]: row for row in door(portal, "careful").ask(january).rows}
    assert rows["E"].suppressed
    assert rows["S"].suppressed
    assert rows["N"].value == 20


def test_a_suppressed_row_carries_no_figure_at_all(portal: Portal) -> None:
    rows = door(portal, "careful").ask(Query("children_seen", by=("area",))).rows
    for row in rows:
        if row.suppressed:
            assert all(getattr(row, entry.name) is None for entry in fields(Row) if entry.name not in PLAIN)
            assert row.doubts == ()


def test_a_share_is_not_shown_when_either_part_is_small(portal: Portal) -> None:
    rows = {row.keys[0]: row for row in door(portal, "careful").ask(Query("seen_in_time", by=("area",))).rows}
    assert rows["S"].suppressed  # 6 in time and 3 not
    assert rows["E"].suppressed


def test_a_count_that_only_the_range_gives_away_is_not_shown() -> None:
    about_people = dataclasses.replace(contract(), about="people")
    row = dataclasses.replace(a_row("A", 0), value=3, low=3, high=9, records=9)
    answer = Answer(Query("m", by=("district",)), metric(), about_people, (row,), None, True, "", (), "g")
    assert protect(answer, about_people, 5, exact=False).rows[0].suppressed


@pytest.mark.parametrize("type_", ["sum", "average", "ratio", "median", "percentile"])
@pytest.mark.parametrize(("counted", "records", "hidden"), [(4, 9, True), (9, 4, True), (9, 9, False)])
def test_a_figure_made_of_few_peoples_measures_is_not_shown(
    type_: str, counted: int, records: int, hidden: bool
) -> None:
    about_people = dataclasses.replace(contract(), about="people")
    row = dataclasses.replace(a_row("A", counted), value=2.5, low=2, high=3, records=records)
    of = metric(type=type_, measure="score")
    answer = Answer(Query("m", by=("district",)), of, about_people, (row,), None, True, "", (), "g")
    assert protect(answer, about_people, 5, exact=False).rows[0].suppressed is hidden


def test_a_sum_that_may_count_few_people_is_not_shown() -> None:
    about_people = dataclasses.replace(contract(), about="people")
    rows = tuple(
        dataclasses.replace(a_row(key, 9), value=value) for key, value in (("A", 4.0), ("B", 60.0), ("C", 70.0))
    )
    of = metric(type="sum", measure="score")
    answer = Answer(Query("m", by=("district",)), of, about_people, rows, None, True, "", (), "g")
    hidden = [row.suppressed for row in protect(answer, about_people, 5, exact=False).rows]
    assert hidden == [True, True, False], "and the next one, from which it could be worked out"
    assert not any(row.suppressed for row in protect(answer, about_people, 5, exact=True).rows)


def test_exact_counts_show_everything(portal: Portal) -> None:
    rows = {row.keys[0]: row for row in door(portal, "manager").ask(Query("children_seen", by=("area",))).rows}
    assert (rows["E"].value, rows["E"].suppressed) == (3, False)


def a_row(key: str, counted: int) -> Row:
    figures = dict.fromkeys(("low", "high", "likely_low", "likely_high", "confidence", "target", "verdict", "fact"))
    return Row(period=None, period_end=None, partial=False, keys=(key,), value=counted, records=counted, in_doubt=0,
               counted=counted, **figures)  # type: ignore[arg-type] # fmt: skip


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(2, 10))
def test_no_single_hidden_row_is_left_for_the_total_to_give_away(counts: list[int], threshold: int) -> None:
    about_people = dataclasses.replace(contract(), about="people")
    rows = tuple(a_row(f"d{place}", count) for place, count in enumerate(counts))
    answer = Answer(Query("m", by=("district",)), metric(), about_people, rows, None, True, "", (), "g")
    shown = protect(answer, about_people, threshold, exact=False).rows
    for row in shown:
        assert row.suppressed or not 0 < (row.value or 0) < threshold
    hidden = [place for place, row in enumerate(shown) if row.suppressed]
    others = [place for place, row in enumerate(shown) if not row.suppressed and row.value]
    assert len(hidden) != 1 or not others


def test_the_total_over_the_periods_gives_no_single_hidden_period_away() -> None:
    about_people = dataclasses.replace(contract(), about="people")
    months = [
        dataclasses.replace(a_row("A", n), period=date(2026, month, 1)) for month, n in ((1, 3), (2, 10), (3, 20))
    ]
    answer = Answer(
        Query("m", by=("district",), over="month"), metric(), about_people, tuple(months), None, True, "", (), "g"
    )
    assert [row.suppressed for row in protect(answer, about_people, 5, exact=False).rows] == [True, True, False]


def test_no_line_of_a_table_with_two_dimensions_is_left_with_one_hidden_row() -> None:
    about_people = dataclasses.replace(contract(), about="people")
    counts = {("A", "x"): 2, ("A", "y"): 9, ("A", "z"): 30, ("B", "x"): 8, ("B", "y"): 40, ("B", "z"): 50}
    rows = tuple(dataclasses.replace(a_row("", n), keys=keys) for keys, n in counts.items())
    answer = Answer(Query("m", by=("district", "status")), metric(), about_people, rows, None, True, "", (), "g")
    hidden = {row.keys for row in protect(answer, about_people, 5, exact=False).rows if row.suppressed}
    for at in (0, 1):
        for value in {keys[at] for keys in counts}:
            assert len([keys for keys in hidden if keys[at] == value]) != 1


def test_the_row_of_records_in_doubt_hides_no_other() -> None:
    about_people = dataclasses.replace(contract(), about="people")
    rows = (a_row("A", 10), a_row("B", 20), dataclasses.replace(a_row("", 2), keys=(None,)))
    answer = Answer(Query("m", by=("district",)), metric(), about_people, rows, None, True, "", (), "g")
    assert [row.suppressed for row in protect(answer, about_people, 5, exact=False).rows] == [False, False, True]
