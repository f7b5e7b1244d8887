"""Sums, ratios, distinct counts, averages and percentiles of a few records, worked out by hand."""

from __future__ import annotations

import dataclasses
import math
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest

from data_access.certainty.means import average_range
from data_access.certainty.ranks import Sorted, percentile_range, quantile
from data_access.certainty.ratios import RatioTotals, ratio_range
from data_access.certainty.spread import Totals
from data_access.certainty.unclear import Unclear
from data_access.questions import Answer, Row
from tests.worlds import measured
from tests.worlds.measured import KINDS, NAMES, Agreed
from tests.worlds.tables import Asker, metric

JANUARY, MARCH = date(2026, 1, 15), date(2026, 3, 15)


def record(key: str | None = None, **changes: Any) -> tuple[Any, ...]:
    cells = {
        "id": key, "opened": JANUARY, "closed": None, "status": "open", "score": 1, "district": "A",
        "recorded_at": None, "cost": 1, "hours": 1, "code": "x",
    }  # fmt: skip
    return tuple((cells | changes)[name] for name in NAMES)


def answer(rows: list[Any], type_: str, agreed: Agreed | None = None, ask: Any = None, **keys: Any) -> Answer:
    keys = {"measure": "code" if type_ == "count_distinct" else "cost"} | keys
    of = metric(type=type_, dimensions=("district", "status"), **keys)
    return measured.asker([rows], agreed or Agreed()).ask(of, **(ask or {}))


def one(rows: list[Any], type_: str, agreed: Agreed | None = None, **keys: Any) -> Row:
    return answer(rows, type_, agreed, **keys).rows[0]


def ends(row: Row) -> tuple[float | None, float | None, float | None]:
    return row.low, row.value, row.high


# -- sum -------------------------------------------------------------------------------------


def test_a_doubtful_cost_runs_between_its_limits_and_is_recorded_inside_them() -> None:
    row = one([record(cost=2), record(cost=9), record(cost=-7), record(cost=None)], "sum")
    assert ends(row) == (2 - 2 - 2 - 2, 2 + 3 - 2 + 0, 2 + 3 + 3 + 3)
    assert (row.records, row.in_doubt, row.confidence) == (4, 3, 25)


def test_a_blank_that_must_not_be_is_recorded_as_the_limit_nearest_nothing() -> None:
    assert ends(one([record(cost=None)], "sum", Agreed(limits=(1, 3)))) == (1, 1, 3)
    assert ends(one([record(cost=None)], "sum", Agreed(limits=(-3, -1)))) == (-3, -1, -1)


def test_a_blank_by_right_adds_nothing_and_is_no_doubt() -> None:
    row = one([record(cost=2), record(cost=None)], "sum", Agreed(cost_required=False))
    assert ends(row) == (2, 2, 2)
    assert (row.records, row.in_doubt, row.confidence) == (2, 0, 100)


def test_a_doubtful_cost_that_may_be_blank_may_add_nothing() -> None:
    assert ends(one([record(cost=9)], "sum", Agreed(cost_required=False, limits=(1, 3)))) == (0, 3, 3)


def test_a_member_in_doubt_adds_only_what_lowers_or_raises_the_sum() -> None:
    rows = [record(cost=1), record(cost=-2, status="lost"), record(cost=3, status="lost")]
    assert ends(one(rows, "sum", where="status = 'open'")) == (-1, 1, 4)


def test_copies_that_disagree_run_from_the_least_to_the_greatest_of_them() -> None:
    rows = [record("a", cost=1), record("a", cost=3, recorded_at=MARCH), record("b", cost=2)]
    row = one(rows, "sum")
    assert ends(row) == (3, 5, 5)
    assert row.in_doubt == 1
    assert row.doubts == (("id_unique", 1),)


def test_copies_with_one_cost_leave_nothing_in_doubt() -> None:
    assert ends(one([record("a", cost=2), record("a", cost=2, code="y")], "sum")) == (2, 2, 2)


def test_an_undeclared_limit_leaves_the_range_open_and_is_named() -> None:
    found = answer([record(cost=1), record(cost=9)], "sum", Agreed(limits=(-2, None)))
    assert ends(found.rows[0]) == (-1, 10, None)
    assert [note for note in found.notes if "Cost is in doubt: no maximum is declared" in note]
    assert not [note for note in found.notes if "minimum" in note]


def test_an_open_limit_of_an_expression_is_one_of_the_metric() -> None:
    found = answer([record(cost=1), record(cost=9)], "sum", measure="cost * 2", limits={"maximum": 6})
    assert ends(found.rows[0]) == (None, 8, 8)
    assert [note for note in found.notes if "the metric's 'limits' have no minimum" in note]


