"""Odd but legal tables: time zones, exclusive limits, keys in conditions, marks in texts, dates without end."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.answering import condense
from data_access.definitions.models import Column, Rule
from data_access.errors import QuestionError
from data_access.warehouse.duckdb_engine import DuckDBWarehouse
from tests.worlds.tables import TODAY, Asker, ask, contract, metric
from tests.worlds.test_values import row


def test_a_moment_counts_on_its_day_in_the_united_kingdom_whatever_the_servers_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT TIMESTAMPTZ '2026-06-30 23:30:00+00' AS opened, 'a' AS id")
    generation = DuckDBWarehouse(path).generation()
    cased = dataclasses.replace(
        contract(), columns={"id": Column("id", "Id", "string"), "opened": Column("opened", "Opened", "timestamp")},
        rules=(), recorded_at=None,
    )  # fmt: skip
    asker = Asker([], cased)
    asker._generation = generation  # type: ignore[assignment]
    rows = asker.ask(
        metric(where=None, dimensions=()), over="month", start=date(2026, 6, 1), end=date(2026, 7, 31)
    ).rows
    assert [r.value for r in rows] == [0, 1]


def test_an_exclusive_minimum_of_a_moment_leaves_the_rest_of_its_day() -> None:
    agreed = contract()
    limits = Rule(
        "opened_limits", "L", "limits", "conformity", ("opened",), minimum="2026-02-28", exclusive_minimum=True
    )
    rules = tuple(limits if rule.id == "opened_limits" else rule for rule in agreed.rules)
    days = dict(agreed.columns) | {"opened": dataclasses.replace(agreed.columns["opened"], type="timestamp")}
    for columns, february in ((days, 1), (agreed.columns, 0)):
        altered = dataclasses.replace(agreed, rules=rules, columns=columns)
        rows = (
            Asker([row("a", opened=None)], altered).ask(metric(), over="month", start=date(2026, 2, 1), end=TODAY).rows
        )
        assert rows[0].high == february


def test_a_blank_end_leaves_the_declared_limit_in_force() -> None:
    agreed = contract()
    limits = Rule("closed_limits", "L", "limits", "conformity", ("closed",), minimum="2026-02-01", maximum="2026-04-30")
    altered = dataclasses.replace(agreed, rules=(*agreed.rules, limits))
    rows = [row("a", opened=None, closed=date(2025, 1, 1)), row("b", closed=date(2026, 3, 1))]
    found = Asker(rows, altered).ask(metric(time="closed"), over="month", start=date(2026, 1, 1), end=TODAY).rows
    assert [r.high for r in found] == [0, 1, 2, 1]


def test_a_condition_may_read_the_record_key_of_records_with_copies() -> None:
    rows = [row("a1"), row("a1", score=3), row("b1")]
    assert ask(rows, metric(where="starts_with(id, 'a')")).rows[0].value == 1


@pytest.mark.parametrize("district", ["A\x1eB", "A\x1fB", "\x02", "\x1bf", "it''s", "%_"])
def test_marks_in_a_text_change_nothing(district: str) -> None:
    agreed = contract()
    free = dict(agreed.columns) | {"district": Column("district", "District", "string")}
    rules = tuple(rule for rule in agreed.rules if "district" not in rule.columns)
    rows = [row("a", district=district), row("a", district=district, score=2), row("b", district="B")]
    found = Asker(rows, dataclasses.replace(agreed, columns=free, rules=rules)).ask(metric(), by=("district",)).rows
    assert {r.keys[0]: r.value for r in found} == {district: 1, "B": 1}


@pytest.mark.parametrize("stray", ["9999-12-31", "20226-01-01", "infinity", "-infinity", "0001-01-01"])
def test_a_stray_date_makes_no_rows_up_to_it_and_counts_where_it_can(stray: str) -> None:
    agreed = contract()
    rules = tuple(rule for rule in agreed.rules if rule.kind != "limits" or "opened" not in rule.columns)
    asker = Asker([row("a")], dataclasses.replace(agreed, rules=rules))
    asker._generation._connection.execute(  # type: ignore[attr-defined]
        f"INSERT INTO wh.t VALUES ('b', DATE '{stray}', NULL, 'open', 1, 'A', NULL)"
    )
    answer = asker.ask(metric(), over="month")
    assert [r.period for r in answer.rows] == [date(2026, 1, 1)]
    dated = "inf" not in stray
    assert any("too far off" in note for note in answer.notes) is dated
    assert asker.ask(metric()).rows[0].value == (2 if dated else 1)


def test_a_period_in_which_every_date_is_in_doubt_still_has_its_row() -> None:
    agreed = contract()
    late = Rule("late", "L", "custom", "accuracy", ("opened",), condition="score < 3")
    altered = dataclasses.replace(agreed, rules=(*agreed.rules, late))
    rows = [row("a"), row("b", opened=date(2026, 3, 3), score=3)]
    found = Asker(rows, altered).ask(metric(), over="month").rows
    assert [(r.value, r.low, r.high) for r in found] == [(1, 1, 2), (0, 0, 1), (1, 0, 1)]


def test_a_doubtful_number_or_yes_and_no_lies_within_what_its_column_allows() -> None:
    rows = [row("a"), row("b", score=9)]
    asker = Asker(rows)
    every = asker.ask(metric(dimensions=("score",)), where=(("score", ("0", "1", "2", "3")),)).rows[0]
    assert (every.low, every.high, every.in_doubt) == (2, 2, 0)
    beyond = asker.ask(metric(dimensions=("score",)), where=(("score", ("7",)),)).rows[0]
    assert (beyond.low, beyond.high) == (0, 0)


def _typed(kind: str, values: Sequence[str], codes: tuple[str, ...]) -> Asker:
    agreed = contract()
    named = {code: code for code in codes}
    columns = dict(agreed.columns) | {"district": Column("district", "Size", "number", values=named)}
    rules = tuple(rule for rule in agreed.rules if "district" not in rule.columns)
    sized = Rule("sizes", "S", "values", "conformity", ("district",), values=codes)
    asker = Asker([row(f"k{i}", district=value) for i, value in enumerate(values)],
                  dataclasses.replace(agreed, columns=columns, rules=(*rules, sized)))  # fmt: skip
    asker._generation._connection.execute(  # type: ignore[attr-defined]
        f"ALTER TABLE wh.t ALTER district TYPE {kind} USING district::{kind}"
    )
    return asker


@pytest.mark.parametrize("kind", ["DECIMAL(8,2)", "DOUBLE"])
def test_a_number_is_among_its_allowed_values_however_the_warehouse_writes_it(kind: str) -> None:
    found = _typed(kind, ["1.50", "2.00", "7"], ("1.5", "2")).ask(metric(), by=("district",)).rows
    assert {r.keys[0]: r.value for r in found} == {1.5: 1, 2: 1, None: 1}


def test_a_question_with_nearly_as_many_cells_as_records_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(str(number), district=["A", "B", "C"][number % 3]) for number in range(9)]
    monkeypatch.setattr(condense, "MOST_CELLS", 3)
    assert [found.value for found in ask(rows, metric(), by=("district",)).rows] == [3, 3, 3]
    monkeypatch.setattr(condense, "MOST_CELLS", 2)
    with pytest.raises(QuestionError, match="Ask for fewer dimensions"):
        ask(rows, metric(), by=("district",))
