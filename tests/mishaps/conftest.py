"""The small portal of ``tests/leaks`` with people who may sign in, and its pages, on files that tests may break."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data_access.access import people_file
from data_access.access.person import Person
from data_access.warehouse import duckdb_engine
from pages import session
from pages.parts.again import SAID
from pages.server import running
from tests.leaks.conftest import folder as small_folder
from tests.leaks.conftest import portal
from tests.serving import ROOT

__all__ = ["portal", "small_folder"]  # fixtures

HASH = "$2b$04$" + "a" * 53  # nobody signs in with a password here
ROLES = """
manager: {pages: [home, report, metric], reports: [both], datasets: [children, works], see: [exact_counts]}
administrator: {pages: [home, report, metric], reports: [both], datasets: [children, works], see: [administer]}
"""
BOTH = """
title: Children and works
forum: Board
owner: Olive
audience: [manager, administrator]
sections: [{title: All, metrics: [children_seen, works_done]}]
"""
Show = Callable[..., AppTest]


@pytest.fixture
def folder(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its configuration; every look at a file is a real one."""
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 0.0)
    with (small_folder / "roles.yaml").open("a", encoding="utf-8") as file:
        file.write(ROLES.replace("manager:", "head:").replace("[manager, ", "[head, "))
    (small_folder / "reports" / "both.yaml").write_text(BOTH.replace("manager", "head"), encoding="utf-8")
    for name, role in (("jo", "head"), ("alex", "administrator")):
        people_file.put(small_folder, Person(name, name.title(), f"{name}@council.example", HASH, (role,)))
    return small_folder


@pytest.fixture
def warehouse(folder: Path) -> Path:
    return folder.parent / "state" / "test.duckdb"


@pytest.fixture
def database(folder: Path) -> Path:
    return folder.parent / "state" / "portal.db"


@pytest.fixture
def show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Opens a page as somebody who is signed in: ``show("metric", "jo", id="works_done")``."""
    monkeypatch.setenv(running.VARIABLE, str(folder))
    monkeypatch.setattr(running, "_live", None)

    def opened(page: str = "", who: str = "jo", **parameters: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
        test._page_hash = calc_hash(page)  # AppTest's own way knows only pages that are files
        test.query_params.update(parameters)
        test.session_state[session.ID] = running.running().gate.open(who)
        return test.run()

    yield opened
    if running._live is not None:
        running._live.now.portal.state.close()


def words(test: AppTest) -> str:
    """All that a page says, without its marks."""
    assert not test.exception
    said = [one.value.replace("\\", "") for one in (*test.title, *test.markdown, *test.error)]
    shown = [element.proto.body for element in test.get("html") if not element.proto.body.startswith("<style")]
    return "\n".join([*said, *(re.sub(r"<[^>]+>", " ", body) for body in shown)])


def in_trouble(test: AppTest) -> bool:
    """Whether it is a page that says what is wrong, and looks again by itself."""
    return SAID in words(test)


def open_files(path: Path) -> int:
    """How many handles this process has on the file, or on those that stood in its place before."""
    links = []
    for number in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):  # the listing's own
            links.append(Path(os.readlink(f"/proc/self/fd/{number}").removesuffix(" (deleted)")))
    return sum(link.parent == path.parent and link.stem == path.stem for link in links)
