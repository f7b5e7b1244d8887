"""Through the form: the address survives, and a refusal gives nobody away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import NARROW, WIDE, SignIn, assert_axe_clean, assert_no_overflow, settle
from tests.serving import Served

from .looking import (
    REPORT,
    WRONG,
    assert_form_alone,
    assert_nothing_is_shown,
    assert_signed_in,
    sign_out,
    try_to_sign_in,
    wait_for_keys,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_address_and_parameters_survive_signing_in(page_as: SignIn, served: Served) -> None:
    address = f"{REPORT}&quadrant=South&quadrant=West&period=2026-09-01"
    page = page_as("manager", address)
    assert page.url == served.url(address)
    assert_signed_in(page, "manager")
    page.get_by_role("heading", name="Children and education").first.wait_for()


def test_an_unknown_person_and_a_wrong_password_are_told_the_same(page_as: SignIn) -> None:
    page = page_as.nobody(REPORT)
    for name in ("analyst", "nobody-at-all"):
        assert try_to_sign_in(page, name, "a wrong password") == WRONG
        assert_form_alone(page)


def test_an_empty_form_is_told_what_it_lacks(page_as: SignIn) -> None:
    assert try_to_sign_in(page_as.nobody("/"), "", "") == "Enter your username and your password."


def test_signing_out_ends_at_the_form_with_nothing_left_on_the_screen(page_as: SignIn, served: Served) -> None:
    page = page_as("manager", REPORT)
    page.locator("[class*='st-key-metric-']").first.wait_for()
    sign_out(page)
    assert page.get_by_text("You are signed out.").is_visible()
    assert_nothing_is_shown_but_an_empty_menu(page)
    page.goto(served.url(REPORT))
    assert_form_alone(page)


def assert_nothing_is_shown_but_an_empty_menu(page: Page) -> None:
    assert page.locator("[class*='st-key-metric-'], [class*='st-key-report-']").count() == 0
    assert page.get_by_text("Signed in as").count() == 0


def test_signing_out_in_one_tab_removes_the_figures_of_another_at_its_next_click(page_as: SignIn) -> None:
    first = page_as("manager", REPORT)
    wait_for_keys(first)
    second = first.context.new_page()
    second.goto(first.url)
    second.locator("[class*='st-key-metric-']").first.wait_for()
    settle(second)
    sign_out(first)
    second.get_by_role("link", name="Home", exact=True).click()
    second.locator(".st-key-sign-in").wait_for()
    settle(second)
    assert_nothing_is_shown_but_an_empty_menu(second)


def test_another_person_at_the_same_browser_starts_afresh(page_as: SignIn, served: Served) -> None:
    page = page_as("manager", REPORT)
    sign_out(page)
    page.goto(served.url("/"))
    settle(page)
    page.get_by_label("Username", exact=True).fill("administrator")
    page.get_by_label("Password", exact=True).fill("plumbline-demo")
    page.get_by_role("button", name="Login", exact=True).click()
    assert_signed_in(page, "administrator")
    wait_for_keys(page)
    page.reload()
    assert_signed_in(page, "administrator")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_form_can_be_used_by_everybody(
    page_as: SignIn, viewport: tuple[int, int], scheme: str, picture: Callable[[Page, str], None]
) -> None:
    page = page_as.nobody(REPORT, viewport=viewport, scheme=scheme)
    assert_no_overflow(page)
    assert_axe_clean(page)
    picture(page, f"sign-in-{viewport[0]}-{scheme}")
    assert_nothing_is_shown(page)
