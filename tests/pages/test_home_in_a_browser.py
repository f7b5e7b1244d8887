"""Home as a person uses it: searching by keyboard, opening what was found, and finding it again on the way back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser_support import Tabs, assert_axe_clean, assert_no_overflow, fill_in, settle

pytestmark = pytest.mark.browser
SEARCH = "Search metrics and reports"


def test_a_figure_is_found_and_opened_by_keyboard_and_found_again_on_the_way_back(tab_as: Tabs) -> None:
    page = tab_as("manager", "/")
    fill_in(page)
    page.get_by_label(SEARCH).focus()
    page.keyboard.type("plans weeks")
    page.keyboard.press("Enter")
    settle(page)
    results = page.locator(".st-key-results")
    assert results.get_by_role("heading").first.inner_text().endswith("for “plans weeks”")
    assert_no_overflow(page)
    assert_axe_clean(page)

    found = results.get_by_role("link").first
    name = found.inner_text().removeprefix("Open ")
    for _ in range(10):  # the box, the button that clears it, what was found
        page.keyboard.press("Tab")
        if found.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    settle(page)
    asked = parse_qs(urlparse(page.url).query)
    assert urlparse(page.url).path == "/metric"
    assert asked["id"]
    assert asked["report"]

    page.go_back()
    settle(page)
    assert parse_qs(urlparse(page.url).query) == {"q": ["plans weeks"]}
    assert page.get_by_label(SEARCH).input_value() == "plans weeks"
    assert results.get_by_role("link").first.inner_text() == f"Open {name}"
    page.get_by_role("button", name="Clear search").click()
    results.wait_for(state="detached")
    assert "q=" not in page.url


def test_what_needs_attention_opens_with_the_report_that_shows_it_and_the_same_figure(tab_as: Tabs) -> None:
    page = tab_as("staff", "/")
    fill_in(page)
    row = page.locator(".st-key-attention [class*=st-key-stand-]").first
    value = row.locator(".pl-stand-value").inner_text()
    name = row.get_by_role("heading").inner_text()
    row.click()  # its link covers all of it
    page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
    settle(page)
    assert page.locator(".st-key-range-text").inner_text().startswith(f"{value}.")
