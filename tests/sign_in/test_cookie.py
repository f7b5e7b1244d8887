"""The session's cookie: out of reach of scripts, and worth nothing copied, signed out or alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import SignIn, settle
from tests.serving import Served

from .looking import (
    REPORT,
    assert_form_alone,
    assert_signed_in,
    session_cookie,
    sign_out,
    wait_for_keys,
)

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Browser, Page

pytestmark = pytest.mark.browser


def test_no_script_can_read_the_cookie_and_no_other_site_is_sent_it(page_as: SignIn) -> None:
    page = page_as("manager")
    cookie = wait_for_keys(page)
    assert cookie.get("httpOnly") is True
    assert cookie.get("sameSite") == "Lax"
    assert cookie.get("expires") == -1, "it ends with the browser"
    assert str(cookie.get("value")) not in page.evaluate(
        "document.cookie + JSON.stringify({...localStorage, ...sessionStorage})"
    )


def test_it_brings_a_person_back_after_a_reload_and_in_another_tab(page_as: SignIn) -> None:
    page = page_as("manager", REPORT)
    wait_for_keys(page)
    page.reload()
    assert_signed_in(page, "manager")
    other = page.context.new_page()
    other.goto(page.url)
    assert_signed_in(other, "manager")
    assert other.url == page.url


def test_copied_to_another_browser_it_opens_nothing(page_as: SignIn, chromium: Browser, served: Served) -> None:
    page = page_as("manager", REPORT)
    cookie = wait_for_keys(page)
    with chromium.new_context() as thief:
        thief.add_cookies([{"name": str(cookie["name"]), "value": str(cookie["value"]), "url": served.address}])
        stolen = thief.new_page()
        stolen.goto(served.url(REPORT))
        assert_form_alone(stolen)
        stolen.reload()
        assert_form_alone(stolen)
    page.reload()
    assert_signed_in(page, "manager")


def test_with_a_made_up_browser_key_it_opens_nothing(page_as: SignIn, chromium: Browser, served: Served) -> None:
    cookie = wait_for_keys(page_as("manager"))
    name, value = str(cookie["name"]), str(cookie["value"])
    with chromium.new_context() as thief:
        thief.add_cookies([{"name": name, "value": value, "url": served.address}])
        thief.add_init_script(f"localStorage.setItem({name!r}, {value!r})")
        stolen = thief.new_page()
        stolen.goto(served.url(REPORT))
        assert_form_alone(stolen)


def test_after_signing_out_neither_it_nor_a_copy_of_the_whole_browser_opens_anything(
    page_as: SignIn, chromium: Browser, served: Served
) -> None:
    page = page_as("manager", REPORT)
    wait_for_keys(page)
    everything = page.context.storage_state()
    sign_out(page)
    with chromium.new_context(storage_state=everything) as copy:
        again = copy.new_page()
        again.goto(served.url(REPORT))
        assert_form_alone(again)


def test_signing_out_removes_it_from_the_browser(page_as: SignIn) -> None:
    page = page_as("manager")
    cookie = wait_for_keys(page)
    sign_out(page)
    for _ in range(100):
        if session_cookie(page.context) is None:
            break
        page.wait_for_timeout(50)
    assert session_cookie(page.context) is None
    assert page.evaluate("name => localStorage.getItem(name)", cookie["name"]) is None


def test_a_sign_in_of_another_tab_is_not_lost_with_it(page_as: SignIn, served: Served) -> None:
    first = page_as("manager")
    wait_for_keys(first)
    second = first.context.new_page()
    second.goto(served.url("/"))
    assert_signed_in(second, "manager")
    sign_out(first)
    first.get_by_label("Username", exact=True).fill("staff")
    first.get_by_label("Password", exact=True).fill("plumbline-demo")
    first.get_by_role("button", name="Login", exact=True).click()
    assert_signed_in(first, "staff")
    wait_for_keys(first)
    second.get_by_role("link", name="Home", exact=True).click()
    second.locator(".st-key-sign-in").wait_for()
    settle(second)
    first.reload()
    assert_signed_in(first, "staff")


def test_a_ticket_that_is_none_buys_nothing(stranger: APIRequestContext, served: Served) -> None:
    ours = {"Origin": served.address, "Content-Type": "application/json"}
    assert stranger.post(served.url("/sign-in/keep"), data='{"ticket": "made up"}', headers=ours).status == 403
    assert stranger.post(served.url("/sign-in/keep"), data='["ticket"]', headers=ours).status == 400


@pytest.mark.parametrize("route", ["/sign-in/keep", "/sign-in/forget"])
@pytest.mark.parametrize(
    "foreign",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=["no origin", "another origin", "another site", "a plain form"],
)
def test_another_site_cannot_use_the_routes(
    stranger: APIRequestContext, served: Served, route: str, foreign: dict[str, str]
) -> None:
    answer = stranger.post(served.url(route), data="{}", headers=foreign)
    assert answer.status == 400
    assert "set-cookie" not in answer.headers


def test_under_tls_it_is_sent_over_tls_only(stranger: APIRequestContext, served: Served) -> None:
    ours = {"Origin": served.address, "Content-Type": "application/json"}
    plain = stranger.post(served.url("/sign-in/forget"), data="{}", headers=ours).headers["set-cookie"]
    by_proxy = stranger.post(
        served.url("/sign-in/forget"), data="{}", headers={**ours, "X-Forwarded-Proto": "https"}
    ).headers["set-cookie"]
    assert "Secure" not in plain
    assert "Secure" in by_proxy
    assert all("HttpOnly" in header and "SameSite=lax" in header for header in (plain, by_proxy))


def test_every_answer_carries_the_security_headers(stranger: APIRequestContext, served: Served) -> None:
    for path in ("/", "/report", "/_stcore/health", "/nothing-here.js", "/sign-in/forget"):
        headers = stranger.get(served.url(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_whole_visit_keeps_to_the_content_security_policy(
    page_as: SignIn, served: Served, breaches: Callable[[Page], list[str]]
) -> None:
    page: Page = page_as.nobody(REPORT)
    seen = breaches(page)
    page.get_by_label("Username", exact=True).fill("manager")
    page.get_by_label("Password", exact=True).fill("plumbline-demo")
    page.get_by_role("button", name="Login", exact=True).click()
    assert_signed_in(page, "manager")
    wait_for_keys(page)
    for address in (REPORT, "/metric?id=ehcp_within_20_weeks", "/explore", "/"):
        page.goto(served.url(address))
        settle(page)
        assert_signed_in(page, "manager")
    sign_out(page)
    assert seen == []
