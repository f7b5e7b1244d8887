"""A served portal follows its files by itself: no restart, no new sign-in, and the page heals without a click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import NARROW, PATIENCE, SignIn, assert_axe_clean, assert_no_overflow, screenshot, settle
from tests.live.conftest import METRICS, PASSWORD
from tests.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SOON = 1000 * PATIENCE


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    draft = file.with_name(f"{file.name}~")
    draft.write_text(text.replace(old, new, 1), "utf-8")
    draft.replace(file)


def until_it_says(page: Page, words: str) -> None:
    """Clicks nothing that asks for anything: loads the page again until it has these words."""
    for _ in range(PATIENCE):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
        settle(page)
    raise AssertionError(f"'{words}' never came: {page.locator('body').inner_text()[:1500]}")


@pytest.mark.browser
def test_files_are_followed_while_people_work(chromium: Browser, serving: Callable[..., Served], folder: Path) -> None:
    portal = serving(folder)
    with SignIn(chromium, portal.address) as sign_in:
        olive = sign_in("olive", password=PASSWORD)
        ada = sign_in("ada", password=PASSWORD, viewport=NARROW, scheme="dark")
        edit(folder / METRICS, "name: Plans issued within 20 weeks", "name: Plans in time")
        until_it_says(olive, "Plans in time")
        edit(folder / METRICS, "numerator:", "numeratr:")
        (folder / "reports" / "weekly.yaml").write_text("title: [Weekly\n", "utf-8")
        until_it_says(ada, "The configuration has 2 problems")
        assert_no_overflow(ada)
        assert_axe_clean(ada)
        screenshot(ada, "broken-configuration-narrow-dark")
        olive.reload()
        settle(olive)
        assert olive.get_by_text("Plans in time").count()
        assert not olive.get_by_text("The configuration has").count()
        (folder / "reports" / "weekly.yaml").unlink()
        edit(folder / METRICS, "numeratr:", "numerator:")
        ada.locator(".st-key-condition").wait_for(state="detached", timeout=SOON)  # nobody has clicked
    log = portal.log.read_text(encoding="utf-8", errors="replace")
    assert "Unexpected error" not in log, log[-4000:]
    assert log.count("the last good one goes on") in (1, 2), "said once for each first problem, not at every look"
    assert log.count("whole again") == 1