def test_limits_bound_a_measure_in_doubt_and_not_one_that_is_recorded() -> None:
    assert ends(one([record(cost=3)], "sum", measure="cost * 2", limits={"minimum": 0, "maximum": 1})) == (6, 6, 6)


def test_an_open_range_is_never_on_one_side_of_a_target() -> None:
    keys = {"better": "lower", "target": {"value": 5}}
    certain = [record(cost=1)] * 3
    assert one([*certain, record(cost=9)], "sum", Agreed(limits=(-2, None)), **keys).verdict != "met"
    assert one([*certain, record(cost=9)], "sum", Agreed(limits=(3, None)), **keys).verdict == "missed"
    assert one([*certain, record(cost=9)], "sum", Agreed(limits=(None, None)), **keys).verdict == "likely_met"
    assert one([record(cost=9)], "sum", Agreed(limits=(None, None)), **keys).verdict == "cannot_tell"


def test_tenths_add_up_as_people_add_them() -> None:
    rows = [record(cost=0.1), record(cost=0.2), record(cost=0.7, status="shut")]
    assert one(rows[:2], "sum", better="higher", target={"value": 0.3}).verdict == "met"
    assert one(rows, "sum", measure="cost * 1.1", limits={}).value == 1.1


def test_no_records_add_up_to_nothing() -> None:
    for type_ in ("sum", "count_distinct"):
        assert ends(one([], type_)) == (0, 0, 0)


@pytest.mark.parametrize("type_", ["average", "median", "percentile", "ratio"])
def test_nothing_has_no_average_ratio_or_percentile(type_: str) -> None:
    keys = {"ratio": {"per": "hours"}, "percentile": {"percentile": 90}}.get(type_, {})
    row = one([], type_, better="higher", target={"value": 1}, **keys)
    assert ends(row) == (None, None, None)
    assert (row.likely_low, row.likely_high, row.confidence, row.verdict) == (None, None, None, None)


@pytest.mark.parametrize("odd", ["nan", "inf", "-inf"])
def test_what_is_no_number_is_in_doubt(odd: str) -> None:
    portal = Asker([(*record(cost=None), 0), (*record(cost=None), 0)], Agreed().contract(), (*NAMES, "batch"),
                   (*KINDS[:7], "DOUBLE", *KINDS[8:]))  # fmt: skip
    portal._generation._connection.execute(f"UPDATE wh.t SET cost = '{odd}'::DOUBLE")  # type: ignore[attr-defined]
    row = portal.ask(metric(type="sum", measure="cost")).rows[0]
    assert (row.low, row.high, row.in_doubt) == (-4, 6, 2)
    assert row.low <= row.value <= row.high


def test_a_measure_that_no_check_looks_at_is_not_assessed() -> None:
    agreed = Agreed().contract()
    rules = tuple(rule for rule in agreed.rules if "cost" not in rule.columns)
    portal = Asker([(*record(), 0)], dataclasses.replace(agreed, rules=rules), (*NAMES, "batch"), KINDS)
    found = portal.ask(metric(type="sum", measure="cost"))
    assert found.assessed == ("cost",)
    assert found.rows[0].confidence is None


# -- average, median, percentile --------------------------------------------------------------


def test_members_in_doubt_join_an_average_only_while_they_move_it() -> None:
    rows = [record(cost=1), record(cost=2), *(record(cost=c, status="lost") for c in (-2, 1, 3))]
    row = one(rows, "average", where="status = 'open'")
    assert ends(row) == (pytest.approx(1 / 3), 1.5, 2)


def test_a_doubtful_measure_is_left_out_of_the_value() -> None:
    for type_ in ("average", "median"):
        row = one([record(cost=1), record(cost=9), record(cost=2)], type_)
        assert (row.value, row.counted) == (1.5, 2)
    assert ends(one([record(cost=1), record(cost=9), record(cost=2)], "average")) == (pytest.approx(1 / 3), 1.5, 2)


def test_a_blank_by_right_is_no_member_of_an_average() -> None:
    row = one([record(cost=1), record(cost=None)], "average", Agreed(cost_required=False))
    assert ends(row) == (1, 1, 1)
    assert (row.records, row.in_doubt, row.confidence) == (1, 0, 100)


def test_a_doubtful_measure_that_may_be_blank_may_be_no_member() -> None:
    row = one([record(cost=1), record(cost=9)], "average", Agreed(cost_required=False))
    assert ends(row) == (-0.5, 1, 2)
    assert (row.records, row.in_doubt) == (2, 1)


