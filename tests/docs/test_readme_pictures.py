"""The pictures of README.md: taken here as they stand there, and what README says about them is on the page.

They are written to ``tests/output/readme/``. After a change of the page, copy them over those beside README.md.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import OUTPUT, SignIn, assert_painted, settle
from tests.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
README = (ROOT / "README.md").read_text(encoding="utf-8")
METRIC = "/metric?id=ehcp_within_20_weeks&report=send-quadrant"
WINDOW = (1440, 960)
PANEL = ".st-key-confidence-panel"


def size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its header."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


@pytest.fixture(scope="module")
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """The metric that README shows, as its manager sees it."""
    with SignIn(chromium, served.address) as sign_in:
        page = sign_in("manager", METRIC, viewport=WINDOW)
        page.locator(PANEL).wait_for()
        settle(page)
        yield page


def words(page: Page, part: str) -> str:
    return " ".join(page.locator(part).inner_text().split())


def test_the_pictures_are_taken_as_they_stand_in_the_readme(page: Page) -> None:
    assert assert_painted(page) > 0
    folder = OUTPUT / "readme"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(folder / "portal.png"), animations="disabled")
    # In a window high enough for the panel: the page scrolls inside, and a picture would end there.
    page.set_viewport_size({"width": WINDOW[0], "height": 1600})
    page.wait_for_timeout(400)
    panel, doubt = (page.locator(part).first.bounding_box() for part in (PANEL, f"{PANEL} .pl-doubts li"))
    assert panel is not None
    assert doubt is not None
    clip = {**panel, "height": doubt["y"] + doubt["height"] - panel["y"]}
    page.screenshot(path=str(folder / "confidence.png"), animations="disabled", clip=clip)
    assert re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README) == ["portal.png", "confidence.png"]
    assert size(folder / "portal.png") == size(ROOT / "portal.png") == WINDOW
    assert size(folder / "confidence.png")[0] == size(ROOT / "confidence.png")[0]


def test_the_sentence_at_the_top_is_the_one_on_the_page(page: Page) -> None:
    quoted = re.search(r"^> \*(.+?)\*$", README, re.MULTILINE | re.DOTALL)
    assert quoted is not None
    assert " ".join(quoted[1].replace("\n> ", " ").split()) == words(page, ".st-key-range-text")


def test_what_the_readme_says_about_the_panel_stands_on_it(page: Page) -> None:
    section = README.split("## Read the confidence panel")[1].split("\n## ")[0]
    quoted = re.findall(r"^\| \*([^*]+)\* \|", section, re.MULTILINE)
    assert len(quoted) >= 6
    assert [said for said in quoted if said not in words(page, PANEL)] == []
