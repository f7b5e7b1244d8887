"""Numbers with their units, and dates and periods in words."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.definitions.models import ConfidenceBands
from pages.parts import dates, numbers
from tests.pages.rows import metric


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [(100.0, "100"), (99.999, "99"), (92.9, "92"), (92.9999999999, "93"), (99.9999999999, "99"), (0.4, "0")],
)
def test_a_confidence_is_never_rounded_up(confidence, shown) -> None:
    assert numbers.beyond_doubt(confidence) == shown


def test_the_bands_are_the_portals_own() -> None:
    bands = ConfidenceBands(high=90, medium=70)
    assert [numbers.band(value, bands) for value in (90, 89.99, 70, 69.9)] == ["High", "Medium", "Medium", "Low"]


@pytest.mark.parametrize(
    ("value", "changes", "shown"),
    [
        (62.04, {}, "62.0%"),
        (1204.0, {"type": "count", "unit": "number"}, "1,204"),
        (-0.04, {}, "0.0%"),
        (1204.5, {"unit": "pounds"}, "£1,204.50"),
        (12.0, {"unit": "days"}, "12.0 days"),
        (-3.0, {"type": "sum", "unit": "pounds"}, "-£3.00"),
        (1234567.891, {"type": "sum", "unit": "pounds"}, "£1,234,568"),
        (0.00341, {"type": "ratio", "unit": "number"}, "0.0034"),
        (0.0, {"type": "average", "unit": "number"}, "0.0"),
        (130.0, {"type": "ratio", "unit": "percent"}, "130.0%"),
    ],
)
def test_a_figure_carries_its_unit(value, changes, shown) -> None:
    assert numbers.figure(value, metric(target=None, **changes)) == shown


def test_rounding_never_carries_a_figure_onto_the_target() -> None:
    assert numbers.figure(69.96, metric()) == "69.96%"
    assert numbers.figure(70.0, metric()) == "70.0%"
    assert numbers.figure(69.94, metric()) == "69.9%"


def test_a_target_has_no_empty_decimals() -> None:
    assert numbers.target(70.0, metric()) == "70%"
    assert numbers.target(7.5, metric(unit="days")) == "7.5 days"
    assert numbers.tolerance(1.0, metric()) == "1 point"


@pytest.mark.parametrize(
    ("start", "grain", "shown"),
    [
        (date(2026, 10, 1), "month", "October 2026"),
        (date(2026, 7, 1), "quarter", "Jul–Sep 2026"),
        (date(2026, 12, 1), "quarter", "Dec 2026–Feb 2027"),
        (date(2026, 4, 1), "year", "2026/27"),
        (date(2099, 4, 1), "year", "2099/00"),
        (date(2026, 1, 1), "year", "2026"),
        (date(2026, 10, 5), "week", "week from 5 Oct 2026"),
        (date(2026, 10, 5), "day", "5 Oct 2026"),
    ],
)
def test_a_period_is_named_as_its_readers_name_it(start, grain, shown) -> None:
    assert dates.period(start, grain) == shown


def test_a_span_says_its_year_once() -> None:
    assert dates.span(date(2026, 4, 1), date(2026, 9, 30)) == "1 Apr to 30 Sep 2026"
    assert dates.span(date(2025, 4, 1), date(2026, 3, 31)) == "1 Apr 2025 to 31 Mar 2026"
    assert dates.span(date(2026, 4, 1), date(2026, 4, 1)) == "1 Apr 2026"