def test_with_only_measures_in_doubt_there_is_a_range_and_no_value() -> None:
    assert ends(one([record(cost=9)], "average")) == (-2, None, 3)
    assert ends(one([record(cost=9)], "median", Agreed(limits=(None, None)))) == (None, None, None)


def test_a_median_is_tried_with_every_number_of_members_in_doubt() -> None:
    """One more changes nothing at first; only the second moves the middle."""
    rows = [*(record(cost=c) for c in (0, 0, 3, 3)), *(record(cost=-1, status="lost") for _ in range(3))]
    row = one(rows, "median", where="status = 'open'")
    assert ends(row) == (0, 1.5, 1.5)


@pytest.mark.parametrize(("rank", "value"), [(25, 0.75), (50, 1.5), (90, 2.7), (1, 0.03)])
def test_a_percentile_interpolates_between_its_neighbours(rank: float, value: float) -> None:
    row = one([record(cost=c) for c in (3, 1, 0, 2)], "percentile", percentile=rank)
    assert row.value == pytest.approx(value)
    assert row.low == row.value == row.high


def test_the_long_way_and_the_short_way_to_a_range_of_percentiles_agree() -> None:
    chance = Random(5)
    for _ in range(300):
        values = np.array([chance.choice([-2.0, 0.0, 1.0, 4.0]) for _ in range(chance.randrange(5))])
        added = [chance.choice([-3.0, 0.0, 1.5, 6.0]) for _ in range(chance.randrange(6))]
        rank = chance.choice([10.0, 50.0, 83.0])
        every = [
            measured.interpolated(sorted([*values, *(x for i, x in enumerate(added) if chosen >> i & 1)]), rank)
            for chosen in range(2 ** len(added))
            if chosen or len(values)
        ]
        found = percentile_range(rank, values, np.ones(len(values)), unclear(added))
        wanted = (min(every), max(every)) if every else (math.nan, math.nan)
        assert found == pytest.approx(wanted, nan_ok=True)


def unclear(m: list[float], p: list[float] | None = None) -> Unclear:
    """Records in doubt, each of one copy with a certain measure."""
    spans, size = np.array([m, p] if p else [m], dtype=float), len(m)
    doubt = np.zeros(size, dtype=bool)
    return Unclear(np.ones(size), doubt, ~doubt, np.full(size, 0.5), np.arange(size), spans, spans,
                   np.zeros(size, dtype=np.int64))  # fmt: skip


def test_repeated_records_are_the_same_as_as_many_single_ones() -> None:
    many = Unclear(np.array([3.0]), np.array([False]), np.array([True]), np.array([0.5]), np.array([0]),
                   np.array([[5.0]]), np.array([[5.0]]), np.array([0]))  # fmt: skip
    three, values, n = unclear([5.0] * 3), np.array([0.0, 2.0]), np.array([2.0, 1.0])
    assert percentile_range(80, values, n, many) == percentile_range(80, values, n, three)
    of = Totals(3, 2.0, 4.0)
    assert average_range(of, many) == average_range(of, three)
    assert quantile(50, Sorted.of(values, n)) == 0


# -- ratio -----------------------------------------------------------------------------------


def test_a_ratio_divides_one_sum_by_the_other() -> None:
    assert ends(one([record(cost=3, hours=2), record(cost=-1, hours=0.5)], "ratio", per="hours")) == (0.8, 0.8, 0.8)
    row = one([record(cost=3, hours=2), record(cost=-1, hours=0.5)], "ratio", per="hours", unit="percent")
    assert ends(row) == (80, 80, 80)


def test_a_doubtful_per_runs_between_its_limits() -> None:
    row = one([record(cost=3, hours=1), record(cost=1, hours=5)], "ratio", per="hours")
    assert ends(row) == (pytest.approx(4 / 3), pytest.approx(4 / 3), 4)


def test_a_division_by_nothing_has_no_value_and_says_so() -> None:
    found = answer([record(cost=3, hours=0)], "ratio", per="hours")
    assert ends(found.rows[0]) == (None, None, None)
    assert [note for note in found.notes if "There is no value where Hours adds up to 0" in note]


