"""What ``scaffold`` drafts from the published file holds as it is: no problem, the published totals, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.real.drafts import answers, assert_checked, opened
from tests.real.pages import read

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def portal(draft: Path) -> ViewerPortal:
    return opened(draft)


@pytest.fixture(scope="module")
def figures(portal: ViewerPortal) -> dict[str, Row]:
    return answers(portal)


def test_check_finds_nothing_to_say(draft: Path) -> None:
    assert_checked(draft)


def test_every_drafted_metric_answers(figures: dict[str, Row]) -> None:
    assert len(figures) >= 3
    assert figures["lad_month_category_c_records"].value == 213_557


def test_the_drafted_total_is_the_published_one_and_no_guessed_limit_cuts_it(figures: dict[str, Row]) -> None:
    """99 of 100 rows have at most 139 reports, the largest 3,433: a limit between them would put true rows in doubt."""
    total = figures["lad_month_category_c_reports"]
    assert (total.value, total.low, total.high, total.in_doubt) == (2_291_966, 2_291_966, 2_291_966, 0)


def test_numbers_of_reporters_are_not_drafted_as_a_total(portal: ViewerPortal, figures: dict[str, Row]) -> None:
    """They must not be added up; the draft has no way to know, and offers the first number of the table alone."""
    measures = {portal.metric(metric)[0].measure for metric in figures}
    assert "reports" in measures
    assert not {"unique_users", "average_per_user"} & measures


def test_the_total_can_be_asked_by_district(portal: ViewerPortal) -> None:
    rows = portal.ask(Query("lad_month_category_c_reports", by=("lad",))).rows
    assert len(rows) == 379


def test_home_has_the_drafted_figures(
    monkeypatch: pytest.MonkeyPatch, portal: ViewerPortal, figures: dict[str, Row]
) -> None:
    text = read(monkeypatch, portal, "home")
    assert "1 report is open to you" in text
    assert f"{len(figures)} metrics" in text
    assert "Data to 1 Dec 2020" in text
