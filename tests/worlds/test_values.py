"""The value: plain SQL where nothing is in doubt, and the right one of several copies."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worlds.tables import COLUMNS, Asker, ask, contract, metric

JANUARY, MARCH = date(2026, 1, 15), date(2026, 3, 15)


def row(key: str | None = "k", **changes: Any) -> tuple[Any, ...]:
    cells = {
        "id": key,
        "opened": JANUARY,
        "closed": None,
        "status": "open",
        "score": 1,
        "district": "A",
        "recorded_at": None,
    }
    return tuple((cells | changes)[name] for name in COLUMNS)


clean = st.lists(
    st.tuples(
        st.sampled_from([date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30)]),
        st.sampled_from(["open", "shut", "void"]),
        st.integers(0, 3),
        st.sampled_from(["A", "B", "C"]),
    ),
    min_size=1,
    max_size=40,
)


@given(clean)
def test_clean_records_give_the_figures_of_plain_sql(drawn: list[tuple[date, str, int, str]]) -> None:
    rows = [row(f"k{i}", opened=d, status=s, score=n, district=place) for i, (d, s, n, place) in enumerate(drawn)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))  # noqa: F841 (DuckDB reads it by its name)
    plain = duckdb.sql(
        "SELECT date_trunc('month', opened)::DATE, district, 100.0 * count_if(score >= 2) / count(*), count(*)"
        " FROM table WHERE status <> 'void' GROUP BY ALL".replace("FROM table", 'FROM "table"')
    ).fetchall()
    measured = metric(type="share", where="status <> 'void'", numerator="score >= 2", unit="percent")
    answer = Asker(rows).ask(measured, by=("district",), over="month")
    found = {(r.period, r.keys[0]): (r.value, r.records) for r in answer.rows if r.records}
    assert found == {(period, district): (pytest.approx(value), n) for period, district, value, n in plain}
    assert all(r.low == r.value == r.high == r.likely_low == r.likely_high for r in answer.rows)
    assert all(r.confidence == 100 and r.in_doubt == 0 for r in answer.rows if r.records)


def test_identical_copies_count_once_and_leave_nothing_in_doubt() -> None:
    found = ask([row("a"), row("a"), row("b")], metric()).rows[0]
    assert (found.value, found.low, found.high, found.in_doubt, found.confidence) == (2, 2, 2, 0, 100)


def test_of_copies_the_latest_recorded_is_the_value() -> None:
    share = metric(type="share", numerator="score >= 2", unit="percent")
    copies = [row("a", score=3, recorded_at=JANUARY), row("a", score=0, recorded_at=MARCH), row("a", score=3)]
    found = ask(copies, share).rows[0]
    assert (found.value, found.low, found.high, found.in_doubt) == (0, 0, 100, 1)


def test_of_copies_recorded_together_the_first_in_column_order_is_the_value() -> None:
    share = metric(type="share", numerator="score >= 2", unit="percent")
    copies = [row("a", score=3, status="shut"), row("a", score=0, status="open")]
    assert ask(copies, share, contract(recorded_at=False)).rows[0].value == 0


def test_blank_keys_are_records_of_their_own() -> None:
    found = ask([row(None), row(None), row("")], metric()).rows[0]
    assert (found.value, found.low, found.high) == (3, 3, 3)


def test_copies_in_two_districts_are_half_a_record_in_each() -> None:
    rows = [row("a"), row("a", district="B"), row("b", district="B")]
    answer = ask(rows, metric(), by=("district",))
    by_district = {r.keys[0]: r for r in answer.rows}
    assert (by_district["A"].low, by_district["A"].high) == (0, 1)
    assert (by_district["B"].low, by_district["B"].high) == (1, 2)
    assert by_district["B"].confidence == pytest.approx(100 * 1 / 1.5)
    assert ask(rows, metric()).rows[0].in_doubt == 0


def test_a_recorded_value_that_no_world_allows_is_brought_inside_the_range() -> None:
    rows = [row("a", opened=date(2025, 6, 1)), row("b")]
    by_month = {
        r.period: r for r in ask(rows, metric(), over="month", start=date(2025, 6, 1), end=date(2026, 4, 30)).rows
    }
    june = by_month[date(2025, 6, 1)]
    assert (june.low, june.value, june.high) == (0, 0, 0)
    assert by_month[date(2026, 2, 1)].high == 1


def test_a_date_blank_by_right_is_in_no_figure() -> None:
    found = ask([row("a", opened=None), row("b")], metric(), contract(opened_required=False)).rows[0]
    assert (found.value, found.low, found.high, found.records) == (1, 1, 1, 1)


def test_a_lost_date_counts_in_the_whole_span_and_may_count_in_each_month() -> None:
    answer = Asker([row("a", opened=None), row("b")])
    assert answer.ask(metric()).rows[0].low == 2
    january = answer.ask(metric(), over="month").rows[0]
    assert (january.low, january.high, january.in_doubt) == (1, 2, 1)


def test_doubtful_districts_have_a_row_of_their_own_and_blanks_by_right_another() -> None:
    rows = [row("a"), row("b", district="Z"), row("c", district=None)]
    required = ask(rows, metric(), by=("district",))
    assert [r.keys[0] for r in required.rows] == ["A", None]
    assert required.rows[1].value == 2
    optional = ask(rows, metric(), contract(district_required=False), by=("district",))
    assert [(r.keys[0], r.value) for r in optional.rows] == [("A", 1), ("(blank)", 1), (None, 1)]


def test_a_filter_on_every_value_holds_a_doubtful_district_for_certain() -> None:
    rows = [row("a"), row("b", district="Z")]
    found = ask(rows, metric(), where=(("district", ("A", "B", "C")),)).rows[0]
    assert (found.low, found.high, found.in_doubt) == (2, 2, 0)


def test_nothing_at_all_is_no_value_and_no_verdict() -> None:
    share = metric(type="share", numerator="score >= 2", unit="percent", better="higher", target={"value": 50})
    found = ask([], share).rows[0]
    assert (found.value, found.low, found.high, found.confidence, found.verdict) == (None, None, None, None, None)