def test_a_ratio_is_open_where_the_certain_per_can_be_nothing() -> None:
    found = answer([record(cost=3, hours=5)], "ratio", per="hours")
    assert ends(found.rows[0]) == (1.5, 1.5, None)
    assert [note for note in found.notes if "no highest value where Hours may add up to 0" in note]
    assert ends(one([record(cost=-1, hours=5)], "ratio", per="hours")) == (None, -0.5, -0.5)
    assert ends(one([record(cost=0, hours=5)], "ratio", per="hours")) == (0, 0, 0)
    assert ends(one([record(cost=3, hours=5), record(cost=1, hours=1)], "ratio", per="hours"))[2] == 4


def test_a_per_without_a_maximum_takes_a_ratio_towards_nothing() -> None:
    row = one([record(cost=3, hours=1), record(cost=1, hours=5)], "ratio", Agreed(most_hours=None), per="hours")
    assert ends(row) == (0, pytest.approx(4 / 6), 4)


def test_a_blank_by_right_adds_nothing_on_its_own_side_of_a_ratio() -> None:
    rows = [record(cost=3, hours=2), record(cost=None, hours=2), record(cost=1, hours=None)]
    assert ends(one(rows, "ratio", Agreed(cost_required=False, hours_required=False), per="hours")) == (1, 1, 1)


def test_the_long_way_and_the_short_way_to_a_range_of_ratios_agree() -> None:
    chance = Random(7)
    for _ in range(300):
        size = chance.randrange(1, 6)
        m = [chance.choice([-3.0, 0.0, 1.0, 7.0]) for _ in range(size)]
        p = [chance.choice([0.0, 0.5, 2.0]) for _ in range(size)]
        of = RatioTotals(chance.choice([-1.0, 2.0]), 0.25, 0.0, 0.0)
        every = []
        for chosen in range(2**size):
            members = [i for i in range(size) if chosen >> i & 1]
            every.append((of.m + sum(m[i] for i in members)) / (of.p + sum(p[i] for i in members)))
        assert ratio_range(of, unclear(m, p)) == pytest.approx((min(every), max(every)))


# -- distinct count --------------------------------------------------------------------------

FREE = Agreed(codes_listed=False)


def test_a_doubtful_key_may_be_a_new_one_or_one_that_is_there() -> None:
    assert ends(one([record(code="x"), record(code="x"), record(code="BAD")], "count_distinct", FREE)) == (1, 2, 2)


def test_a_list_of_codes_caps_a_distinct_count() -> None:
    rows = [record(code="x"), *(record(code="BAD") for _ in range(5))]
    assert ends(one(rows, "count_distinct")) == (1, 2, 3)
    assert ends(one(rows, "count_distinct", FREE)) == (1, 2, 6)


def test_a_member_that_surely_has_a_key_makes_one() -> None:
    assert ends(one([record(code=None)], "count_distinct")) == (1, 1, 1)
    assert ends(one([record(code="BAD")], "count_distinct", Agreed(code_required=False))) == (0, 1, 1)


def test_a_blank_by_right_is_a_member_without_a_key() -> None:
    row = one([record(code=None), record(code="x")], "count_distinct", Agreed(code_required=False))
    assert ends(row) == (1, 1, 1)
    assert (row.records, row.in_doubt, row.confidence) == (2, 0, 100)


def test_copies_that_name_two_keys_may_be_either() -> None:
    rows = [record("a", code="x"), record("a", code="y"), record(code="z")]
    assert ends(one(rows, "count_distinct")) == (1, 2, 2)
    assert ends(one([*rows, record(code="x"), record(code="y")], "count_distinct")) == (3, 3, 3)


def test_a_key_of_a_member_in_doubt_may_count() -> None:
    rows = [record(code="x"), record(code="y", status="lost"), record(code="x", status="lost")]
    assert ends(one(rows, "count_distinct", where="status = 'open'")) == (1, 1, 2)


# -- slices ----------------------------------------------------------------------------------


def test_every_type_keeps_to_its_month_and_district() -> None:
    rows = [record(cost=1), record(cost=2, district="B", code="y"), record(cost=3, opened=MARCH),
            record(cost=2, hours=2, district="B", opened=MARCH, code="y")]  # fmt: skip
    for type_, keys, wanted in (
        ("sum", {}, [1, 0, 3, 2, 0, 2]),
        ("average", {}, [1, None, 3, 2, None, 2]),
        ("median", {}, [1, None, 3, 2, None, 2]),
        ("ratio", {"per": "hours"}, [1, None, 3, 2, None, 1]),
        ("count_distinct", {}, [1, 0, 1, 1, 0, 1]),
    ):
        found = answer(rows, type_, ask={"by": ("district",), "over": "month"}, **keys).rows
        assert [row.value for row in found] == wanted, type_
        assert all(row.low == row.value == row.high for row in found)
