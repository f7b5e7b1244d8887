"""Every kind of source, from the command to an answer: the same requests give the same figures from each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from data_access.definitions.load import load
from tests.postgres_server import ENCODED, PASSWORD, PostgreSQL
from tests.scaffold.commanding import HEADINGS, RECORDS, Commands, files, rows, write_csv

TYPED = "SELECT * FROM read_csv('{csv}', dateformat='%d/%m/%Y')"


def csv(folder: Path) -> Path:
    return write_csv(folder / "requests.csv")


def tabs(folder: Path) -> Path:
    path = folder / "requests.tsv"
    path.write_text("\n".join("\t".join(line) for line in [HEADINGS, *rows()]) + "\n", "utf-8")
    return path


def parquet(folder: Path) -> Path:
    path = folder / "requests.parquet"
    duckdb.sql(TYPED.format(csv=csv(folder))).write_parquet(str(path))
    return path


def spreadsheet(folder: Path) -> Path:
    path = folder / "requests.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("requests")
        for line, record in enumerate([HEADINGS, *rows()]):
            sheet.write_row(line, 0, record)
    return path


def database(folder: Path) -> Path:
    path = folder / "council.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE requests AS " + TYPED.format(csv=csv(folder)))
    return path


def folder_of_files(folder: Path) -> Path:
    inside = folder / "everything"
    csv(inside)
    (inside / "notes.docx").write_text("a letter", "utf-8")
    return inside


@pytest.mark.parametrize("made", [tabs, parquet, spreadsheet, database, folder_of_files])
def test_a_source_of_every_kind_gives_a_portal_that_answers(
    commands: Commands, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    said = commands.scaffold(made(tmp_path))
    assert commands("check").code == 0
    assert _records(commands) == RECORDS
    if made is folder_of_files:
        assert "Left out: " in said.out
        assert "notes.docx" in said.out


def test_a_database_file_is_read_where_it_is_and_copied_only_when_asked(commands: Commands, tmp_path: Path) -> None:
    source = database(tmp_path)
    commands.scaffold(f"duckdb://{source}")
    assert load(commands.folder).portal.warehouse == f"duckdb://{source}"
    assert not (commands.state / "warehouse.duckdb").exists()
    copied = Commands(tmp_path / "copied" / "config")
    copied.scaffold(source, "--copy")
    assert load(copied.folder).portal.warehouse == "duckdb://state/warehouse.duckdb"
    source.unlink()
    assert _records(copied) == RECORDS


def test_a_database_server_is_copied_compared_and_reloaded_and_its_password_stands_nowhere(
    commands: Commands, tmp_path: Path, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = ", ".join(f"('{r[0]}', to_date('{r[1]}', 'DD/MM/YYYY'), '{r[3]}', {r[5]})" for r in rows())
    postgresql.run(
        "CREATE SCHEMA council; CREATE TABLE council.requests (request_id text, requested_on date, status text, "
        f"working_days numeric(6, 2)); INSERT INTO council.requests VALUES {values};"
    )
    url = postgresql.url(schema="council")
    said = commands.scaffold(url)
    assert commands("check").code == 0
    assert _records(commands) == RECORDS
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    without = url.replace(ENCODED, "").replace(":@", "@")
    assert commands.scaffold(without).out.startswith("Nothing has changed")
    postgresql.run("INSERT INTO council.requests VALUES ('R99999', '2026-03-01', 'open', 4)")
    assert f"in the source: {RECORDS + 1} records, were {RECORDS}" in commands.scaffold(url, "--reload").out
    assert _records(commands) == RECORDS + 1
    for secret in (PASSWORD, ENCODED):
        assert secret not in said.out + said.err
        assert [name for name, text in files(tmp_path).items() if secret.encode() in text] == []


def test_a_wrong_password_is_one_line_without_the_password(commands: Commands, postgresql: PostgreSQL) -> None:
    line = commands("scaffold", postgresql.url(password="not-this-one")).line
    assert "password" in line
    assert "not-this-one" not in line
    assert not commands.folder.exists()


def _records(commands: Commands) -> int:
    """How many records the first drafted metric counts."""
    metric = next(name for name in load(commands.folder).metrics if name.endswith("_records"))
    return int(json.loads(commands("metric", metric, "--json").out)["rows"][0]["records"])
