"""A report on a shared screen as a room sees it: large, whole, without a menu, and gone with the session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlparse

import pytest

from data_access.access import passwords, people_file
from data_access.access.person import Person
from pages.parts import screen_watch
from tests.browser_support import (
    NARROW,
    SCRIPTS,
    WIDE,
    SignIn,
    Tabs,
    assert_axe_clean,
    assert_no_overflow,
    assert_painted,
    screenshot,
    settle,
)
from tests.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SCREEN = (1920, 1080)
REPORT = "/report?id=children-and-education"
SLIDE = ".st-key-board-slide"
SMALLEST = 30  # pixels on a screen of 1920×1080; see screen.css
TARGET = 64


@pytest.fixture(scope="module")
def page(readers: Tabs) -> Iterator[Page]:
    """One tab of the person who sees most, for all that only looks."""
    tab = readers.open("steward", viewport=SCREEN)
    yield tab
    tab.close()


def show(page: Page, served: Served, path: str, size: tuple[int, int] = SCREEN) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(served.url(path))
    page.locator(".st-key-screen").wait_for()
    settle(page)


def place(page: Page) -> str:
    return page.locator(".pl-slide-place").inner_text()


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def small_or_hidden(page: Page, limit: float) -> list[str]:
    return page.evaluate((SCRIPTS / "small_type.js").read_text(encoding="utf-8"), limit)


def press(page: Page, key: str) -> str:
    page.keyboard.press(key)
    settle(page)
    return place(page)


def assert_no_menu(page: Page) -> None:
    """Nothing of it; after a link, Streamlit keeps the empty frame of a sidebar until the next run, out of sight."""
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert page.locator("[data-testid=stSidebar] [data-testid=stElementContainer]").count() == 0


def test_every_slide_can_be_read_from_afar_and_shows_whole_without_scrolling(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1")
    count = int(place(page).split(" of ")[1])
    assert count > 1
    for number in range(1, count + 1):
        assert place(page) == f"{number} of {count}"
        assert small_or_hidden(page, SMALLEST) == []
        for button in page.locator(".st-key-screen button").all():
            box = button.bounding_box()
            assert box
            assert box["height"] >= TARGET
        assert_no_overflow(page)
        assert_painted(page)
        screenshot(page, f"screenshots/slide-{number}")
        page.keyboard.press("PageDown")
        settle(page)


def test_three_rows_with_the_longest_names_fit_on_every_screen(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1")
    page.evaluate((SCRIPTS / "fullest_slide.js").read_text(encoding="utf-8"))
    for width, height in (SCREEN, (3840, 2160), WIDE, (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        scale = min(width / SCREEN[0], height / SCREEN[1])
        assert small_or_hidden(page, max(SMALLEST * scale, 16) - 0.1) == []
        assert_no_overflow(page)
        screenshot(page, f"screenshots/slide-fullest-{width}")


def test_no_menu_no_name_and_no_way_to_another_page(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1")
    assert page.locator("[data-testid=stSidebar]").count() == 0
    assert not page.locator("[data-testid=stHeader], [data-testid=stToolbar]").first.is_visible()
    assert page.locator("[data-testid=stMain] a").count() == 0
    seen = page.locator("body").inner_text()
    assert [name for name in ("Signed in", "steward", "Demonstration steward", "@") if name in seen] == []
    assert "Demonstration: these figures are made up" in seen


def test_keys_move_between_slides_and_back_undoes_each_move(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1")
    last = place(page).split(" of ")[1]
    seen = [press(page, key)[0] for key in ("ArrowRight", "PageDown", "PageUp", "ArrowLeft", "ArrowLeft", " ", "Home")]
    assert seen == ["2", "3", "2", "1", "1", "2", "1"]
    assert press(page, "End") == f"{last} of {last}"
    assert press(page, "PageDown") == f"{last} of {last}"
    assert press(page, "Escape") == f"{last} of {last}", "clickers send it: it must not lead to one's own page"
    assert parameters(page)["slide"] == [last]
    for number in ("1", "2"):
        page.go_back()
        settle(page)
        assert place(page)[0] == number
    assert page.locator(".st-key-screen-keys-place [role=status]").inner_text().startswith("Slide 2 of")
    page.locator(".st-key-screen-next button").click()
    settle(page)
    assert place(page)[0] == "3"


def test_leaving_brings_the_menu_back_and_each_way_is_a_step_of_the_history(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1&slide=2")
    page.keyboard.press("Tab")  # the ring is for those who use the keyboard
    leave = page.locator(".st-key-screen-leave button")
    leave.focus()
    assert leave.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("[data-testid=stSidebar]").wait_for()
    settle(page)
    assert parameters(page) == {"id": ["children-and-education"], "screen": ["0"]}
    assert page.locator("[class*=st-key-metric-]").count() > 1
    page.locator(".st-key-title-line").get_by_role("link", name="Shared screen").click()
    page.locator(SLIDE).wait_for()
    settle(page)
    assert_no_menu(page)
    assert parameters(page) == {"id": ["children-and-education"], "screen": ["1"]}
    page.go_back()
    page.locator(SLIDE).wait_for(state="detached")
    settle(page)
    assert parameters(page)["screen"] == ["0"]
    page.locator(".st-key-sidebar-reports").get_by_role("link", name="Information governance").click()
    page.get_by_role("heading", name="Information governance", exact=True).wait_for()
    settle(page)
    assert parameters(page) == {"id": ["information-governance"]}


def test_what_cannot_be_applied_is_named_large_and_without_a_persons_number(page: Page, served: Served) -> None:
    show(page, served, f"{REPORT}&screen=1&child_id=4711&slide=99")
    said = page.locator(".st-key-unusable").inner_text()
    assert "personal data is not shown on a shared screen" in said
    assert "4711" not in page.locator("body").inner_text()
    assert page.locator(SLIDE).count() == 0
    assert small_or_hidden(page, SMALLEST) == []
    assert_axe_clean(page)
    page.get_by_role("button", name="Show the page without it").click()
    settle(page)
    assert "slide: it is not one of the" in page.locator(".st-key-unusable").inner_text().replace("\n", " ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_on_a_large_and_on_a_small_screen(page: Page, served: Served, scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    show(page, served, f"{REPORT}&screen=1")
    for width, height in (SCREEN, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        assert_no_overflow(page)
        assert_painted(page)
        assert_axe_clean(page)
        screenshot(page, f"screenshots/slide-{width}-{scheme}")


def test_a_boards_report_opens_on_the_shared_screen_from_its_own_link(tab_as: Tabs) -> None:
    page = tab_as("board", "/", viewport=SCREEN)
    page.locator(".st-key-sidebar-reports").get_by_role("link", name="Children and education").click()
    page.locator(SLIDE).wait_for()
    settle(page)
    assert "screen" not in parameters(page)
    assert_no_menu(page)
    page.go_back()
    page.locator("[data-testid=stSidebar]").wait_for()


# -- the timed check -----------------------------------------------------------------------------


def wait_for_the_check(page: Page) -> None:
    """Lets the browser's own clock jump to the next check."""
    page.clock.fast_forward(1000 * (screen_watch.EVERY + 1))


