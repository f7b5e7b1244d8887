"""The warehouse is replaced or written over while people ask: no figure is ever half old and half new."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from sqlglot import parse_one

from data_access.errors import WarehouseError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.warehouse import duckdb_engine, duckdb_file
from data_access.warehouse.duckdb_engine import DuckDBGeneration
from tests.leaks.conftest import GROUPS, door, write_warehouse
from tests.mishaps.conftest import open_files

MORE = [*GROUPS, ("N", 30, 30, 3)]


def test_all_figures_of_a_page_are_of_one_version_and_the_next_page_is_of_the_new_one(
    portal: Portal, warehouse: Path
) -> None:
    head = door(portal, "head")
    with head.of_one_version():
        first = head.ask(Query("children_seen"))
        write_warehouse(warehouse, MORE)
        second = head.on_shared_screen().ask(Query("seen_in_time", by=("area",)))
        assert second.generation == first.generation
        assert {one.trend.answer.generation for one in head.overview(wait=True).standings if one.trend} == {
            first.generation
        }
    after = head.ask(Query("children_seen"))
    assert (first.rows[0].value, after.rows[0].value) == (45, 75)


def test_many_pages_at_once_while_the_file_is_replaced_again_and_again(portal: Portal, warehouse: Path) -> None:
    """Each page's parts add up to its whole, no page fails, and no version that is over stays open."""
    door(portal, "head").ask(Query("children_seen"))
    before = open_files(warehouse)
    done = threading.Event()

    def pages() -> set[str]:
        seen = set()
        while not done.is_set():
            head = door(portal, "head")
            with head.of_one_version():
                whole = head.ask(Query("children_seen")).rows[0].value
                parts = head.ask(Query("children_seen", by=("team",)))
                assert sum(row.value or 0 for row in parts.rows) == whole
            seen.add(parts.generation)
        return seen

    with ThreadPoolExecutor(4) as pool:
        looking = [pool.submit(pages) for _ in range(4)]
        try:
            for size in range(10, 16):
                write_warehouse(warehouse, [("N", size, 3, 1)])
        finally:
            done.set()
        assert len(set.union(*(each.result() for each in looking))) > 1
    door(portal, "head").ask(Query("children_seen"))
    assert open_files(warehouse) == before > 0


def test_a_file_written_over_while_it_is_open_is_never_half_believed(
    portal: Portal, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = door(portal, "head")
    head.ask(Query("works_done"))
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 3600.0)  # nobody looks before the next question
    other = warehouse.with_name("other.duckdb")
    write_warehouse(other, MORE)
    warehouse.write_bytes(other.read_bytes())
    with pytest.raises(WarehouseError, match="written to while it was being read"):
        head.ask(Query("children_seen"))
    assert head.ask(Query("children_seen")).rows[0].value == 75


@pytest.mark.parametrize("content", [b"", b"half a copy" * 5000])
def test_a_file_spoilt_while_it_is_open_is_said_and_a_good_copy_heals_it(
    portal: Portal, warehouse: Path, content: bytes
) -> None:
    head, good = door(portal, "head"), warehouse.read_bytes()
    head.ask(Query("works_done"))
    warehouse.write_bytes(content)
    for _ in range(2):
        with pytest.raises(WarehouseError):
            head.ask(Query("children_seen"))
    warehouse.write_bytes(good)
    assert head.ask(Query("children_seen")).rows[0].value == 45


def test_a_damaged_part_of_the_file_is_said_once_however_often_it_is_opened_anew(
    portal: Portal, warehouse: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The rest of the file can be read, so it is opened; what stands in the damaged part cannot."""
    many = "SELECT 'w' || hash(range) AS id, DATE '2026-02-01' AS done_on FROM range(30000)"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"CREATE OR REPLACE TABLE works AS {many}")
        connection.execute("CHECKPOINT")
        where = "SELECT max(block_id) FROM pragma_storage_info('works') WHERE column_name = 'id'"
        [(block,)] = connection.execute(where).fetchall()
    content = bytearray(warehouse.read_bytes())
    at = 3 * 4096 + block * 262_144 + 1000  # behind the file's three headers
    content[at : at + 1000] = os.urandom(1000)
    warehouse.write_bytes(content)
    head = door(portal, "head")
    with caplog.at_level(logging.WARNING, "plumbline"):
        for _ in range(3):
            with pytest.raises(WarehouseError, match="could not be read to its end"):
                head.ask(Query("works_done"))
    assert caplog.text.count("could not answer") == 1
    assert head.ask(Query("children_seen")).rows[0].value == 45


def test_a_check_is_not_left_out_because_the_file_could_not_be_read(portal: Portal, warehouse: Path) -> None:
    generation = portal.warehouse.generation()
    query = parse_one("SELECT id FROM wh.children", dialect="duckdb")
    assert generation.can_run(query)  # type: ignore[arg-type]
    warehouse.write_bytes(b"")
    with pytest.raises(WarehouseError):
        generation.can_run(query)  # type: ignore[arg-type]


def test_a_version_is_named_for_what_was_opened_also_when_the_file_changed_in_between(
    portal: Portal, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    start = DuckDBGeneration.__init__

    def late(self: DuckDBGeneration, file: duckdb_file.Version, spill: Path, said: set[str]) -> None:
        if not opened:
            write_warehouse(warehouse, MORE)
        opened.append(file.name)
        start(self, file, spill, said)

    monkeypatch.setattr(DuckDBGeneration, "__init__", late)
    found = door(portal, "head").ask(Query("children_seen"))
    assert found.rows[0].value == 75
    assert found.generation == duckdb_file.newest(warehouse).name
    assert len(opened) == 2
