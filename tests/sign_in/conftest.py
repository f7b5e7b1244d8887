"""A state database, people and a gate of their own for each test, without a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from data_access.access import passwords, people_file
from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.access.person import Person
from data_access.state import attempts, sessions, times
from data_access.state.store import StateStore
from pages.server import running
from tests.browser_support import screenshot
from tests.serving import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "correct horse battery"


@pytest.fixture
def store(tmp_path: Path) -> StateStore:
    return StateStore("sqlite:///state/portal.db", tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def jo(folder: Path, password_hash: str) -> Person:
    """Somebody in the people file."""
    person = Person("jo", "Jo Bloggs", "jo@council.example", password_hash, ("staff",), (("quadrant", ("South",)),))
    people_file.put(folder, person)
    return person


@pytest.fixture
def gate(store: StateStore, folder: Path, jo: Person) -> Gate:
    assert jo.username == "jo"
    return Gate(store, People(folder, demonstration=lambda: False))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the clock of the state database on."""
    passed = timedelta()

    def now() -> datetime:
        return times.now() + passed

    def move(by: timedelta) -> None:
        nonlocal passed
        passed += by

    for module in (attempts, sessions):
        monkeypatch.setattr(module, "now", now)
    return move


@pytest.fixture(scope="module")
def script(demonstration: Path) -> Iterator[Path]:
    """The pages' script, with the demonstration open in this process; its figures are worked out once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(running.VARIABLE, str(demonstration))
        patched.setattr(running, "_live", None)
        yield ROOT / "pages" / "shell.py"
        running.running().portal.state.close()


@pytest.fixture
def form(script: Path) -> AppTest:
    """Home before anybody has signed in."""
    return AppTest.from_file(str(script), default_timeout=60).run()


@pytest.fixture
def breaches() -> Callable[[Page], list[str]]:
    """Collects what the browser's console says against the content security policy from now on."""

    def collect(page: Page) -> list[str]:
        said: list[str] = []
        page.on("console", lambda message: "Content Security" in message.text and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return said

    return collect


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Writes a screenshot among the tests' output."""

    def write(page: Page, name: str) -> None:
        screenshot(page, name)

    return write