def watched(sign_in: SignIn, username: str, **options: str) -> Page:
    """A shared screen in a browser whose clock the test moves."""
    page = sign_in(username, f"{REPORT}&screen=1", viewport=SCREEN, **options)
    page.clock.install()
    page.reload()
    page.locator(".pl-slide-figure").first.wait_for()
    settle(page)
    return page


def test_the_picture_goes_when_the_session_ends_elsewhere(page_as: SignIn) -> None:
    page = watched(page_as, "manager")
    other = page.context.new_page()
    other.goto(f"{page_as.address}/")
    other.get_by_role("button", name="Sign out").click()
    other.locator(".st-key-sign-in").wait_for()
    assert page.locator(".pl-slide-figure").count() > 0, "nobody touched it, and the time has not come"
    wait_for_the_check(page)
    page.locator(".st-key-sign-in").wait_for()
    settle(page)
    assert page.locator(".st-key-screen").count() == 0


def test_the_picture_stays_while_the_session_holds_and_goes_with_the_role(page_as: SignIn, served: Served) -> None:
    def visitor(role: str) -> Person:
        return Person("visitor", "A visitor", "", hashed, (role,))

    password = "correct horse battery"
    hashed = passwords.hashed(password)
    people_file.put(served.config, visitor("manager"))
    try:
        page = watched(page_as, "visitor", password=password)
        wait_for_the_check(page)
        settle(page)
        assert page.locator(".pl-slide-figure").count() > 0
        people_file.put(served.config, visitor("administrator"))
        wait_for_the_check(page)
        page.locator(".st-key-refused").wait_for()
        settle(page)
        assert page.locator(".st-key-screen").count() == 0
        page.clock.fast_forward(1000 * (screen_watch.EVERY + 1))
        settle(page)
        assert page.locator(".st-key-refused").count() == 1
    finally:
        people_file.remove(served.config, "visitor")
