"""The file itself: the same every time, marked as made up, and never half there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.demonstration import build, is_demonstration
from data_access.errors import WarehouseError
from tests.demonstration.conftest import TODAY

TABLES = ("childrens_assessments", "ehc_plans", "foi_requests", "plumbline_demonstration")


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows in the order they are stored."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in names}


def test_two_builds_hold_the_same_records_in_the_same_order(warehouse: Path, tmp_path: Path) -> None:
    build(tmp_path / "again.duckdb", TODAY)
    first, second = contents(warehouse), contents(tmp_path / "again.duckdb")
    assert tuple(first) == TABLES
    assert all(first[name] == second[name] for name in TABLES)


def test_the_number_of_threads_changes_nothing(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect

    def with_other_threads(database: str) -> duckdb.DuckDBPyConnection:
        connection = connect(database)
        connection.execute("SET threads = 7")
        return connection

    monkeypatch.setattr(duckdb, "connect", with_other_threads)
    build(tmp_path / "seven.duckdb", TODAY)
    monkeypatch.undo()
    assert contents(tmp_path / "seven.duckdb") == contents(warehouse)


def test_the_file_is_marked_as_the_demonstration(warehouse: Path) -> None:
    assert is_demonstration(warehouse)


def test_a_missing_file_another_file_and_another_database_are_not_the_demonstration(tmp_path: Path) -> None:
    text, database = tmp_path / "notes.txt", tmp_path / "other.duckdb"
    text.write_text("not a database", encoding="utf-8")
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE ehc_plans (plan_id VARCHAR)")
    assert not any(is_demonstration(path) for path in (tmp_path / "missing.duckdb", text, database))


def test_building_over_an_older_file_replaces_it_and_leaves_nothing_else_behind(tmp_path: Path) -> None:
    path = tmp_path / "state" / "demo.duckdb"
    build(path, date(2021, 6, 30))
    small = path.stat().st_size
    build(path, date(2022, 6, 30))
    assert path.stat().st_size > small
    assert [file.name for file in path.parent.iterdir()] == ["demo.duckdb"]


def test_a_build_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "demo.duckdb"
    build(path, date(2021, 6, 30))
    before = path.read_bytes()

    def stop_half_way(share: float, _what: str) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(path, date(2022, 6, 30), stop_half_way)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["demo.duckdb"]


def test_progress_rises_from_nothing_to_all_of_it_in_words(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    build(tmp_path / "demo.duckdb", date(2021, 6, 30), lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    assert "ehc plans" in [what for _, what in told]


def test_nothing_is_recorded_after_today(tmp_path: Path) -> None:
    today = date(2023, 2, 15)
    build(tmp_path / "demo.duckdb", today)
    with duckdb.connect(str(tmp_path / "demo.duckdb"), read_only=True) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type IN ('DATE', 'TIMESTAMP') "
            "AND table_name <> 'plumbline_demonstration' AND column_name <> 'due_on'"
        ).fetchall()
        queries = [f"SELECT max({column})::DATE FROM {table}" for table, column in columns]
        latest = [connection.execute(query).fetchall()[0][0] for query in queries]
    assert len(latest) > 12
    assert max(latest) <= today


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WarehouseError, match="cannot be written"):
        build(tmp_path / "state" / "demo.duckdb", date(2021, 6, 30))


@pytest.mark.parametrize("today", [date(2021, 3, 31), date(2028, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_with_what_to_change(tmp_path: Path, today: date) -> None:
    with pytest.raises(WarehouseError, match=r"Change 'today' in portal\.yaml"):
        build(tmp_path / "demo.duckdb", today)
    assert not list(tmp_path.iterdir())
