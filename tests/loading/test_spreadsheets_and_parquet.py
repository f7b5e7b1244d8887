"""Spreadsheets and Parquet files: each sheet a table, dates and numbers as they were meant."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from tests.loading.copying import copy

APRIL = date(2024, 4, 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook as a council publishes it: a cover, a table under a title with notes below, another, a hidden one."""
    path = tmp_path / "council.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        book.add_worksheet("Cover").write("A1", "Published by the council")
        cases = book.add_worksheet("Open cases")
        cases.write("A1", "Cases, 2024")
        cases.write_row("A3", ["Case", "Opened", "At", "Cost", "Urgent"])
        for row, case in enumerate(["007", "008"], start=3):
            cases.write_string(row, 0, case)
            cases.write_datetime(row, 1, APRIL, day)
            cases.write_datetime(row, 2, time(9, 30), clock)
            cases.write_number(row, 3, 12.5)
            cases.write_boolean(row, 4, True)
        cases.write("A7", "Source: the council")
        sheet = book.add_worksheet("Sheet3")
        sheet.write_row("A1", ["Area", "2024-04", "2024-05", "2024-06"])
        sheet.write_row("A2", ["North", 1, 2, 3])
        hidden = book.add_worksheet("Workings")
        hidden.write_row("A1", ["a", "b"])
        hidden.write_row("A2", [1, 2])
        hidden.hide()
    return path


def test_each_sheet_with_a_table_is_one(workbook: Path, tmp_path: Path) -> None:
    made = copy(workbook, into=tmp_path)
    assert [table.name for table in made.found.tables] == ["open_cases", "council_sheet3"]
    assert made.rows("SELECT * FROM open_cases") == [
        ("007", APRIL, time(9, 30), 12.5, True),
        ("008", APRIL, time(9, 30), 12.5, True),
    ]
    assert made.rows("SELECT area, month::VARCHAR, council_sheet3 FROM council_sheet3")[0] == (
        "North",
        "2024-04-01",
        1,
    )
    notes = made.found.tables[0].notes
    assert 'Left out above the headings: "Cases, 2024".' in notes
    assert 'Left out below the records: "Source: the council".' in notes
    assert made.found.left_out == (
        "The sheet 'Cover' of council.xlsx holds no table and was left out.",
        "The sheet 'Workings' of council.xlsx is hidden, or a chart, and was left out.",
    )


def test_parquet_keeps_its_types_and_finds_those_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "Cases.parquet"
    duckdb.execute(
        f"COPY (SELECT 1::TINYINT AS id, '01/04/2024' AS opened, 'nan'::DOUBLE AS cost, DATE '2024-04-01' AS d, "
        f"[1, 2] AS parts, 'x'::BLOB AS photo, TIMESTAMPTZ '2024-04-01 09:30:00+00' AS at) TO '{path}'"
    )
    made = copy(path, into=tmp_path)
    types = {column.name: column.physical_type for column in made.table.columns}
    assert types == {
        "id": "TINYINT", "opened": "DATE", "cost": "DOUBLE", "d": "DATE", "parts": "VARCHAR", "at_": "TIMESTAMP",
    }  # fmt: skip
    row = made.rows("SELECT id, opened, cost, cost_unread, parts, at_ FROM cases")[0]
    assert row == (1, APRIL, None, "nan", "[1,2]", datetime.fromisoformat("2024-04-01 10:30"))
    assert made.table.notes == ("The column photo holds binary data and was left out.",)
