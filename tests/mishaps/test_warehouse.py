"""The warehouse is gone, locked, damaged, or lacks what a contract names: what is said, what goes on, the healing."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest
from sqlglot import parse_one

from data_access.errors import NotAsAgreed, WarehouseError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.warehouse import duckdb_engine
from tests.leaks.conftest import door
from tests.leaks.test_audit import entries

Mishap = Callable[[Path], AbstractContextManager[None]]
LOCKING = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@contextmanager
def in_its_place(warehouse: Path, content: bytes) -> Iterator[None]:
    """Another file by that name, as a copy that went wrong leaves it."""
    away = warehouse.rename(warehouse.with_suffix(".away"))
    warehouse.write_bytes(content)
    yield
    away.replace(warehouse)


@contextmanager
def gone(warehouse: Path) -> Iterator[None]:
    away = warehouse.rename(warehouse.with_suffix(".away"))
    yield
    away.rename(warehouse)


@contextmanager
def a_folder(warehouse: Path) -> Iterator[None]:
    away = warehouse.rename(warehouse.with_suffix(".away"))
    warehouse.mkdir()
    yield
    warehouse.rmdir()
    away.rename(warehouse)


@contextmanager
def locked(warehouse: Path) -> Iterator[None]:
    """A loader puts its new file in place and goes on writing to it."""
    new = warehouse.with_suffix(".new")
    new.write_bytes(warehouse.read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", LOCKING, str(new)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as loader:
        assert loader.stdout is not None
        loader.stdout.readline()
        new.replace(warehouse)
        try:
            yield
        finally:
            loader.communicate()


def empty(warehouse: Path) -> AbstractContextManager[None]:
    return in_its_place(warehouse, b"")


def cut_short(warehouse: Path) -> AbstractContextManager[None]:
    return in_its_place(warehouse, warehouse.read_bytes()[:20_000])


def another_kind(warehouse: Path) -> AbstractContextManager[None]:
    return in_its_place(warehouse, os.urandom(100_000))


MISHAPS = [
    (gone, "Put it back"),
    (a_folder, "Put it back"),
    (locked, "locked by another program"),
    (empty, "damaged or was not copied whole"),
    (cut_short, "damaged or was not copied whole"),
    (another_kind, "damaged or was not copied whole"),
]


@pytest.mark.parametrize(("mishap", "words"), MISHAPS, ids=[mishap.__name__ for mishap, _ in MISHAPS])
def test_a_warehouse_that_cannot_be_read_says_what_to_do_and_works_again_at_once_when_it_can(
    portal: Portal, warehouse: Path, mishap: Mishap, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    head = door(portal, "head")
    assert head.ask(Query("children_seen")).rows[0].value == 45
    with caplog.at_level(logging.WARNING, "plumbline"):
        with mishap(warehouse):
            for _ in range(3):
                with pytest.raises(WarehouseError, match=words) as raised:
                    head.ask(Query("children_seen"))
                assert head.data_version() is None
            assert not entries(portal)[-1].allowed
        assert head.ask(Query("children_seen")).rows[0].value == 45
    said = [record.message for record in caplog.records if record.name == "plumbline"]
    assert len(said) == 2, "once when it begins, once when it is over"
    assert words in said[0]
    assert "can be reached again" in said[1]
    assert warehouse.name not in raised.value.told
    assert "tell whoever looks after the portal" in raised.value.told
    for text in (raised.value.message, raised.value.told):
        assert str(warehouse.parent.parent) not in text


@pytest.mark.parametrize(
    ("spoil", "broken", "whole"),
    [
        ("DROP TABLE works", ("works_done",), ("children_seen", "seen_in_time")),
        ("ALTER TABLE works RENAME TO work", ("works_done",), ("children_seen", "seen_in_time")),
        ("ALTER TABLE children DROP COLUMN in_time", ("seen_in_time",), ("children_seen", "works_done")),
        ("ALTER TABLE works ALTER done_on TYPE VARCHAR USING 'soon'", ("works_done",), ("children_seen",)),
    ],
)
def test_a_dataset_that_is_not_as_its_contract_says_names_whom_to_ask_and_leaves_the_others(
    portal: Portal,
    warehouse: Path,
    spoil: str,
    broken: tuple[str, ...],
    whole: tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    head = door(portal, "head")
    good = warehouse.read_bytes()
    spoilt = warehouse.with_suffix(".new")
    spoilt.write_bytes(good)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(spoil)
    spoilt.replace(warehouse)
    for metric in broken:
        with pytest.raises(NotAsAgreed, match="Run the check command") as raised:
            head.trend(metric)
        assert "Ask Sam, who looks after these data" in raised.value.told
    assert all(head.trend(metric) is not None for metric in whole)
    standings = {one.metric.id: one for one in head.overview(wait=True).standings}
    assert all("Ask Sam" in standings[metric].problem for metric in broken)
    assert not any(standings[metric].problem for metric in whole)
    assert "could not answer" in caplog.text
    healed = warehouse.with_suffix(".new")
    healed.write_bytes(good)
    healed.replace(warehouse)
    assert all(head.trend(metric) is not None for metric in (*broken, *whole))


def test_a_check_that_lost_its_column_is_named_beside_the_figures_that_it_guarded(
    portal: Portal, folder: Path, warehouse: Path
) -> None:
    """Without a word they would look more certain than before."""
    file = folder / "datasets" / "works.odcs.yaml"
    check = """
        quality:
          - {id: after, name: Done after it was ordered, type: custom, engine: plumbline,
             implementation: done_on >= ordered_on, dimension: consistency}
      - {name: ordered_on, logicalType: date}
