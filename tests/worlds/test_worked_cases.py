"""The three worked cases of the definition of confidence and of the likely range, from cells to percent."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest

from data_access.certainty import formulas
from data_access.certainty.decoding import decode
from data_access.certainty.likely import likely_range
from data_access.certainty.slices import Counted, count_slices
from data_access.certainty.slicing import Slicing

Part = tuple[object, ...]
HERE, ELSEWHERE = "here", "elsewhere"


def part(w: bool | None, o: bool | None, district: str | None, month: int | None) -> Part:
    """One kind of record: its filter, outcome, district (None in doubt) and month (None: in doubt, open)."""
    time = "x" if month is None else "c"
    in_doubt = None in (w, o, district, month)
    recorded = (bool(w), bool(o), month if month is not None else 0, district or HERE)
    return (
        w, o, time, month, month, district, "", "", "", "",
        *(recorded if in_doubt else (None, None, None, None)),
    )  # fmt: skip


def counted(rows: list[tuple[Part, int]], *, month: bool = False) -> Counted:
    columns = [pa.chunked_array([values]) for values in zip(*((*kind, n) for kind, n in rows), strict=True)]
    cells = decode(columns, [], dimensions=1, rules=0)
    window = (600.0, 600.0) if month else (-math.inf, math.inf)
    domain = frozenset({HERE, ELSEWHERE})
    slicing = Slicing((window,), (), ((0, frozenset({HERE})),), (domain,), False, ((), (), ()), None)
    return count_slices(cells, slicing)


FILTER = [
    (part(True, True, HERE, 600), 30),
    (part(True, False, HERE, 600), 10),
    (part(False, False, HERE, 600), 10),
    (part(None, True, HERE, 600), 3),
    (part(None, False, HERE, 600), 2),
]
DISTRICT = [
    (part(True, True, HERE, 600), 30),
    (part(True, False, HERE, 600), 10),
    (part(True, True, ELSEWHERE, 600), 200),
    (part(True, False, ELSEWHERE, 600), 160),
    (part(True, True, None, 600), 5),
    (part(True, False, None, 600), 3),
]
DISTRICT_AND_TIME = [
    (part(True, True, HERE, 600), 30),
    (part(True, False, HERE, 600), 8),
    (part(True, None, HERE, 600), 2),
    (part(True, True, ELSEWHERE, 601), 4760),
    (part(True, None, None, None), 12),
]
CASES = {
    "a filter in doubt": (FILTER, False, 44.0, 90.9, (71.4, 76.7), None),
    "a district in doubt": (DISTRICT, False, 40.8, 98.0, (69.8, 77.8), (71.4, 77.8)),
    "a district and an open time in doubt": (DISTRICT_AND_TIME, True, 40.1, 94.8, (57.7, 84.6), (74.4, 82.8)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_published(name: str) -> None:
    rows, month, expected, confidence, certain, likely = CASES[name]
    found = counted(rows, month=month)
    bounds = formulas.certain_range("share", found)
    assert formulas.expected(found)[0] == pytest.approx(expected, abs=0.005)
    assert round(float(formulas.confidence(found)[0]), 1) == confidence
    assert (round(float(bounds.low[0]), 1), round(float(bounds.high[0]), 1)) == certain
    if likely is not None:
        low, high = likely_range("share", found, bounds)
        assert (round(float(low[0]), 1), round(float(high[0]), 1)) == likely


def test_confidence_is_never_rounded_up_to_a_hundred() -> None:
    found = counted([(part(True, True, HERE, 600), 1_000_000), (part(True, None, HERE, 600), 1)])
    assert formulas.confidence(found)[0] < 100


def test_confidence_is_zero_with_only_doubt_and_none_with_nothing() -> None:
    only_doubt = counted([(part(None, True, HERE, 600), 3)])
    nothing = counted([(part(True, True, ELSEWHERE, 600), 3)])
    assert formulas.confidence(only_doubt)[0] == 0
    assert np.isnan(formulas.confidence(nothing)[0])


def test_without_any_record_to_compare_a_weight_is_the_share_of_the_values_possible() -> None:
    found = counted([(part(True, True, None, 600), 4)])
    assert found.w1[0] == pytest.approx(4 * 1 / 2)


def test_a_date_in_a_closed_interval_weighs_its_share_of_the_interval() -> None:
    doubtful = part(True, True, HERE, None)
    four_months = (*doubtful[:3], 599, 602, *doubtful[5:])
    found = counted([(part(True, True, HERE, 600), 40), (four_months, 8)], month=True)
    assert found.w1[0] == pytest.approx(8 * 1 / 4)
    assert found.k1[0] == 8


def test_the_likely_range_covers_the_truth_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(20260401)
    inside = 0
    draws = 400
    for _ in range(draws):
        truth = chance.binomial(1, 0.62, size=120)
        known = chance.random(120) > 0.2
        a, b = int((truth[known] == 1).sum()), int((truth[known] == 0).sum())
        found = counted([
            (part(True, True, HERE, 600), a),
            (part(True, False, HERE, 600), b),
            (part(True, None, HERE, 600), int((~known).sum())),
        ])  # fmt: skip
        bounds = formulas.certain_range("share", found)
        low, high = likely_range("share", found, bounds)
        inside += bool(low[0] - 1e-9 <= 100 * truth.mean() <= high[0] + 1e-9)
    assert inside / draws >= 0.93
