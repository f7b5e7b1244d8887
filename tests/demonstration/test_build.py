"""The file itself: the same every time, marked as made up, and never half there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.demonstration import build, builder, is_demonstration
from data_access.errors import WarehouseError
from tests.demonstration.conftest import CONFIG, TODAY
from tests.demonstration.plain_checks import contract

EARLY = date(2021, 6, 15)
DAYS = """
    CREATE TABLE days_so_far AS
    SELECT day::DATE AS day FROM range(DATE '2021-04-01', getvariable('today'), INTERVAL 1 DAY) AS r (day);
    CREATE TABLE {name} AS SELECT count(*) AS days FROM days_so_far;
    DROP TABLE days_so_far;
"""


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration once more, made by seven threads: as many as other machines may have."""
    path = tmp_path_factory.mktemp("again") / "seven.duckdb"
    connect = duckdb.connect

    def with_other_threads(database: str) -> duckdb.DuckDBPyConnection:
        connection = connect(database)
        connection.execute("SET threads = 7")
        return connection

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duckdb, "connect", with_other_threads)
        build(path, TODAY)
    return path


@pytest.fixture
def both(warehouse: Path, again: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both builds side by side, ``first`` and ``second``."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{warehouse}' AS first (READ_ONLY)")
        connection.execute(f"ATTACH '{again}' AS second (READ_ONLY)")
        yield connection


@pytest.fixture
def few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of almost no work in the place of the demonstration's own; the second says it is most of it."""
    folder = tmp_path / "sql"
    folder.mkdir()
    (folder / "10_first_things.sql").write_text(DAYS.format(name="things"), encoding="utf-8")
    (folder / "20_second_things.sql").write_text("-- WORK 4\n" + DAYS.format(name="more"), encoding="utf-8")
    monkeypatch.setattr(builder, "SQL", folder)


def days_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return int(connection.execute("SELECT days FROM things").fetchall()[0][0])


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    """Each table with its columns and their types, in order."""
    return connection.execute(f"""
        SELECT table_name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index)
        FROM duckdb_columns() WHERE database_name = '{database}' AND NOT internal GROUP BY 1 ORDER BY 1""").fetchall()


def differing(connection: duckdb.DuckDBPyConnection, one: str, two: str) -> int:
    """Records that are not the same at the same place in both tables, or are in one only."""
    ((count,),) = connection.execute(f"""
        SELECT count(*) FROM {one} AS one FULL JOIN {two} AS two ON one.rowid = two.rowid
        WHERE one.rowid IS NULL OR two.rowid IS NULL OR one IS DISTINCT FROM two""").fetchall()
    return int(count)


# -- the whole demonstration -------------------------------------------------------------------


def test_it_holds_a_table_for_every_contract_and_the_mark(both: duckdb.DuckDBPyConnection) -> None:
    names = {file.name.split(".")[0] for file in (CONFIG / "datasets").iterdir()}
    physical = {contract(CONFIG, name)["schema"][0]["physicalName"] for name in names}
    assert {name for name, _ in tables(both, "first")} == physical | {builder.MARK}


def test_a_second_build_by_more_threads_holds_the_same_records_in_the_same_order(
    both: duckdb.DuckDBPyConnection,
) -> None:
    names = [name for name, _ in tables(both, "first")]
    assert tables(both, "first") == tables(both, "second")
    assert len(names) > 12
    assert {name: differing(both, f"first.{name}", f"second.{name}") for name in names} == dict.fromkeys(names, 0)


def test_the_comparison_of_two_builds_sees_one_changed_cell_and_one_lost_record(
    both: duckdb.DuckDBPyConnection,
) -> None:
    both.execute("CREATE TABLE changed AS FROM second.household_waste")
    both.execute("UPDATE changed SET reused_tonnes = NULL WHERE rowid = 7")
    assert differing(both, "first.household_waste", "changed") == 1
    both.execute("DELETE FROM changed WHERE rowid = 70")
    assert differing(both, "first.household_waste", "changed") == 2


def test_the_file_is_marked_as_the_demonstration(warehouse: Path) -> None:
    assert is_demonstration(warehouse)


def test_nothing_is_recorded_after_today(warehouse: Path, tmp_path: Path) -> None:
    build(tmp_path / "early.duckdb", EARLY)
    for path, today in ((warehouse, TODAY), (tmp_path / "early.duckdb", EARLY)):
        with duckdb.connect(str(path), read_only=True) as connection:
            columns = connection.execute(f"""
                SELECT table_name, column_name FROM duckdb_columns()
                WHERE data_type IN ('DATE', 'TIMESTAMP') AND table_name <> '{builder.MARK}'
                    AND column_name NOT LIKE '%due%'""").fetchall()
            queries = [f"SELECT '{table}.{column}', max({column})::DATE FROM {table}" for table, column in columns]
            latest = connection.execute(" UNION ALL ".join(queries)).fetchall()
        assert len(latest) > 35
        assert [(column, day) for column, day in latest if day is not None and day > today] == []


# -- how it is made ----------------------------------------------------------------------------


def test_a_missing_file_another_file_and_another_database_are_not_the_demonstration(tmp_path: Path) -> None:
    text, database = tmp_path / "notes.txt", tmp_path / "other.duckdb"
    text.write_text("not a database", encoding="utf-8")
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE ehc_plans (plan_id VARCHAR)")
    assert not any(is_demonstration(path) for path in (tmp_path / "missing.duckdb", text, database))


@pytest.mark.usefixtures("few_files")
def test_building_over_an_older_file_replaces_it_and_leaves_nothing_else_behind(tmp_path: Path) -> None:
    path = tmp_path / "state" / "demo.duckdb"
    build(path, date(2021, 6, 30))
    assert days_in(path) == 90
    build(path, date(2022, 6, 30))
    assert days_in(path) == 455
    assert [file.name for file in path.parent.iterdir()] == ["demo.duckdb"]


@pytest.mark.usefixtures("few_files")
def test_a_build_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "state" / "demo.duckdb"
    build(path, date(2021, 6, 30))
    before = path.read_bytes()

    def stop_half_way(share: float, _what: str) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(path, date(2022, 6, 30), stop_half_way)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["demo.duckdb"]


@pytest.mark.usefixtures("few_files")
def test_progress_rises_from_nothing_to_all_of_it_by_the_work_that_each_file_says_it_is(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    build(tmp_path / "demo.duckdb", EARLY, lambda share, what: told.append((round(share, 3), what)))
    assert told == [
        (0, "first things"),
        (0.067, "first things"),
        (0.133, "first things"),
        (0.2, "second things"),
        (0.467, "second things"),
        (0.733, "second things"),
        (1, "ready"),
    ]


def test_the_files_that_make_a_million_records_say_how_much_of_the_work_they_are() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(builder.SQL.glob("7*.sql"))]
    large = [text for text in texts if "draw(" in text]
    assert len(large) == 3
    assert all(text.startswith("-- WORK ") for text in large)


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WarehouseError, match="cannot be written"):
        build(tmp_path / "state" / "demo.duckdb", date(2021, 6, 30))


@pytest.mark.parametrize("today", [date(2021, 3, 31), date(2028, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_with_what_to_change(tmp_path: Path, today: date) -> None:
    with pytest.raises(WarehouseError, match=r"Change 'today' in portal\.yaml"):
        build(tmp_path / "demo.duckdb", today)
    assert not list(tmp_path.iterdir())
