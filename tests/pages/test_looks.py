"""Every page as each role; wide, narrow and large, light and dark: nothing sticks out, graphics painted, axe clean.

Pictures go to ``tests/output/screenshots``, to be looked at: a test cannot say that a page is good to read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from data_access.access.demonstration_people import demonstration_people
from data_access.definitions.load import load
from tests.browser_support import (
    NARROW,
    WIDE,
    Tabs,
    assert_axe_clean,
    assert_no_overflow,
    assert_painted,
    fill_in,
    screenshot,
    settle,
)
from tests.serving import Served
from tests.sign_in.looking import assert_signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from data_access.definitions.models import Configuration

pytestmark = pytest.mark.browser
ROLES = ("manager", "staff", "steward", "analyst", "board", "administrator")
LARGE = (1920, 1080)
LOOKS = {
    "wide-light": (WIDE, "light"),
    "narrow-dark": (NARROW, "dark"),
    "wide-dark": (WIDE, "dark"),
    "narrow-light": (NARROW, "light"),
    "large-light": (LARGE, "light"),
    "large-dark": (LARGE, "dark"),
}
# Every page of every role in every look takes half an hour: PLUMBLINE_LOOKS=all, before a release.
ALL = os.environ.get("PLUMBLINE_LOOKS") == "all"


def pages(configuration: Configuration, role: str) -> Iterator[tuple[str, str]]:
    """Name and address of home, every report the role opens, as a page and on a shared screen, and metrics of each.

    Of each report the first metric; for the manager the first of each section.
    """
    yield "home", "/"
    for id in configuration.roles[role].reports:
        report = configuration.reports[id]
        if role in report.audience:
            yield f"report-{id}", f"/report?id={id}&screen=0"
            yield f"screen-{id}", f"/report?id={id}&screen=1"
            for section in report.sections if role == "manager" or ALL else report.sections[:1]:
                yield f"metric-{section.metrics[0]}", f"/metric?id={section.metrics[0]}&report={id}"


def looks(role: str, place: int) -> list[str]:
    """The looks of the page at this place among a role's pages, so chosen that every kind of page gets every look.

    The manager's first pages (home, a report, its screen, a metric) in all of them; the others by turns.
    """
    if ALL or (role == "manager" and place < 4):
        return list(LOOKS)
    return [list(LOOKS)[(place + ROLES.index(role)) % len(LOOKS)]]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_can_be_shown_to_anybody(tab_as: Tabs, served: Served, role: str) -> None:
    configuration = load(served.config)
    page = tab_as(role, "/")
    assert_signed_in(page, role)
    for place, (name, path) in enumerate(pages(configuration, role)):
        for look in looks(role, place):
            (width, height), scheme = LOOKS[look]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            visit(page, served.url(path))
            screenshot(page, f"screenshots/{role}-{name}-{look}")
            assert_no_overflow(page)
            graphics = assert_painted(page)
            # A first slide that says that nothing is missed has none.
            assert graphics > 0 or name == "home" or name.startswith("screen-"), f"No graphic on {name} for {role}"
            assert_axe_clean(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tables_open_filters_and_a_wrong_address_can_be_shown_too(tab_as: Tabs, served: Served, scheme) -> None:
    page = tab_as("manager", "/", scheme=scheme)
    metric = "/metric?id=ehcp_within_20_weeks"
    states = {
        "tables": f"{metric}&table=trend&table=breakdown&from=2026-01-05&to=2026-06-30",
        "wrong-address": f"{metric}&district=Narnia&period=soon",
        "filters": f"{metric}&district=E07000076",
    }
    for name, path in states.items():
        visit(page, served.url(path))
        if name == "filters":
            page.locator(".st-key-open-filter-district button").first.click()
            page.get_by_role("button", name="Harlow", exact=True).wait_for()
        screenshot(page, f"screenshots/state-{name}-{scheme}")
        assert_no_overflow(page)
        assert_axe_clean(page)


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("h1").first.wait_for()
    settle(page)
    fill_in(page)


def test_the_roles_looked_at_are_the_demonstrations() -> None:
    assert set(demonstration_people()) == set(ROLES)


def test_a_phone_and_a_desktop_show_the_same_cards(tab_as: Tabs, served: Served) -> None:
    page = tab_as("manager", "/report?id=children-and-education")
    cards = page.locator("[class*=st-key-metric-]")
    wide = cards.all_inner_texts()
    rows = {round(box["y"]) for box in (card.bounding_box() for card in cards.all()) if box}
    assert len(rows) < len(wide), "the cards of a section stand side by side on a desktop"
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    visit(page, served.url("/report?id=children-and-education"))
    assert page.locator("[class*=st-key-metric-]").all_inner_texts() == wide


def test_cards_in_a_row_are_equally_high(tab_as: Tabs) -> None:
    page = tab_as("manager", "/report?id=children-and-education")
    boxes = [card.bounding_box() for card in page.locator(".st-key-grid-0 [class*=st-key-metric-]").all()]
    first_row = [box for box in boxes if box and boxes[0] and abs(box["y"] - boxes[0]["y"]) < 1]
    assert len(first_row) == 3
    assert max(box["height"] for box in first_row) - min(box["height"] for box in first_row) < 1
