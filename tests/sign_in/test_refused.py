"""An address without the right to it: refused, with the reason, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import Tabs, assert_axe_clean, settle
from tests.serving import Served

from .looking import REPORT, assert_signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def refusal(page: Page) -> str:
    box = page.locator(".st-key-refused")
    box.wait_for()
    settle(page)
    assert page.locator("[class*='st-key-metric-'], .st-key-confidence-panel").count() == 0
    return box.inner_text()


def test_a_page_without_the_right_to_it_is_refused_with_the_reason(tab_as: Tabs) -> None:
    page = tab_as("administrator", REPORT)
    words = refusal(page)
    assert "You do not have access to this" in words
    assert "administrator" in words or "report" in words.lower()
    assert_signed_in(page, "administrator")


@pytest.mark.parametrize("address", ["explore", "quality", "actions", "board", "catalogue", "workbench", "access"])
def test_a_page_that_this_version_lacks_is_refused_with_the_reason(tab_as: Tabs, address: str) -> None:
    assert "not part of this version" in refusal(tab_as("manager", f"/{address}"))


def test_a_report_is_refused_with_the_reason_whether_it_is_closed_or_does_not_exist(
    tab_as: Tabs, served: Served
) -> None:
    page = tab_as("staff", "/report?id=information-governance")
    assert "Your roles" in refusal(page)
    page.goto(served.url("/report?id=no-such-report"))
    assert "no-such-report" in refusal(page)


def test_a_page_that_is_not_granted_is_not_in_the_menu(tab_as: Tabs) -> None:
    page = tab_as("administrator")
    links = page.locator("[data-testid=stSidebar]").get_by_role("link").all_inner_texts()
    assert [text.strip() for text in links] == ["Home"]


def test_the_refusal_can_be_read_by_everybody(tab_as: Tabs, picture: Callable[[Page, str], None]) -> None:
    page = tab_as("administrator", REPORT)
    refusal(page)
    assert_axe_clean(page)
    picture(page, "refused-1440-light")
