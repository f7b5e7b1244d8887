"""In a served portal: a page that cannot be drawn says so, and draws itself when the cause is gone, without a click."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data_access.access import passwords, people_file
from data_access.access.person import Person
from data_access.warehouse.duckdb_engine import LOOK_EVERY
from tests.browser_support import SignIn, assert_axe_clean, assert_no_overflow, fill_sign_in, screenshot, settle
from tests.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
WITHIN = 60_000  # milliseconds until a page has drawn itself; it looks every ten seconds


def test_an_open_page_draws_itself_when_a_lost_warehouse_is_back(
    chromium: Browser, serving: Callable[..., Served], folder: Path, warehouse: Path
) -> None:
    jo = Person("jo", "Jo", "jo@council.example", passwords.hashed(PASSWORD), ("head",))
    people_file.put(folder, jo)
    portal = serving(folder)
    with SignIn(chromium, portal.address) as browser:
        page = browser.nobody("/metric?id=works_done")
        fill_sign_in(page, "jo", PASSWORD)
        figure, problem = page.locator(".st-key-confidence-panel"), page.locator(".st-key-problem")
        figure.wait_for()
        settle(page)

        away = warehouse.rename(warehouse.with_suffix(".away"))
        time.sleep(LOOK_EVERY)  # for so long the portal believes what it last saw
        page.get_by_role("link", name="Children and works").first.click()
        problem.wait_for()
        settle(page)
        said = page.locator("[data-testid=stMain]").inner_text()
        assert "The data cannot be read at the moment" in said
        assert "You need not do anything" in said
        assert_no_overflow(page)
        assert_axe_clean(page)
        screenshot(page, "mishap-lost-warehouse")
        away.rename(warehouse)
        page.locator(".st-key-metric-works_done").wait_for(timeout=WITHIN)
        assert problem.count() == 0
    log = portal.log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log
    assert log.count("The warehouse cannot be reached") == 1
    assert log.count("The warehouse can be reached again") == 1
