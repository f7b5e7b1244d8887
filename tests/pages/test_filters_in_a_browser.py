"""Filters act on everything, live in the address, and Back undoes them; a card opens its metric."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlparse

import pytest

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.questions import Query, Row
from tests.browser_support import Tabs, settle
from tests.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
REPORT, METRIC = "children-and-education", "ehcp_within_20_weeks"
TENDRING, HARLOW = "E07000076", "E07000073"
CARD = f".st-key-metric-{METRIC}"


@pytest.fixture
def ask(served: Served) -> Iterator[object]:
    """The same question put to the door directly."""
    door = Portal.open(served.config).for_viewer(Viewer("manager", "Manager", ("manager",)))

    def row(*districts: str, start: date = date(2026, 10, 1), end: date = date(2026, 10, 31)) -> Row:
        where = (("district", districts),) if districts else ()
        return door.ask(Query(METRIC, where=where, start=start, end=end)).rows[0]

    return row


def said(page: Page, place: str) -> str:
    return " ".join(page.locator(place).inner_text().split())


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def pick(page: Page, dimension: str, name: str) -> None:
    """Opens the dimension's filter, picks a value and closes it again."""
    page.locator(f".st-key-open-filter-{dimension} button").first.click()
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)
    page.keyboard.press("Escape")
    settle(page)


def pick_period(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Period").click()
    page.get_by_role("option", name=name, exact=True).click()
    settle(page)


def test_the_metric_page_shows_what_the_door_answers(tab_as: Tabs, ask) -> None:
    page = tab_as("manager", f"/metric?id={METRIC}")
    row = ask()
    text = said(page, ".st-key-range-text")
    assert text.startswith(f"{row.value:.1f}%. {row.in_doubt} of {row.records} records are in doubt.")
    assert f"between {row.likely_low:.1f}% and {row.likely_high:.1f}%" in text
    assert f"for certain it is between {row.low:.1f}% and {row.high:.1f}%" in text
    assert f"{int(row.confidence)} of every 100 records are beyond doubt" in said(page, ".st-key-confidence-panel")


def test_a_filter_acts_on_every_figure_range_and_chart_of_a_metric(tab_as: Tabs, ask) -> None:
    page = tab_as("manager", f"/metric?id={METRIC}")
    places = (".st-key-range-text", ".st-key-confidence-panel")
    before = [said(page, place) for place in places]
    drawn = [page.locator(f".st-key-{name} svg.marks").inner_html() for name in ("trend-chart", "breakdown")]
    pick(page, "district", "Tendring")
    assert parameters(page)["district"] == [TENDRING]
    row = ask(TENDRING)
    assert f"between {row.low:.1f}% and {row.high:.1f}%" in said(page, ".st-key-range-text")
    assert f"{int(row.confidence)} of every 100" in said(page, ".st-key-confidence-panel")
    assert [said(page, place) for place in places] != before
    for name, earlier in zip(("trend-chart", "breakdown"), drawn, strict=True):
        assert page.locator(f".st-key-{name} svg.marks").inner_html() != earlier
    page.get_by_role("button", name="Show as table").last.click()
    settle(page)
    assert page.locator(".st-key-breakdown tbody tr").count() == 1


def test_back_undoes_each_change_and_forward_does_it_again(tab_as: Tabs, ask) -> None:
    page = tab_as("manager", f"/report?id={REPORT}")
    shown = [said(page, f"{CARD} .pl-value")]
    pick(page, "district", "Tendring")
    shown.append(said(page, f"{CARD} .pl-value"))
    pick(page, "district", "Harlow")
    shown.append(said(page, f"{CARD} .pl-value"))
    assert shown == [f"{ask(*districts).value:.1f}%" for districts in ((), (TENDRING,), (TENDRING, HARLOW))]
    for step in (1, 0):
        page.go_back()
        settle(page)
        assert said(page, f"{CARD} .pl-value") == shown[step]
    page.go_forward()
    settle(page)
    assert said(page, f"{CARD} .pl-value") == shown[1]


def test_a_change_after_back_does_not_bring_the_undone_one_again(tab_as: Tabs) -> None:
    page = tab_as("manager", f"/report?id={REPORT}")
    pick(page, "district", "Tendring")
    page.go_back()
    settle(page)
    pick_period(page, "August 2026")
    assert "district" not in parameters(page)
    assert parameters(page)["period"] == ["2026-08-01"]


def test_a_link_reproduces_the_page_for_another_person(tab_as: Tabs) -> None:
    first = tab_as("manager", f"/report?id={REPORT}")
    pick(first, "district", "Tendring")
    pick_period(first, "August 2026")
    path = first.url.removeprefix(tab_as.address)
    second = tab_as("steward", path)
    assert said(second, f"{CARD} .pl-value") == said(first, f"{CARD} .pl-value")
    assert "Tendring" in said(second, ".st-key-filters")


def test_the_whole_card_opens_the_metric_with_the_filters_kept(tab_as: Tabs) -> None:
    page = tab_as("manager", f"/report?id={REPORT}&district={TENDRING}&period=2026-08-01")
    value = said(page, f"{CARD} .pl-value")
    box = page.locator(CARD).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + box["height"] - 6)
    page.locator(".st-key-confidence-panel").wait_for()
    settle(page)
    assert urlparse(page.url).path == "/metric"
    assert parameters(page) == {"id": [METRIC], "report": [REPORT], "district": [TENDRING], "period": ["2026-08-01"]}
    assert said(page, ".st-key-range-text").startswith(f"{value}. ")
    page.locator(".st-key-breadcrumb").get_by_role("link", name="Children and education").click()
    page.locator(CARD).wait_for()
    settle(page)
    assert said(page, f"{CARD} .pl-value") == value


def test_a_card_can_be_reached_and_opened_by_keyboard(tab_as: Tabs) -> None:
    page = tab_as("manager", f"/report?id={REPORT}")
    link = page.locator(f"{CARD} a")
    page.keyboard.press("Tab")  # the ring is for those who use the keyboard
    link.focus()
    outline = link.evaluate("link => getComputedStyle(link, '::after').outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.locator(".st-key-confidence-panel").wait_for()


def test_a_scoped_report_shows_only_the_viewers_own_records_and_says_so(tab_as: Tabs) -> None:
    own = tab_as("staff", "/report?id=send-quadrant")
    whole = tab_as("manager", "/report?id=send-quadrant")
    assert "only Quadrant: North East" in said(own, "[data-testid=stMain]")
    assert "only Quadrant" not in said(whole, "[data-testid=stMain]")
    place = ".st-key-metric-ehc_requests .pl-value"
    assert int(said(own, place)) < int(said(whole, place))
