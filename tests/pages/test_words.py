"""What the page says about one figure."""

from __future__ import annotations

from datetime import date

import pytest

from pages.parts import words
from tests.pages.rows import NOTHING, metric, row, suppressed


def said(metric_=None, unchecked=(), **changes) -> str:
    return words.headline(row(**changes), metric_ or metric(), unchecked, 5)


def test_the_headline_is_the_sentence_of_the_design() -> None:
    assert said() == (
        "62.0%. 41 of 512 records are in doubt. If they are like the others it is between 60.8% and 63.5%; "
        "for certain it is between 58.1% and 66.9%. Below the 70% target either way."
    )


@pytest.mark.parametrize(
    ("verdict", "better", "ending"),
    [
        ("met", "higher", "At or above the 70% target either way."),
        ("missed", "lower", "Above the 70% target either way."),
        ("met", "lower", "At or below the 70% target either way."),
        ("likely_met", "higher", "Likely at or above the 70% target, but not for certain."),
        ("likely_missed", "higher", "Likely below the 70% target, but not for certain."),
        ("likely_missed", "lower", "Likely above the 70% target, but not for certain."),
        ("cannot_tell", "higher", "It could be on either side of the 70% target."),
    ],
)
def test_each_verdict_says_on_which_side_of_the_target_the_figure_lies(verdict, better, ending) -> None:
    assert said(metric(better=better), verdict=verdict).endswith(ending)


def test_one_record_in_doubt_is_singular() -> None:
    text = said(in_doubt=1)
    assert "1 of 512 records is in doubt. If it is like the others" in text


def test_without_doubt_no_range_is_said_and_nothing_is_either_way() -> None:
    assert said(in_doubt=0) == "62.0%. None of the 512 records is in doubt. Below the 70% target."


def test_a_single_certain_record_is_not_none_of_the_1() -> None:
    assert "The 1 record is not in doubt." in said(in_doubt=0, records=1)


def test_without_target_no_side_is_taken() -> None:
    assert said(target=None, verdict=None).endswith("for certain it is between 58.1% and 66.9%.")


def test_a_target_without_a_verdict_is_only_named() -> None:
    assert said(verdict=None).endswith("The target is 70%.")


def test_open_ends_are_said_in_words() -> None:
    high = said(high=None, likely_high=None)
    assert "it is at least 60.8% (no upper limit is declared); for certain it is at least 58.1% (no upper" in high
    assert "for certain it is at most 66.9% (no lower limit is declared)" in said(low=None)
    assert "for certain it could be anything" in said(low=None, high=None)


def test_a_ratio_without_a_highest_value_does_not_blame_a_limit() -> None:
    assert "is at least 58.1% (it has no highest value)" in said(metric(type="ratio"), high=None)


def test_a_range_that_is_one_number_when_rounded_is_said_once() -> None:
    assert "it is 62.0%; for certain it is between" in said(likely_low=61.96, likely_high=62.04)


def test_a_range_without_a_value_is_still_said() -> None:
    text = said(**{**NOTHING, "low": 0.0, "high": 100.0}, records=3, in_doubt=3)
    assert text.startswith(
        "No value can be given. 3 of 3 records are in doubt. For certain it is between 0.0% and 100.0%."
    )


def test_a_suppressed_figure_lets_nothing_out_but_the_threshold() -> None:
    assert words.headline(suppressed(), metric(), (), 5) == "Not shown: it would tell of fewer than 5 people."


def test_what_a_chart_leaves_out_for_the_sake_of_few_people_is_said() -> None:
    assert words.withheld(0, 21, 5) == ""
    assert words.withheld(16, 21, 5) == "16 of 21 are not shown: each would tell of fewer than 5 people."
    assert words.withheld(1, 2, 5).startswith("1 of 2 is not shown")
    assert words.withheld(3, 3, 5).startswith("Every figure here would tell of fewer than 5 people, so none is shown.")


def test_no_records_is_no_value() -> None:
    assert said(**NOTHING, records=0, in_doubt=0) == "No value: no records are counted here."


def test_what_no_check_looks_at_is_named_and_no_range_is_claimed() -> None:
    text = said(unchecked=("District", "Issued on"))
    assert text == "62.0%. How far it can be trusted is not assessed: no check looks at District and Issued on."
    assert words.verdict(row(), assessed=False) == "Not assessed"


def test_the_cards_line_is_the_mocks() -> None:
    assert words.card_range(row(), metric()) == "Likely 60.8 to 63.5%, for certain 58.1 to 66.9% · target 70%"
    assert words.card_range(row(in_doubt=0), metric()) == "Target 70%"
    assert (
        words.card_range(row(likely_low=None, likely_high=None, target=None), metric()) == "For certain 58.1 to 66.9%"
    )


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (58.9, 62.0, "▲ 3.1 points on September"),
        (63.0, 62.0, "▼ 1.0 point on September"),
        (62.04, 62.0, "no change on September"),
    ],
)
def test_the_change_is_named_against_the_period_before(before, after, text) -> None:
    previous = row(value=before, period=date(2026, 9, 1))
    assert words.change(row(value=after), previous, metric()) == text


def test_a_change_over_the_new_year_says_the_year() -> None:
    previous = row(value=60.0, period=date(2025, 12, 1))
    assert words.change(row(period=date(2026, 1, 1)), previous, metric()).endswith("on December 2025")


def test_no_change_is_given_across_a_break_in_the_series() -> None:
    broken = metric(history=[{"version": 2, "on": date(2026, 10, 1), "what": "New rule.", "breaks_series": True}])
    previous = row(value=58.9, period=date(2026, 9, 1))
    assert words.change(row(), previous, broken) == "not comparable with September"


def test_no_change_is_given_without_both_figures() -> None:
    assert words.change(row(), None, metric()) == ""
    assert words.change(row(), suppressed(), metric()) == ""


def test_a_label_inside_a_sentence_keeps_its_capitals_only_where_they_are_letters_of_a_name() -> None:
    assert words.within("District") == "district"
    assert words.within("SEND team") == "SEND team"


def test_records_that_may_belong_elsewhere_are_weighed_in_words() -> None:
    # certainty §4, first case: 40 beyond doubt and 5 in doubt, of which 4 are expected to be members
    assert words.weighed(row(records=45, in_doubt=5, confidence=100 * 40 / 44)) == (
        "40 records are beyond doubt. Of the 5 in doubt about 4 may be expected to belong here."
    )
    assert "1 record is beyond doubt. Of the 9 in doubt fewer than one" in words.weighed(
        row(records=10, in_doubt=9, confidence=80.0)
    )


def test_nothing_is_weighed_where_every_record_in_doubt_belongs_here_or_none_is() -> None:
    assert words.weighed(row(records=45, in_doubt=5, confidence=100 * 40 / 45)) == ""
    assert words.weighed(row(records=45, in_doubt=0, confidence=100.0)) == ""
    assert words.weighed(suppressed()) == ""
