"""Finding metrics and reports by words: by any of their texts, nearest names where there is nothing."""

from __future__ import annotations

import pytest

from data_access.definitions.models import Metric, Report
from data_access.questions import Standing
from pages.parts.search import entries, find
from tests.pages.fake_definitions import CONTRACTS, METRICS, REPORTS

STANDINGS = [
    Standing(
        metric, CONTRACTS[metric.dataset], tuple(id for id, report in REPORTS.items() if metric.id in report.metrics)
    )
    for metric in METRICS.values()
]
ALL = entries(STANDINGS, REPORTS)


def ids(words: str) -> list[str]:
    """The ids of what is found, in order."""
    return [one.found.id if isinstance(one.found, Report) else one.found.metric.id for one in find(words, ALL).entries]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("reviews", "reviews_on_time"),  # the name
        ("REVIEWS on Time", "reviews_on_time"),  # whatever the case, all words
        ("re_referrals", "re_referrals"),  # the id
        ("time reviews", "reviews_on_time"),  # in any order
        ("referral", "re_referrals"),  # part of a word
        ("governance", "information"),  # a report's title
        ("democracy", "information"),  # a report's owner
    ],
)
def test_what_is_meant_comes_first(words: str, first: str) -> None:
    assert ids(words)[0] == first


@pytest.mark.parametrize("words", ["lawful exception", "freedom of information", "steering board", "Activity"])
def test_definition_dataset_forum_and_sections_are_looked_through(words: str) -> None:
    assert ids(words)


def test_every_word_must_be_there() -> None:
    assert set(ids("plans weeks")) < set(ids("plans"))
    assert find("plans zebra", ALL).instead == "plans"


def test_a_name_comes_before_a_definition_that_has_the_word() -> None:
    found = ids("plans issued")
    assert found.index("plans_issued") < found.index("reviews_on_time")


def test_a_misspelt_word_gives_what_has_the_nearest() -> None:
    found = find("reveiws", ALL)
    assert found.instead == "reviews"
    assert found.entries[0].name == "Annual reviews on time"


@pytest.mark.parametrize("words", ["", "   ", "__", "?!", "xylophone", "qq"])
def test_nothing_is_found_where_nothing_is_near(words: str) -> None:
    found = find(words, ALL)
    assert found.entries == ()
    assert found.instead == ""


def test_marks_of_a_pattern_mean_themselves() -> None:
    assert ids("plan.*") == ids("plan")


def test_only_what_the_viewer_was_given_is_looked_through() -> None:
    few = entries([one for one in STANDINGS if one.metric.dataset == "foi_requests"], {})
    assert find("reviews", few).entries == ()
    assert find("reveiws", few).instead != "reviews"


def test_a_metric_is_found_by_its_reports_only_where_these_are_open() -> None:
    metric: Metric = METRICS["re_referrals"]
    [alone] = entries([Standing(metric, CONTRACTS[metric.dataset], ("children",))], {})
    assert not any("Children & Education forum" in field for field in alone.fields)
