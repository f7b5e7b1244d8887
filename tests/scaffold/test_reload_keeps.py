"""``scaffold --reload`` loses nothing from sight, overwrites nobody's table and leaves no records lying about."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
import yaml

from data_access.scaffold.run import scaffold
from tests.scaffold.commanding import HEADINGS, RECORDS, Commands, rows, write_csv

WAREHOUSE = "warehouse.duckdb"


def figures(commands: Commands, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(commands.state / WAREHOUSE), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_cells_that_no_check_would_see_become_blank_refuse_the_reload_until_there_is_one(
    commands: Commands, tmp_path: Path
) -> None:
    source = write_csv(tmp_path / "requests.csv")
    commands.scaffold(source)
    records = rows()
    for record in records[:30]:
        record[2] = f"closed {record[2]}"
    write_csv(source, records)
    before = (commands.state / WAREHOUSE).read_bytes()
    reason = commands("scaffold", source, "--reload").line
    assert "30 of 120 cells of 'closed_on' cannot be read as date" in reason
    assert "closed_on_unread is null" in reason
    assert (commands.state / WAREHOUSE).read_bytes() == before
    contract = commands.folder / "datasets" / "requests.odcs.yaml"
    content = yaml.safe_load(contract.read_text("utf-8"))
    [table] = content["schema"]
    table["properties"].append(
        {"name": "closed_on_unread", "logicalType": "string", "physicalType": "VARCHAR", "businessName": "Unread"}
    )
    check = {"id": "closed_on_can_be_read", "name": "Closed on can be read", "type": "custom", "engine": "plumbline"}
    check |= {"implementation": "closed_on_unread is null", "dimension": "conformity"}
    table.setdefault("quality", []).append(
        {**check, "customProperties": [{"property": "doubts", "value": ["closed_on"]}]}
    )
    contract.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    assert f"Copied anew: requests, {RECORDS} records." in commands.scaffold(source, "--reload").out
    assert commands("check").code == 0


def workbook(path: Path, *sheets: str, records: int = RECORDS) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for line, record in enumerate([HEADINGS, *rows(records)]):
                sheet.write_row(line, 0, record)
    return path


def test_a_sheet_that_is_not_found_again_refuses_the_reload_and_the_only_one_may_be_renamed(
    commands: Commands, tmp_path: Path
) -> None:
    book = workbook(tmp_path / "book.xlsx", "Requests v1")
    commands.scaffold(book)
    workbook(book, "Requests v2", records=RECORDS + 7)
    assert f"{RECORDS + 7} records" in commands.scaffold(book, "--reload").out
    workbook(book, "Cover", "Requests v3")
    reason = commands("scaffold", book, "--reload").line
    assert "book.xlsx, sheet 'Requests v1' was not found again" in reason


def test_a_table_that_somebody_made_in_the_warehouse_is_never_overwritten(commands: Commands, tmp_path: Path) -> None:
    commands.scaffold(write_csv(tmp_path / "requests.csv"))
    with duckdb.connect(str(commands.state / WAREHOUSE)) as connection:
        connection.execute("CREATE TABLE bands AS SELECT 42 AS mine; CREATE VIEW Views AS SELECT 43 AS mine")
    said = commands.scaffold(write_csv(tmp_path / "bands.csv"), write_csv(tmp_path / "views.csv"))
    assert "bands_2" in said.out
    assert "views_2" in said.out
    assert figures(commands, "SELECT * FROM bands UNION ALL SELECT * FROM Views") == [(42,), (43,)]
    assert figures(commands, "SELECT count(*) FROM bands_2") == [(RECORDS,)]
    assert commands.scaffold(tmp_path / "bands.csv").out.startswith("Nothing has changed")
    assert "Copied anew: bands_2" in commands.scaffold(tmp_path / "bands.csv", "--reload").out
    assert figures(commands, "SELECT * FROM bands") == [(42,)]


def test_copies_are_for_their_account_alone_and_what_a_killed_run_left_goes(commands: Commands, tmp_path: Path) -> None:
    for name, age in (("old", 2), ("running", 0)):
        left = commands.state / f".scaffold-{name}"
        left.mkdir(parents=True)
        (left / "copied.duckdb").write_text("records", "utf-8")
        then = time.time() - age * 24 * 60 * 60
        os.utime(left, (then, then))
    source = write_csv(tmp_path / "requests.csv")
    commands.scaffold(source)
    assert [path.name for path in commands.state.glob(".scaffold-*")] == [".scaffold-running"]
    for _ in ("drafted", "copied anew"):
        assert (commands.state / WAREHOUSE).stat().st_mode & 0o777 == 0o600
        commands.scaffold(source, "--reload")


def test_a_request_to_end_leaves_nothing_behind(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked_to_end(*arguments: object, **more: object) -> object:
        def progress(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGTERM)

        return scaffold(*arguments, **{**more, "progress": progress})  # type: ignore[arg-type]

    monkeypatch.setattr("data_access.cli.scaffold.scaffold", asked_to_end)
    said = commands("scaffold", write_csv(tmp_path / "requests.csv"))
    assert (said.code, said.err.strip()) == (2, "Stopped. Nothing was written.")
    assert not commands.folder.exists()
    assert not commands.state.exists()