"""
    file.write_text(file.read_text(encoding="utf-8").rstrip() + check, encoding="utf-8")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("ALTER TABLE works ADD COLUMN ordered_on DATE DEFAULT DATE '2026-02-02'")
    stricter = Portal.open(folder)
    head = door(stricter, "head")
    february = Query("works_done", start=date(2026, 2, 1), end=date(2026, 2, 28))
    before = head.ask(february).rows[0]
    new = warehouse.with_suffix(".new")
    new.write_bytes(warehouse.read_bytes())
    with duckdb.connect(str(new)) as connection:
        connection.execute("ALTER TABLE works DROP COLUMN ordered_on")
    new.replace(warehouse)
    after = head.ask(february)
    stricter.state.close()
    assert (before.in_doubt, after.rows[0].in_doubt) == (1, 0)
    assert any("could not run on these data" in note and "Done after it was ordered" in note for note in after.notes)
    assert not any("could not run" in note for note in door(portal, "head").ask(february).notes)


def test_a_question_too_large_for_memory_and_disk_says_so_and_the_next_small_one_is_answered(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect

    def with_little_room(name: str, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        return connect(name, config=config | {"memory_limit": "12MB", "max_temp_directory_size": "1MB"})

    monkeypatch.setattr(duckdb_engine.duckdb, "connect", with_little_room)
    generation = portal.warehouse.generation()
    large = "SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY md5(range::VARCHAR)) AS n FROM range(250000))"
    with pytest.raises(WarehouseError, match="Make room") as raised:
        generation.run(parse_one(large, dialect="duckdb"))  # type: ignore[arg-type]
    assert "Ask for less" in raised.value.told
    assert portal.warehouse.generation() is generation
    assert door(portal, "head").ask(Query("children_seen")).rows[0].value == 45


def test_what_does_not_fit_in_memory_goes_to_a_folder_for_the_portals_account_alone(portal: Portal) -> None:
    setting = parse_one("SELECT current_setting('temp_directory') AS place", dialect="duckdb")
    place = Path(portal.warehouse.generation().run(setting).column(0)[0].as_py())  # type: ignore[arg-type]
    assert place.stat().st_mode & 0o777 == 0o700
    place.rmdir()  # as systems do with what has long not been used
    portal.warehouse.generation().spoilt = True  # type: ignore[attr-defined]
    portal.warehouse.generation()
    assert place.stat().st_mode & 0o777 == 0o700
