"""The small portal of ``tests/leaks``, and ways to watch what works ahead without trusting a clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from data_access import background
from data_access.access.viewer import Viewer
from data_access.background import Background
from data_access.portal import Portal
from data_access.warehouse import duckdb_engine
from data_access.warehouse.duckdb_engine import DuckDBGeneration
from tests.leaks.conftest import folder, portal, viewer

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlglot import exp

__all__ = ["folder", "portal"]  # fixtures

PATIENCE = 60  # seconds on a busy machine; a test that works never waits so long
PEOPLE = (viewer("manager"), viewer("reader"), viewer("staff", area="N"), viewer("outsider"))
Works = Callable[..., Background]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that the warehouse has run since the test began."""
    asked: list[str] = []
    run = DuckDBGeneration.run

    def noted(self: DuckDBGeneration, tree: exp.Query) -> pa.Table:
        asked.append(tree.sql())
        return run(self, tree)

    monkeypatch.setattr(DuckDBGeneration, "run", noted)
    return asked


@pytest.fixture
def works_ahead(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    """Starts what works ahead for some people, quick to look for what is new; stopped when the test ends."""
    for module in (background, duckdb_engine):
        monkeypatch.setattr(module, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(background, "BREATH", 0.001)
    started: list[Background] = []

    def start(people: Callable[[], tuple[Viewer, ...]] = lambda: PEOPLE) -> Background:
        started.append(Background(portal, people))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.stop()


def until(holds: Callable[[], bool]) -> None:
    """Waits for something that another thread brings about."""
    last = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last, f"It did not come about within {PATIENCE} s."
        time.sleep(0.005)


def ready(portal: Portal, *people: Viewer) -> Callable[[], bool]:
    """Whether home has all its figures for these people."""
    return lambda: not any(portal.for_viewer(one).overview(wait=False).waiting for one in people or PEOPLE)


@contextmanager
def asking(portal: Portal) -> Iterator[None]:
    """As if somebody waited for an answer for as long as the block lasts."""
    with portal.asking:
        yield
