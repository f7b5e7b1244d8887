"""What home says about one figure: why it needs attention, what would help, whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.definitions.models import ConfidenceBands
from data_access.questions import Answer, Period, Query, Reason, Row, Standing, Trend
from pages.parts import attention_words
from tests.pages.fake_definitions import CONTRACTS
from tests.pages.rows import metric, row

BANDS = ConfidenceBands(high=95, medium=85)
CONTRACT = CONTRACTS["ehc_plans"]


def standing(latest: Row, *reasons: Reason, assessed: Any = True, **changes: Any) -> Standing:
    one = metric(**changes)
    answer = Answer(Query("plans"), one, CONTRACT, (latest,), date(2026, 10, 31), assessed, "", (), "1")
    trend = Trend(answer, Period(date(2026, 10, 1), date(2026, 10, 31)), latest, None, (latest,))
    return Standing(one, CONTRACT, ("children",), trend=trend, reasons=reasons)


def why(*given: Any, **more: Any) -> str:
    return attention_words.why(standing(*given, **more), BANDS)


@pytest.mark.parametrize(
    ("latest", "target", "expected"),
    [
        (row(value=61.7, in_doubt=3), {"value": 70}, "8.3 points below the 70% target. 3 of 512 records are in doubt."),
        (
            row(value=66.0, in_doubt=0),
            {"value": 70, "tolerance": 5},
            "4.0 points below the 70% target, within its tolerance",
        ),
        (row(value=69.98, in_doubt=0), {"value": 70, "tolerance": 5}, "Just below the 70% target. None of"),
    ],
)
def test_a_missed_target_says_by_how_far(latest: Row, target: dict[str, float], expected: str) -> None:
    assert why(latest, "missed", target=target).startswith(expected)


def test_where_lower_is_better_a_miss_lies_above() -> None:
    assert why(row(value=74.0), "missed", better="lower").startswith("4.0 points above the 70% target.")


def test_what_is_likely_says_both_ranges_and_the_check_to_blame() -> None:
    said = why(row(verdict="likely_missed"), "likely_missed")
    assert said.startswith(
        "Likely below the 70% target, but not for certain: likely 60.8 to 63.5%, for certain 58.1 to 66.9%."
    )
    assert "36 of them by the check “Every issued plan has an issue date”" in said


def test_what_cannot_be_told_says_what_is_possible() -> None:
    said = why(row(verdict="cannot_tell", target=62.0), "cannot_tell")
    assert said.startswith("It could be on either side of the 62% target: for certain it is 58.1 to 66.9%.")


def test_an_open_range_is_said_in_words() -> None:
    assert "for certain it is at least 58.1%" in why(row(verdict="cannot_tell", high=None), "cannot_tell")


def test_a_low_confidence_is_held_against_what_is_needed_and_never_rounded_up() -> None:
    said = why(row(confidence=84.99), "low_confidence")
    assert said.startswith("Only 84 of every 100 records are beyond doubt, fewer than the 85 needed.")


def test_what_is_not_assessed_names_the_columns_by_their_labels() -> None:
    assert "no check looks at Requested on" in why(row(), "not_assessed", assessed=("requested_on",))


def test_a_figure_that_could_not_be_worked_out_says_why() -> None:
    failed = Standing(metric(), CONTRACT, problem="The table is being loaded.")
    assert attention_words.why(failed, BANDS) == "The table is being loaded."
    assert attention_words.to_do(failed) == ""


def test_what_to_do_is_the_fix_of_the_check_that_most_records_fail() -> None:
    assert attention_words.to_do(standing(row(), "cannot_tell")).startswith("Make the issue date a required field")
    other = row(doubts=(("issued_on_required", 5), ("request_before_issue", 36)))
    assert attention_words.to_do(standing(other, "low_confidence")) == "Check the order of the dates at entry."


@pytest.mark.parametrize("reason", ["missed", "not_assessed"])
def test_where_no_record_could_change_it_there_is_nothing_to_put_right(reason: Reason) -> None:
    assert attention_words.to_do(standing(row(), reason)) == ""


def test_whose_it_is_names_the_period_the_viewers_own_slice_and_the_owner() -> None:
    own = replace(standing(row(), "missed"), slice=(("Quadrant", ("North East", "Mid")),))
    assert attention_words.whose(own) == "October 2026 · only Quadrant: North East or Mid · owner Director of Education"


def test_records_that_are_awaited_are_said_for_each_period() -> None:
    waits = replace(standing(row(), "missed"), awaited=((row(), 36), (row(period=date(2026, 9, 1), records=1204), 1)))
    assert attention_words.awaited(waits) == (
        "36 of 512 records of October 2026 and 1 of 1,204 records of September 2026 came late or not at all."
    )
