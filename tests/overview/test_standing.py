"""Why a figure needs attention, in which order, and which of its records are awaited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.answering.standing import awaited, reasons, urgency
from data_access.definitions.models import ConfidenceBands, Rule
from data_access.questions import Answer, Period, Query, Row, Standing, Trend
from tests.pages.fake_definitions import CONTRACTS
from tests.pages.rows import NOTHING, metric, row, suppressed

BANDS = ConfidenceBands(high=95, medium=85)
CONTRACT = CONTRACTS["ehc_plans"]
FEED = Rule("feed", "The feed has come", "custom", "timeliness", ("issued_on",))
LOAD = Rule("load", "The load was in time", "custom", "timeliness", ("issued_on",))


def trend(latest: Row, *, before: Row | None = None, after: Row | None = None, assessed: Any = True) -> Trend:
    answer = Answer(Query("plans"), metric(), CONTRACT, (latest,), date(2026, 10, 31), assessed, "", (), "1")
    series = tuple(one for one in (before, latest, after) if one)
    return Trend(answer, Period(date(2026, 10, 1), date(2026, 10, 31)), latest, before, series)


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (row(verdict="missed", confidence=92), ("missed",)),
        (row(verdict="likely_missed", confidence=92), ("likely_missed",)),
        (row(verdict="cannot_tell", confidence=84.9), ("cannot_tell", "low_confidence")),
        (row(verdict="likely_met", confidence=84.9), ("low_confidence",)),
        (row(verdict="met", confidence=85), ()),
        (row(verdict=None, target=None, confidence=10), ("low_confidence",)),
        (row(verdict=None, target=None, confidence=None), ()),
    ],
)
def test_a_verdict_that_asks_for_something_comes_before_a_low_confidence(
    latest: Row, expected: tuple[str, ...]
) -> None:
    assert reasons(trend(latest), BANDS) == expected


def test_what_no_check_looks_at_is_not_assessed_and_nothing_else() -> None:
    unchecked = row(confidence=None, verdict=None)
    assert reasons(trend(unchecked, assessed=("decision",)), BANDS) == ("not_assessed",)


@pytest.mark.parametrize("latest", [suppressed(), row(**NOTHING, records=0, in_doubt=0)])
@pytest.mark.parametrize("assessed", [True, ("decision",)])
def test_a_figure_that_is_withheld_or_counts_nothing_asks_for_nothing(latest: Row, assessed: Any) -> None:
    assert reasons(trend(latest, assessed=assessed), BANDS) == ()


def test_records_that_came_late_are_counted_for_the_latest_period_and_those_beside_it() -> None:
    contract = replace(CONTRACT, rules=(*CONTRACT.rules, FEED, LOAD))
    september = row(period=date(2026, 9, 1), doubts=(("feed", 4), ("issued_on_required", 30)))
    october = row(doubts=(("issued_on_required", 36), ("feed", 5), ("load", 7)))
    november = row(period=date(2026, 11, 1), partial=True, doubts=(("issued_on_required", 3),))
    found = awaited(trend(october, before=september, after=november), contract)
    assert found == ((october, 7), (september, 4))  # one record may fail both checks: they are not added up


def test_doubts_of_another_kind_are_not_late() -> None:
    assert awaited(trend(row()), CONTRACT) == ()


def test_the_weightiest_reason_comes_first_and_within_it_what_is_furthest_off() -> None:
    def standing(name: str, latest: Row, **more: Any) -> Standing:
        return Standing(
            metric(name=name), CONTRACT, trend=trend(latest, **more), reasons=reasons(trend(latest, **more), BANDS)
        )

    ordered = [
        standing("far", row(value=40.0, verdict="missed")),
        standing("near", row(value=69.0, verdict="missed")),
        standing("likely", row(value=10.0, verdict="likely_missed")),
        standing("little known", row(verdict="cannot_tell", confidence=30)),
        standing("more known", row(verdict="cannot_tell", confidence=80)),
        standing("low", row(verdict="met", confidence=50)),
        standing("unchecked", row(verdict=None, confidence=None), assessed=("decision",)),
        standing("a fine one", row(verdict="met", confidence=99)),
        Standing(metric(name="b waits"), CONTRACT, waiting=True),
        standing("fine", row(verdict="met", confidence=90)),
    ]
    mixed = sorted(ordered, key=lambda one: one.metric.name)
    assert sorted(mixed, key=urgency) == ordered
