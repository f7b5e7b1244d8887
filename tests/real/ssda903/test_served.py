"""A person of the installation signs in and reads, on the page, the figures of the independent SQL."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.browser_support import (
    NARROW,
    SignIn,
    Tabs,
    assert_axe_clean,
    assert_no_overflow,
    assert_painted,
    screenshot,
    settle,
)
from tests.real.ssda903.independent.figures import COUNTS, SHARES, Figure, figures
from tests.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.real, pytest.mark.browser]

PASSWORD = "Fostering-and-adoption-2018"
PEOPLE = {"head.of.service": "manager", "reviewing.officer": "reviewing_officer"}
QUARTERLY = ("children_by_first_episode", "unaccompanied_children", "pupil_number_usable")
REPORT = "/report?id=looked_after_return"


@pytest.fixture(scope="module")
def served_return(installation: Path, serving: Callable[..., Served]) -> Served:
    """The return's portal with two people of its own, added as an administrator would."""
    for username, role in PEOPLE.items():
        command = [sys.executable, "-m", "data_access", "--config", str(installation), "users", "add", username]
        subprocess.run([*command, "--role", role], cwd=ROOT, input=f"{PASSWORD}\n", text=True, check=True)
    return serving(installation)


@pytest.fixture(scope="module")
def readers_of_the_return(chromium: Browser, served_return: Served) -> Iterator[Tabs]:
    with SignIn(chromium, served_return.address) as sign_in:
        yield Tabs(sign_in, PASSWORD)


@pytest.fixture
def tab_as(readers_of_the_return: Tabs) -> Iterator[Tabs]:
    """As of the demonstration, here of this portal and its own people."""
    yield readers_of_the_return
    readers_of_the_return.close()


def _latest(connection: duckdb.DuckDBPyConnection, metric: str) -> Figure:
    """The last period of the return: its last quarter, or March 2018."""
    quarter = metric in QUARTERLY
    start = date(2018, 1, 1) if quarter else date(2018, 3, 1)
    return figures(connection, metric, "quarter" if quarter else "month", start=start)[start, None]


def _written(number: float | None, metric: str) -> str:
    assert number is not None
    return f"{number:,.1f}" if metric in SHARES else f"{number:,.0f}"


def _says(text: str, metric: str, figure: Figure) -> None:
    """The text holds the value, the certain range and the records in doubt; words between them are free."""
    plain = " ".join(text.split())
    if figure.value is not None:
        assert re.search(rf"(?<![\d.,]){re.escape(_written(figure.value, metric))}(?![\d])", plain), (metric, plain)
    if figure.in_doubt:
        low, high = (re.escape(_written(end, metric)) for end in (figure.low, figure.high))
        assert re.search(rf"[Ff]or certain\D* {low}\D+{high}(?!\d)", plain), (metric, low, high, plain)
        assert f"{figure.in_doubt:,} of {figure.records:,} records are in doubt" in plain, (metric, plain)


def test_every_card_of_the_report_says_the_independent_figure(
    tab_as: Tabs, independent: duckdb.DuckDBPyConnection
) -> None:
    page = tab_as("head.of.service", REPORT)
    for metric in COUNTS + SHARES:
        _says(page.locator(f".st-key-metric-{metric}").inner_text(), metric, _latest(independent, metric))
    assert "Demonstration" not in page.locator("body").inner_text()
    assert_painted(page)
    assert_no_overflow(page)
    screenshot(page, "real-ssda903-report")
    assert_axe_clean(page)


@pytest.mark.parametrize("metric", ["placed_with_own_parents", "reviews_held", "pupil_number_usable"])
def test_a_card_opens_its_metric_whose_panel_says_the_independent_figure(
    tab_as: Tabs, independent: duckdb.DuckDBPyConnection, metric: str
) -> None:
    page = tab_as("head.of.service", REPORT)
    page.locator(f".st-key-metric-{metric}").click()
    page.locator(".st-key-confidence-panel").wait_for()
    settle(page)
    assert f"id={metric}" in page.url
    figure = _latest(independent, metric)
    _says(page.locator(".st-key-confidence-panel .st-key-range-text").inner_text(), metric, figure)
    assert_painted(page)
    assert_no_overflow(page)
    screenshot(page, f"real-ssda903-metric-{metric}")


def test_the_breakdown_by_need_lists_the_independent_figures_as_a_table(
    tab_as: Tabs, independent: duckdb.DuckDBPyConnection
) -> None:
    path = "/metric?id=placed_with_own_parents&by=cin&table=breakdown"
    page = tab_as("head.of.service", path)
    text = " ".join(page.locator(".st-key-breakdown").inner_text().split())
    start = date(2018, 3, 1)
    by_need = figures(independent, "placed_with_own_parents", "month", "cin", start=start)
    for (_, need), figure in by_need.items():
        if figure.value is not None:
            row = text[text.index(NEEDS[str(need)]) :][:160]
            assert _written(figure.value, "placed_with_own_parents") in row, (need, row)
            assert _written(figure.high, "placed_with_own_parents") in row, (need, row)


NEEDS = {
    "N1": "Abuse or neglect",
    "N2": "Child's disability",
    "N3": "Parental illness or disability",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
}


def test_the_report_and_a_metric_fit_a_telephone_in_the_dark(tab_as: Tabs) -> None:
    page = tab_as("head.of.service", REPORT, viewport=NARROW, scheme="dark")
    _looked_at(page, "real-ssda903-report-narrow-dark")
    page = tab_as("head.of.service", "/metric?id=reviews_with_views", viewport=NARROW, scheme="dark")
    _looked_at(page, "real-ssda903-metric-narrow-dark")


def _looked_at(page: Page, name: str) -> None:
    assert_painted(page)
    assert_no_overflow(page)
    screenshot(page, name)


def test_a_role_without_the_report_is_refused_it(tab_as: Tabs) -> None:
    page = tab_as("reviewing.officer", REPORT)
    page.locator(".st-key-refused").wait_for()
    assert page.locator("[class*=st-key-metric-]").count() == 0
