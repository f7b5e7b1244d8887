"""A generation is read-only and locked, and a replaced file is seen."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlglot import parse_one

from data_access.access.viewer import OPERATOR
from data_access.errors import WarehouseError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.warehouse import duckdb_engine
from tests.leaks.conftest import door, write_warehouse


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM 'other.parquet'",
        "COPY (SELECT 1) TO '/tmp/out.csv'",
        "CREATE TABLE wh.x (a INT)",
        "DELETE FROM wh.children",
        "ATTACH '/tmp/other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_nothing_but_the_warehouse_can_be_read_and_nothing_written(portal: Portal, statement: str) -> None:
    with pytest.raises(WarehouseError):
        portal.warehouse.generation().run(parse_one(statement, dialect="duckdb"))  # type: ignore[arg-type]


def test_a_replaced_file_is_a_new_generation_with_the_new_figures(
    portal: Portal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 0.0)
    operator = portal.for_viewer(OPERATOR)
    before = operator.ask(Query("children_seen"))
    write_warehouse(folder.parent / "state" / "test.duckdb", [("N", 7, 3, 1)])
    after = operator.ask(Query("children_seen"))
    assert (before.rows[0].value, after.rows[0].value) == (45, 7)
    assert before.generation != after.generation


def test_a_lost_warehouse_says_what_to_do_and_heals_by_itself(
    portal: Portal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 0.0)
    place = folder.parent / "state" / "test.duckdb"
    place.rename(place.with_suffix(".away"))
    with pytest.raises(WarehouseError, match="Put it back"):
        door(portal, "manager").ask(Query("children_seen"))
    place.with_suffix(".away").rename(place)
    assert door(portal, "manager").ask(Query("children_seen")).rows[0].value == 45


def test_questions_from_many_threads_while_the_file_is_replaced_are_all_of_one_version(
    portal: Portal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 0.01)
    seen: list[float | None] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(6):
                row = portal.for_viewer(OPERATOR).ask(Query("seen_in_time", by=("area",))).rows
                seen.append(sum(r.counted or 0 for r in row))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for size in (10, 20, 30):
        write_warehouse(folder.parent / "state" / "test.duckdb", [("N", size, 3, 1)])
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert not failed
    assert set(seen) <= {45, 10, 20, 30}
