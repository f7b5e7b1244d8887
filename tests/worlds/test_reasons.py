"""Why a figure is in doubt: the checks named, the FACT bars, what no check looks at, and the verdict."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from data_access.certainty.verdict import verdict
from tests.worlds.tables import Asker, ask, contract, metric
from tests.worlds.test_values import JANUARY, row

SHARE: dict[str, Any] = {"type": "share", "numerator": "score >= 2", "unit": "percent"}


def test_a_doubt_is_blamed_on_the_check_that_failed() -> None:
    found = ask([row("a"), row("b", score=9), row("c", score=None)], metric(**SHARE)).rows[0]
    assert dict(found.doubts) == {"score_limits": 1, "score_required": 1}


def test_a_failing_check_that_cannot_move_the_figure_puts_nothing_in_doubt() -> None:
    found = ask([row("a"), row("b", score=9), row("c", status="lost")], metric()).rows[0]
    assert (found.in_doubt, found.doubts) == (0, ())


def test_copies_that_disagree_are_blamed_on_the_keys_uniqueness() -> None:
    found = ask([row("a"), row("a", score=3), row("b")], metric(**SHARE)).rows[0]
    assert dict(found.doubts) == {"id_unique": 1}
    assert found.fact is not None
    assert found.fact.accurate == pytest.approx(50)
    assert (found.fact.complete, found.fact.timely) == (100, 100)


def test_each_fact_bar_is_the_share_of_records_free_of_its_kind_of_doubt() -> None:
    rows = [row(f"k{i}") for i in range(6)] + [row("x", score=None), row("y", score=9)]
    found = ask(rows, metric(**SHARE)).rows[0]
    assert found.fact is not None
    assert found.fact.complete == pytest.approx(100 * 7 / 8)
    assert found.fact.accurate == pytest.approx(100 * 7 / 8)
    assert found.confidence == pytest.approx(100 * 6 / 8)


def test_a_kind_of_doubt_that_no_record_has_is_a_hundred_exactly() -> None:
    rows = [row(f"k{i}") for i in range(23)] + [row("x", score=None, opened=None)]
    for found in ask(rows, metric(**SHARE), over="month").rows:
        assert found.fact is not None
        assert (found.fact.accurate, found.fact.timely) == (100.0, 100.0)


def test_a_column_that_no_check_looks_at_leaves_the_metric_not_assessed() -> None:
    agreed = contract()
    without = dataclasses.replace(agreed, rules=tuple(r for r in agreed.rules if "score" not in r.columns))
    found = ask([row("a")], metric(**SHARE, better="higher", target={"value": 50}), without)
    assert found.assessed == ("score",)
    assert (found.rows[0].confidence, found.rows[0].fact, found.rows[0].verdict) == (None, None, None)
    assert ask([row("a")], metric(**SHARE), agreed).assessed is True


def test_a_dimension_is_assessed_only_when_it_is_used() -> None:
    agreed = contract()
    without = dataclasses.replace(agreed, rules=tuple(r for r in agreed.rules if "district" not in r.columns))
    asker = Asker([row("a")], without)
    assert asker.ask(metric()).assessed is True
    assert asker.ask(metric(), by=("district",)).assessed == ("district",)


def test_a_check_that_the_engine_cannot_run_did_not_look_and_did_not_pass() -> None:
    agreed = contract()
    rules = tuple(
        dataclasses.replace(r, kind="pattern", pattern="(?=x)") if "score" in r.columns else r for r in agreed.rules
    )
    found = ask([row("a")], metric(**SHARE), dataclasses.replace(agreed, rules=rules))
    assert found.assessed == ("score",)
    assert found.rows[0].value == 0


def test_the_end_of_an_interval_that_is_itself_doubtful_is_open() -> None:
    rows = [row("a", opened=JANUARY, closed=JANUARY.replace(year=2020)), row("b", closed=JANUARY)]
    by_close = ask(rows, metric(time="closed", where=None), over="month").rows
    assert [(r.low, r.high) for r in by_close] == [(1, 2)]


@pytest.mark.parametrize(
    ("better", "bounds", "expected"),
    [
        ("higher", (70, 80, 72, 78), "met"),
        ("higher", (60, 69.9, 62, 65), "missed"),
        ("higher", (60, 80, 70, 78), "likely_met"),
        ("higher", (60, 80, 62, 69), "likely_missed"),
        ("higher", (60, 80, 62, 72), "cannot_tell"),
        ("lower", (60, 70, 62, 68), "met"),
        ("lower", (70.1, 80, 72, 78), "missed"),
        ("lower", (60, 80, 62, 70), "likely_met"),
        ("lower", (60, 80, 71, 79), "likely_missed"),
        ("neither", (60, 80, 71, 79), None),
        ("higher", (None, 80, 72, 78), "likely_met"),
        ("higher", (None, None, None, None), None),
    ],
)
def test_a_verdict_holds_only_if_the_whole_range_agrees(
    better: str, bounds: tuple[float | None, ...], expected: str | None
) -> None:
    target = None if better == "neither" else {"value": 70}
    measured = metric(**SHARE, better=better, target=target)
    assert verdict(measured, bounds[0], bounds[1], bounds[2], bounds[3]) == expected


def test_a_share_equal_to_its_target_meets_it() -> None:
    rows = [row(f"k{i}", score=3 if i < 11 else 0) for i in range(20)]
    found = ask(rows, metric(**SHARE, better="higher", target={"value": 55})).rows[0]
    assert (found.value, found.verdict) == (55.0, "met")
