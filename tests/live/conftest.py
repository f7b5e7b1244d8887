"""A small configuration over a few records, with people of its own, that a test may edit while it serves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data_access.access import passwords, people_file
from data_access.access.person import Person
from data_access.live import Live
from data_access.questions import Answer, Query
from data_access.viewer_portal import ViewerPortal
from tests.definitions.cases import GOOD, make_warehouse

PASSWORD = "correct horse battery"
RECORDS = """
create table plan_records as
select 'P' || lpad(i::varchar, 4, '0') as reference, date '2026-01-05' as requested_on,
       date '2026-01-05' + (i * 10)::integer as issued_on, false as exception,
       if(i % 4 = 0, 'E07000066', 'E07000067') as district, if(i % 4 = 0, 'N', 'S') as quadrant,
       i::integer as weeks, 10.0::decimal(12, 2) as cost, 'note' as note, timestamp '2026-10-01 09:00:00' as loaded_at
from range(1, 21) as t(i)
"""
METRICS = "metrics/plans.yaml"


@dataclass
class World:
    """The folder, and the live portal over it."""

    folder: Path
    live: Live

    def write(self, file: str, text: str) -> None:
        """Replaces a file, or makes one, as an editor does."""
        draft = self.folder / f"{file}~"
        draft.write_text(text, "utf-8")
        os.replace(draft, self.folder / file)

    def change(self, file: str, old: str, new: str) -> None:
        """Replaces one piece of text in one file."""
        text = (self.folder / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def look(self) -> bool:
        """Looks until the files have come to rest, as the thread does in two seconds."""
        return [self.live.look(), self.live.look()][-1]

    def door(self, username: str) -> ViewerPortal:
        """The portal in force, as this person may use it."""
        viewer = self.live.now.gate.people.viewer_of(username)
        assert viewer is not None
        return self.live.now.portal.for_viewer(viewer)

    def ask(self, username: str, **question: object) -> Answer:
        """An answer of the portal in force."""
        return self.door(username).ask(Query("plans_in_time", **question))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edited") / "config"
    shutil.copytree(GOOD, folder)
    make_warehouse(RECORDS, folder)
    password = passwords.hashed(PASSWORD)
    for name, role in (("olive", "manager"), ("ada", "administrator")):
        attributes = (("quadrant", ("N", "S")),) if role == "manager" else ()
        people_file.put(folder, Person(name, name, f"{name}@example.org", password, (role,), attributes))
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template.parent, tmp_path / "portal")
    return tmp_path / "portal" / "config"


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    made = World(folder, Live(folder))
    made.look()
    yield made
    made.live.now.portal.state.close()
