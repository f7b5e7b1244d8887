"""How long a review of a definition lasts."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.definitions.load import load
from data_access.definitions.review import review_due, review_interval
from data_access.definitions.spans import Span
from tests.definitions.cases import GOOD


@pytest.mark.parametrize(
    ("text", "interval"), [("12 months", (12, "month")), ("1 year", (1, "year")), ("90 Days", (90, "day"))]
)
def test_a_number_and_a_unit_are_read(text: str, interval: tuple[int, str]) -> None:
    assert review_interval(text) == Span(*interval)


@pytest.mark.parametrize("text", ["a year", "0 months", "12", "months", "12 fortnights", "-1 year", "1.5 years"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="span of time"):
        review_interval(text)


@pytest.mark.parametrize(
    ("reviewed", "every", "due"),
    [
        (date(2026, 3, 1), "12 months", date(2027, 3, 1)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2025, 12, 31), "2 months", date(2026, 2, 28)),
        (date(2026, 1, 1), "6 weeks", date(2026, 2, 12)),
        (None, "1 year", None),
        (date(2026, 1, 1), None, None),
    ],
)
def test_a_review_is_due_one_span_after_the_last(reviewed: date | None, every: str | None, due: date | None) -> None:
    metric = load(GOOD).metrics["plans_in_time"].model_copy(update={"reviewed": reviewed, "review_every": every})
    assert review_due(metric) == due
