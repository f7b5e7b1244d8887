"""On a fresh process, no address shows anything before somebody has signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import SignIn, settle
from tests.serving import Served, serve

from .looking import REPORT, assert_form_alone, assert_nothing_is_shown

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Browser, Page

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/",
    REPORT,
    "/metric?id=ehcp_within_20_weeks",
    "/explore?dataset=ehc_plans",
    "/quality",
    "/actions",
    "/board",
    "/catalogue",
    "/workbench",
    "/access",
)
FILES = ("/pages/report", "/pages/shell.py", "/config/portal.yaml", "/state/secret", "/app.py")
# What Streamlit's own page mechanism would open: the scripts by their names, and folders.
SCRIPTS = ("/shell", "/home", "/sign_in", "/refused", "/app")


@pytest.mark.parametrize("first", [REPORT, "/shell", "/home"])
def test_the_first_address_opened_on_a_fresh_process_shows_the_form_alone(
    first: str, chromium: Browser, demonstration: Path, tmp_path: Path
) -> None:
    with serve(demonstration, tmp_path / "log") as fresh, SignIn(chromium, fresh.address) as visitor:
        assert_form_alone(visitor.nobody(first))


def test_no_address_shows_anything_but_the_form(page_as: SignIn, served: Served) -> None:
    page = page_as.nobody("/")
    for address in ADDRESSES + SCRIPTS:
        page.goto(served.url(address))
        assert_form_alone(page)


def test_no_file_of_the_installation_is_served(page_as: SignIn, served: Served) -> None:
    page = page_as.nobody("/")
    for path in FILES:
        answer = page.request.get(served.url(path))
        assert "import streamlit" not in answer.text(), path
        assert "warehouse:" not in answer.text(), path
        page.goto(served.url(path))
        assert_nothing_is_shown(page)


def test_the_interface_for_programs_is_off(stranger: APIRequestContext, served: Served) -> None:
    assert stranger.post(served.url("/_stcore/agent/interact"), data={}).status == 403


def test_addresses_by_another_host_name_are_refused_while_the_password_is_public(
    stranger: APIRequestContext, served: Served
) -> None:
    answer = stranger.get(served.url(REPORT), headers={"Host": "portal.council.example"})
    assert answer.status == 403
    assert "this machine only" in answer.text()


def test_the_form_is_drawn_without_a_breach_of_the_content_security_policy(
    page_as: SignIn, breaches: Callable[[Page], list[str]]
) -> None:
    page = page_as.nobody("/")
    seen = breaches(page)
    page.reload()
    settle(page)
    assert_form_alone(page)
    assert seen == []
