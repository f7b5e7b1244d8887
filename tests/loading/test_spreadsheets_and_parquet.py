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
    assert "Left out above the headings: 1 line (line 1)." in notes
    assert "Left out below the records: 1 line (line 7)." in notes
    assert made.found.left_out == (
        "The sheet 'Cover' of council.xlsx holds no table and was left out.",
        "The sheet 'Workings' of council.xlsx is hidden, or a chart, and was left out.",
    )


def test_a_sheet_is_read_as_it_is_meant(tmp_path: Path) -> None:
    """A cover of many lines, a title of two cells, merged cells, a total and a note below."""
    path = tmp_path / "council.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        cover = book.add_worksheet("Cover")
        cover.write("A1", "Council")
        for row in range(1, 9):
            cover.write(row, 1, f"line {row}")
        sheet = book.add_worksheet("Requests")
        sheet.write_row("A1", ["Report:", "Requests by team"])
        sheet.write_row("A3", ["Team", "Kind", "Ref", "Cost", "Budget"])
        for row, team in ((3, "North"), (6, "South")):
            sheet.merge_range(row, 0, row + 2, 0, team)
            sheet.merge_range(row, 4, row + 2, 4, 900)
            for place in range(row, row + 3):
                sheet.write_row(place, 1, ["Repair", f"R{place}", 10 + place])
        sheet.write_row("A10", ["Total", None, None, 93, 1800])
        sheet.write("A12", "Exported by Jane Doe for Amy Jones, born 01/02/2010")
    made = copy(path, into=tmp_path)
    assert made.table.name == "requests"
    assert made.rows("SELECT team, count(*), sum(cost), sum(budget) FROM requests GROUP BY team ORDER BY team") == [
        ("North", 3, 42, 900),
        ("South", 3, 51, 900),
    ]
    said = " ".join(made.table.notes)
    assert "Left out above the headings: 1 line (line 1)." in said
    assert "2 cells merged downwards: each was repeated" in said
    assert "2 cells merged downwards: each holds a number" in said
    assert "a row of totals (record 7), whose figures are the sums of those above" in said
    assert "Left out below the records: 1 line (line 12)." in said
    assert not any(word in said for word in ("Jane", "Amy", "2010", "Report"))
    assert made.found.left_out == ("The sheet 'Cover' of council.xlsx holds no table and was left out.",)


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
