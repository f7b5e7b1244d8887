"""What browser tests share: finding a Chromium, signing in, waiting, and looking hard at a page.

Pages are found by ``.st-key-<key>``; a page is ready when its script has stopped running and stayed so.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from axe_playwright_python.sync_playwright import Axe

from start import DEMONSTRATION_PASSWORD
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Scheme = Literal["light", "dark"]
WIDE = (1440, 900)
NARROW = (390, 844)
OUTPUT = Path(__file__).parent / "output"
SCRIPTS = Path(__file__).parent / "browser_scripts"
STEADY = 0.3  # seconds without a rerun: signing in and page links run the script more than once
PATIENCE = 30  # seconds for one page on a busy machine with two cores
ARGUMENTS = (
    "--no-sandbox",  # a root account (CI) cannot use Chromium's sandbox; only our own pages are opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Path of a Chromium that is already here, or None. Getting one is ``start.py test``'s business."""
    return chromium.on_path() or chromium.playwrights_own(sys.executable)


@contextmanager
def launch(executable: str) -> Iterator[Browser]:
    """A headless Chromium for as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class SignIn:
    """Opens pages of one served portal as its demonstration people; closes their contexts at the end."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self._contexts: list[BrowserContext] = []

    def __enter__(self) -> SignIn:
        return self

    def __exit__(self, *_: object) -> None:
        for context in self._contexts:
            context.close()

    def nobody(self, path: str = "/", *, viewport: tuple[int, int] = WIDE, scheme: Scheme = "light") -> Page:
        """The address in a fresh browser, not signed in."""
        size = {"width": viewport[0], "height": viewport[1]}
        context = self.browser.new_context(
            viewport=size, color_scheme=scheme, locale="en-GB", timezone_id="Europe/London"
        )
        context.set_default_timeout(PATIENCE * 1000)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(self.address + path)
        settle(page)
        return page

    def __call__(
        self,
        username: str,
        path: str = "/",
        *,
        password: str = DEMONSTRATION_PASSWORD,
        viewport: tuple[int, int] = WIDE,
        scheme: Scheme = "light",
    ) -> Page:
        """The address in a fresh browser, signed in through the form as a person would."""
        page = self.nobody(path, viewport=viewport, scheme=scheme)
        fill_sign_in(page, username, password)
        page.locator(".st-key-sign-in").wait_for(state="detached")
        settle(page)
        _wait_for_keys(page)
        return page


class Tabs:
    """Opens addresses in tabs of browsers in which each person signs in once, for tests that only look.

    Signing in takes longer than most of what they look at. A test that signs out, or is signed out, needs a SignIn.
    """

    def __init__(self, sign_in: SignIn, password: str = DEMONSTRATION_PASSWORD) -> None:
        self.address = sign_in.address
        self._sign_in = sign_in
        self._password = password
        self._browsers: dict[str, BrowserContext] = {}
        self._tabs: list[Page] = []

    def __call__(
        self, username: str, path: str = "/", *, viewport: tuple[int, int] = WIDE, scheme: Scheme = "light"
    ) -> Page:
        """The address in a new tab, which ``close`` closes."""
        self._tabs.append(self.open(username, path, viewport=viewport, scheme=scheme))
        return self._tabs[-1]

    def open(
        self, username: str, path: str = "/", *, viewport: tuple[int, int] = WIDE, scheme: Scheme = "light"
    ) -> Page:
        """The address in a new tab: as a person signs in the first time, later as one comes back to it."""
        if username in self._browsers:
            page = self._browsers[username].new_page()
            come_back(page, self.address + path, viewport, scheme)
            return page
        page = self._sign_in(username, path, password=self._password, viewport=viewport, scheme=scheme)
        self._browsers[username] = page.context
        return page

    def close(self) -> None:
        """Closes the tabs; their people stay signed in."""
        while self._tabs:
            self._tabs.pop().close()


def come_back(page: Page, address: str, viewport: tuple[int, int], scheme: Scheme) -> None:
    """Opens an address where somebody is signed in, in a window of this size."""
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.locator("h1").first.wait_for()
    settle(page)


def _wait_for_keys(page: Page) -> None:
    """Waits until the browser holds what brings it back after a reload."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        cookies = [str(cookie.get("name")) for cookie in page.context.cookies()]
        if any(page.evaluate("name => localStorage.getItem(name) !== null", name) for name in cookies):
            return
        page.wait_for_timeout(40)
    raise AssertionError(f"The browser was not given its keys within {PATIENCE} s: {page.url}")


def fill_sign_in(page: Page, username: str, password: str) -> None:
    """Fills and sends the form; says nothing about whether it let the person in."""
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Login", exact=True).click()


def settle(page: Page) -> None:
    """Waits until the page's script has not run for a moment. Raises AssertionError after PATIENCE seconds."""
    # Not wait_for_function: the portal's content security policy forbids the eval that it needs.
    until = time.monotonic() + PATIENCE
    since: float | None = None
    while time.monotonic() < until:
        if page.locator("[data-testid=stApp][data-test-script-state=notRunning]").count():
            since = since or time.monotonic()
            if time.monotonic() - since >= STEADY:
                return
        else:
            since = None
        page.wait_for_timeout(40)
    raise AssertionError(f"The page was still running after {PATIENCE} s: {page.url}")


def fill_in(page: Page) -> None:
    """Waits until home has all its figures: after a start they are worked out one by one."""
    waiting = page.locator(".st-key-waiting")
    if waiting.count():
        waiting.wait_for(state="detached", timeout=4 * PATIENCE * 1000)
        settle(page)


def screenshot(page: Page, name: str) -> Path:
    """Writes ``tests/output/<name>.png``, the whole page and not only what the window shows."""
    OUTPUT.mkdir(exist_ok=True)
    size = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    height = int(page.evaluate(_script("full_height")))
    file = OUTPUT / f"{name}.png"
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, 8000))})
    page.wait_for_timeout(150)  # charts that follow their container's size are drawn again
    page.screenshot(path=str(file), animations="disabled")
    page.set_viewport_size(size)
    return file


def assert_no_problem(page: Page) -> None:
    """The page was drawn to its end: neither our own words for an error nor Streamlit's stand on it."""
    said = page.locator(".st-key-problem, [data-testid=stException]").all_inner_texts()
    assert not said, f"At {page.url}:\n" + "\n".join(said)


def assert_no_overflow(page: Page) -> None:
    """Nothing sticks out at the right, except inside a box that scrolls by itself (a wide table)."""
    wide = page.evaluate(_script("overflow"))
    assert not wide, f"Wider than the window at {page.url}:\n" + "\n".join(wide)


def assert_painted(page: Page) -> int:
    """Every image and chart has loaded and holds more than one colour. Returns how many there are."""
    graphics = page.evaluate(_script("graphics"))
    blank = [graphic["what"] for graphic in graphics if not graphic["painted"]]
    assert not blank, f"Not painted at {page.url}:\n" + "\n".join(blank)
    return len(graphics)


def assert_axe_clean(page: Page, *, ignoring: dict[str, str] | None = None) -> None:
    """No finding of axe's rules; ``ignoring`` maps a rule to the reason why it cannot be met."""
    switched_off = {rule: {"enabled": False} for rule in ignoring or {}}
    results = Axe().run(page, options={"resultTypes": ["violations"], "rules": switched_off})
    assert not results.violations_count, f"At {page.url}\n{results.generate_report()}"


def _script(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
