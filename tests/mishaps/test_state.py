"""The state database cannot be written, read or found: nothing is answered unrecorded, nothing lost, and it heals."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.errors import StateError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.state import sessions, store, times
from data_access.state.secret import installation_secret
from data_access.state.store import StateStore
from tests.leaks.conftest import door
from tests.leaks.test_audit import entries

Mishap = Callable[[StateStore, Path], AbstractContextManager[None]]


@contextmanager
def every_connection(kept: StateStore, pragma: str) -> Iterator[None]:
    """What SQLite itself says of a disk or a file, whoever the tests run as: root may write to any file."""

    def set_pragma(connection: Any, _record: Any) -> None:
        connection.execute(pragma)

    kept.engine.dispose()
    event.listen(kept.engine, "connect", set_pragma)
    yield
    event.remove(kept.engine, "connect", set_pragma)
    kept.engine.dispose()


def read_only(kept: StateStore, _database: Path) -> AbstractContextManager[None]:
    return every_connection(kept, "PRAGMA query_only = ON")


@contextmanager
def full(kept: StateStore, database: Path) -> Iterator[None]:
    """No page more than there are, and no room left in those."""
    none_more = "PRAGMA max_page_count = 1"  # SQLite makes it as many as there are
    filler = "INSERT INTO audit VALUES (NULL, '2026-01-01', 'filler', 'fill', '', '{}', 1, ?)"
    with every_connection(kept, none_more), closing(sqlite3.connect(database)) as other:
        other.execute(none_more)
        for size in (900, 1):
            with suppress(sqlite3.OperationalError):
                for _ in range(3000):
                    with other:
                        other.execute(filler, ["x" * size])
        yield


@contextmanager
def locked(_store: StateStore, database: Path) -> Iterator[None]:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def gone(_store: StateStore, database: Path) -> Iterator[None]:
    away = database.rename(database.with_suffix(".away"))
    yield
    away.rename(database)


@contextmanager
def folder_gone(_store: StateStore, database: Path) -> Iterator[None]:
    away = database.parent.rename(database.parent.with_name("away"))
    yield
    away.rename(database.parent)


@contextmanager
def damaged(kept: StateStore, database: Path) -> Iterator[None]:
    kept.engine.dispose()  # all that was written is then in the one file
    good = database.read_bytes()
    database.write_bytes(b"not a database" * 500)
    yield
    database.write_bytes(good)


MISHAPS = [
    (read_only, "may not be written to"),
    (full, "make room"),
    (locked, "keeps the state database locked"),
    (gone, "Put it back"),
    (folder_gone, "Put it back"),
    (damaged, "holds something else"),
]


@pytest.fixture
def elsewhere(folder: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state database in a folder without the warehouse, which then stays as it is. Nobody waits for a lock."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    portal.state.close()
    place = folder.parent / "kept" / "portal.db"
    portal.state = StateStore(f"sqlite:///{place}", folder.parent)
    installation_secret(portal.state)
    return place


@pytest.mark.parametrize(("mishap", "words"), MISHAPS, ids=[mishap.__name__ for mishap, _ in MISHAPS])
def test_nothing_is_answered_that_cannot_be_recorded_and_all_that_was_recorded_is_there_afterwards(
    portal: Portal, elsewhere: Path, mishap: Mishap, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    head = door(portal, "head")
    head.ask(Query("children_seen"))
    before = [entry.id for entry in entries(portal)]
    with caplog.at_level(logging.WARNING, "plumbline"):
        with mishap(portal.state, elsewhere):
            asked: list[Callable[[], object]] = [
                lambda: head.ask(Query("children_seen")),
                lambda: head.overview(wait=True),
                lambda: head.trend("works_done"),
                lambda: door(portal, "outsider").ask(Query("children_seen")),
            ]
            for ask in asked:
                with pytest.raises(StateError, match=words) as raised:
                    ask()
        head.ask(Query("children_seen"))
    said = [record.message for record in caplog.records if record.name == "plumbline"]
    assert len(said) == 2, "once when it begins, once when it is over"
    assert words in said[0]
    after = [entry.id for entry in entries(portal) if entry.username != "filler"]
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    for text in (raised.value.message, raised.value.told):
        assert str(elsewhere.parent.parent) not in text
    assert "Nothing is lost" in raised.value.told


@pytest.mark.parametrize("mishap", [mishap for mishap, _ in MISHAPS if mishap not in (read_only, full, locked)])
def test_who_is_signed_in_still_is_when_it_is_over(
    portal: Portal, folder: Path, elsewhere: Path, mishap: Mishap
) -> None:
    gate = Gate(portal.state, People(folder, demonstration=lambda: False))
    held = gate.open("jo")
    with mishap(portal.state, elsewhere), pytest.raises(StateError):
        gate.viewer_of(held)
    viewer = gate.viewer_of(held)
    assert viewer is not None
    assert viewer.username == "jo"


def test_whoever_is_signed_in_stays_so_while_their_coming_back_cannot_be_written_down_until_they_are_idle(
    portal: Portal, folder: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(portal.state, People(folder, demonstration=lambda: False))
    held, opened = gate.open("jo"), times.now()
    with read_only(portal.state, elsewhere):
        monkeypatch.setattr(sessions, "now", lambda: opened + timedelta(minutes=5))
        assert gate.viewer_of(held) is not None
        monkeypatch.setattr(sessions, "now", lambda: opened + sessions.IDLE + timedelta(minutes=1))
        assert gate.viewer_of(held) is None


def test_a_backup_put_in_the_place_of_a_lost_database_is_gone_on_with(portal: Portal, elsewhere: Path) -> None:
    """Not the lost one, which open connections would still write to, where nobody finds it again."""
    head = door(portal, "head")
    head.ask(Query("children_seen"))
    backup = elsewhere.with_suffix(".backup")
    with closing(sqlite3.connect(elsewhere)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    for file in elsewhere.parent.glob("portal.db*"):
        file.unlink()
    with pytest.raises(StateError, match="Put it back"):
        head.ask(Query("children_seen"))
    assert not elsewhere.exists(), "an empty one would hide that the record is gone"
    shutil.copy(backup, elsewhere)
    head.ask(Query("works_done"))
    portal.state.close()
    with closing(sqlite3.connect(elsewhere)) as found:
        asked = found.execute("SELECT subject FROM audit WHERE action = 'ask' ORDER BY id").fetchall()
    assert asked == [("children_seen",), ("works_done",)]


def test_no_new_secret_is_made_beside_a_lost_database(portal: Portal, elsewhere: Path) -> None:
    """It would sign everybody out for good, while the old one is put back with the rest of the folder."""
    secret = installation_secret(portal.state)
    away = elsewhere.parent.rename(elsewhere.parent.with_name("away"))
    elsewhere.parent.mkdir()
    with pytest.raises(StateError, match="Put it back"):
        installation_secret(portal.state)
    assert list(elsewhere.parent.iterdir()) == []
    elsewhere.parent.rmdir()
    away.rename(elsewhere.parent)
    assert installation_secret(portal.state) == secret
