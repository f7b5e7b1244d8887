"""DuckDB files where they are and copied, and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_access.loading.refusal import SourceError
from data_access.loading.source import load
from data_access.loading.tables import Found
from tests.loading.copying import TODAY, copy, silent
from tests.postgres_server import PostgreSQL


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A DuckDB file with tables in two schemas, a view, a view of a file elsewhere, and columns of odd types."""
    path = tmp_path / "own.duckdb"
    (tmp_path / "elsewhere.csv").write_text("a\n1\n", encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            CREATE TABLE cases ("Case No" BIGINT, opened VARCHAR, cost DECIMAL(9, 2), parts INTEGER[]);
            INSERT INTO cases VALUES (1, '01/04/2024', 5.25, [1]), (2, '13/04/2024', NULL, NULL);
            CREATE SCHEMA old;
            CREATE TABLE old.cases AS SELECT 1 AS a;
            CREATE VIEW dear AS SELECT * FROM cases WHERE cost > 5;
        """)
        connection.execute(f"CREATE VIEW outside AS SELECT * FROM read_csv('{tmp_path / 'elsewhere.csv'}')")
    return path


def looked_at(path: Path, into: Path) -> Found:
    return load([str(path)], into, copy=False, known=None, today=TODAY, progress=silent)


def test_a_file_is_looked_at_where_it_is_and_nothing_is_written(database: Path, tmp_path: Path) -> None:
    found = looked_at(database, tmp_path / "warehouse.duckdb")
    assert not (tmp_path / "warehouse.duckdb").exists()
    assert (found.copied, found.warehouse) == (False, f"duckdb://{database}")
    assert [(table.name, table.records) for table in found.tables] == [("cases", 2), ("dear", 1), ("old.cases", 1)]
    columns = [(column.name, column.type, column.physical_type) for column in found.tables[0].columns]
    assert columns == [
        ("Case No", "integer", "BIGINT"),
        ("opened", "string", "VARCHAR"),
        ("cost", "number", "DECIMAL(9,2)"),
    ]
    assert found.tables[0].notes == ("The column parts is INTEGER[], which no contract holds, and was left out.",)
    assert found.left_out == ("The view outside cannot be read and was left out.",)


def test_a_copy_of_a_file_finds_the_types_of_its_text(database: Path, tmp_path: Path) -> None:
    made = copy(f"duckdb://{database}", into=tmp_path)
    assert made.rows("SELECT case_no, opened, cost, parts FROM cases") == [
        (1, date(2024, 4, 1), Decimal("5.25"), "[1]"),
        (2, date(2024, 4, 13), None, None),
    ]
    assert {table.name for table in made.found.tables} >= {"cases", "dear", "old_cases"}


def test_a_file_that_another_program_writes_to_is_named(database: Path, tmp_path: Path) -> None:
    holder = f"import duckdb, sys; c = duckdb.connect({str(database)!r}); print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        with pytest.raises(SourceError, match=r"own\.duckdb is in use by another program"):
            looked_at(database, tmp_path / "warehouse.duckdb")
        process.communicate()


def test_postgresql_is_copied_with_its_views_and_no_digit_is_lost(postgresql: PostgreSQL, tmp_path: Path) -> None:
    postgresql.run("""
        CREATE SCHEMA loading;
        CREATE TABLE loading.cases (id bigint, cost numeric, opened date, at timestamptz, note text, photo bytea,
            ok boolean, big numeric(30, 0), share real);
        INSERT INTO loading.cases VALUES
            (1, 1234.5678, '2024-04-01', '2024-04-01 09:30+00', '01/04/2024', 'x', true, 12345678901234567890, 0.5),
            (2, NULL, 'infinity', NULL, '13/04/2024', NULL, NULL, 5, NULL);
        CREATE VIEW loading.dear AS SELECT id FROM loading.cases WHERE cost > 5;
        CREATE MATERIALIZED VIEW loading.kept AS SELECT id, opened FROM loading.cases;
        CREATE TABLE loading.empty (id int, cost numeric);
    """)
    made = copy(postgresql.url(schema="loading"), into=tmp_path)
    assert [(table.name, table.records) for table in made.found.tables] == [
        ("loading_cases", 2), ("loading_dear", 1), ("loading_empty", 0), ("loading_kept", 2),
    ]  # fmt: skip
    assert made.rows(
        "SELECT id, cost, opened::VARCHAR, opened_unread, at_::VARCHAR, note::VARCHAR, ok, big_unread, share"
        " FROM loading_cases"
    ) == [
        (1, 1234.5678, "2024-04-01", None, "2024-04-01 10:30:00", "2024-04-01", True, "12345678901234567890", 0.5),
        (2, None, None, "infinity", None, "2024-04-13", None, None, None),
    ]
    assert [column.type for column in made.found.tables[2].columns][:2] == ["integer", "number"]
    assert all("password" not in table.origin + table.source for table in made.found.tables)
    assert made.found.tables[0].notes == ("The column photo holds binary data and was left out.",)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"password": "wrong"}, "refused the user name or the password"),
        ({"schema": "nowhere"}, "no table in the schema 'nowhere'"),
    ],
)
def test_a_server_that_refuses_is_told_apart(
    postgresql: PostgreSQL, tmp_path: Path, options: dict[str, str], words: str
) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        copy(postgresql.url(**options), into=tmp_path)
    assert "wrong" not in refused.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):
        copy("postgresql://jo:secret@127.0.0.1:1/council", into=tmp_path)
