"""What works ahead outlives every mishap, is quiet about it, and makes up for it afterwards."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access import background
from data_access.access.people import People
from data_access.access.viewer import Viewer
from data_access.background import Background
from data_access.portal import Portal
from tests.leaks.conftest import GROUPS, door, write_warehouse
from tests.overview.conftest import until


@pytest.fixture
def looks() -> list[int]:
    """One for each time that it asked who may sign in."""
    return []


@pytest.fixture
def ahead(portal: Portal, folder: Path, looks: list[int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Background]:
    monkeypatch.setattr(background, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(background, "BREATH", 0.001)
    people = People(folder, demonstration=lambda: False)

    def everybody() -> list[Viewer]:
        looks.append(1)
        return [person.viewer() for person in people.everybody().values()]

    started = Background(portal, everybody)
    started.start()
    yield started
    started.stop()


def test_it_outlives_a_damaged_warehouse_a_broken_people_file_and_a_lost_state_database(
    portal: Portal,
    folder: Path,
    warehouse: Path,
    database: Path,
    ahead: Background,
    looks: list[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    until(lambda: ahead._done is not None)
    people, good = folder / "users.yaml", (folder / "users.yaml").read_bytes()
    with caplog.at_level(logging.WARNING, "plumbline"):
        spoilt = warehouse.with_suffix(".new")
        spoilt.write_bytes(b"half a copy" * 1000)
        spoilt.replace(warehouse)
        _some_looks(looks)
        people.write_text("credentials: [", encoding="utf-8")
        _some_looks(looks)
        away = database.rename(database.with_suffix(".away"))
        _some_looks(looks)
        away.rename(database)
        people.write_bytes(good)
        write_warehouse(warehouse, [*GROUPS, ("N", 30, 30, 3)])
        until(lambda: _shown(portal) == 30)
    said = [record.message for record in caplog.records if record.name == "plumbline"]
    assert sorted(one.split(" reached")[0] for one in said) == [
        "The people file can be",
        "The people file cannot be",
        "The warehouse can be",
        "The warehouse cannot be",
    ], "each is said once, however often it is looked at"


def _some_looks(looks: list[int]) -> None:
    before = len(looks)
    until(lambda: len(looks) > before + 3)


def _shown(portal: Portal) -> float | None:
    found = {one.metric.id: one for one in door(portal, "head").overview(wait=False).standings}
    trend = found["children_seen"].trend
    return trend.row.value if trend else None
