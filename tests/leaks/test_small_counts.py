"""Fewer people than the threshold are never shown to a viewer without exact counts."""

from __future__ import annotations

import dataclasses
from dataclasses import fields
from datetime import date

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
