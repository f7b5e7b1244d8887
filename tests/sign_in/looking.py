"""What the browser tests of signing in look for on a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from tests.browser_support import fill_sign_in, settle
from tests.serving import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Cookie, Page

PASSWORD = "plumbline-demo"
REPORT = "/report?id=children-and-education"
WRONG = "The username or the password is not right. Check both and try again."


def names_behind_the_sign_in() -> list[str]:
    """Titles and names out of the configuration, none of which may be seen before signing in."""
    reports = [yaml.safe_load(file.read_text()) for file in (ROOT / "config" / "reports").glob("*.yaml")]
    metrics = [
        metric for file in (ROOT / "config" / "metrics").glob("*.yaml") for metric in yaml.safe_load(file.read_text())
    ]
    return [report["title"] for report in reports] + [metric["name"] for metric in metrics]


def assert_nothing_is_shown(page: Page) -> None:
    """Neither a figure nor a title, a menu or a name: on the screen, in the page's title or hidden in it."""
    seen = page.content() + page.title()
    assert [name for name in names_behind_the_sign_in() if name in seen] == []
    assert page.locator("[data-testid=stSidebar]").count() == 0
    assert page.locator("[class*='st-key-metric-'], [class*='st-key-report-'], .st-key-confidence-panel").count() == 0
    assert re.search(r"\d%", page.locator("body").inner_text()) is None


def assert_form_alone(page: Page) -> None:
    page.locator(".st-key-sign-in").wait_for()
    settle(page)
    page.get_by_label("Username", exact=True).wait_for()
    assert_nothing_is_shown(page)


def assert_signed_in(page: Page, username: str) -> None:
    page.get_by_text(f"Signed in as {username}", exact=True).wait_for(state="attached")
    assert page.locator(".st-key-sign-in").count() == 0


def try_to_sign_in(page: Page, username: str, password: str) -> str:
    """Sends the form and returns what it answers."""
    fill_sign_in(page, username, password)
    settle(page)
    alert = page.get_by_role("alert")
    alert.wait_for()
    return alert.inner_text().strip()


def session_cookie(context: BrowserContext) -> Cookie | None:
    return next((cookie for cookie in context.cookies() if cookie.get("name", "").startswith("plumbline-")), None)


def wait_for_keys(page: Page) -> Cookie:
    """The session's cookie, once the page has fetched it and kept the browser's key."""
    for _ in range(100):
        cookie = session_cookie(page.context)
        if cookie is not None and page.evaluate("name => localStorage.getItem(name)", cookie.get("name")):
            return cookie
        page.wait_for_timeout(50)
    raise AssertionError("The browser did not get its keys.")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.locator(".st-key-sign-in").wait_for()
    settle(page)
