"""Totals that stand among the records, or beside the months: a sum must not count them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.copying import Copy, copy

HEAD = "District,Team,Visits,Spend,Rate\n"
RECORDS = HEAD + 'North,A,10,"£1,000.50",5%\nNorth,B,20,£20.25,6%\nSouth,C,30,£30.00,7%\n'


def copied(tmp_path: Path, text: str, name: str = "source.csv") -> Copy:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return copy(tmp_path / name, into=tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        'Total,,60,"£1,050.75",6%',
        'Grand total:,,60,"£1,050.75",',
        'Total (3),,60,"£9,999.00",',
        "TOTAL,,65,£5000,",
        'All,,60,"£1,050.75",',
        ',Total,60,"£1,050.75",',
        ',,60,"£1,050.75",',
    ],
)
def test_a_row_of_totals_below_the_records_is_left_out_and_said(tmp_path: Path, row: str) -> None:
    made = copied(tmp_path, RECORDS + row + "\n")
    assert sum(made.values("visits")) == 60
    assert "Left out below the records: a row of totals (record 4)" in " ".join(made.table.notes)


@pytest.mark.parametrize("row", ["Total,,12,£15.00,", "All,,12,£15.00,", "Average,,20,£350.25,", "West,Total,99,£5,"])
def test_a_row_whose_figures_are_no_totals_is_kept_and_said(tmp_path: Path, row: str) -> None:
    made = copied(tmp_path, RECORDS + row + "\n")
    assert made.table.records == 4
    assert "Record 4, at the end, is named a total or an average" in " ".join(made.table.notes)


def test_totals_among_the_records_are_kept_and_said(tmp_path: Path) -> None:
    made = copied(tmp_path, RECORDS.replace("North,B", "North,Total") + "East,D,4,£5.00,8%\n")
    assert made.table.records == 4
    assert "1 record says 'total' in a cell and was kept" in " ".join(made.table.notes)


def test_notes_below_the_records_of_a_text_file_are_left_out_without_their_words(tmp_path: Path) -> None:
    below = "Total,,60,,\nSource: Jane Doe,,,,\n* = fewer than 5,,,,\n"
    made = copied(tmp_path, RECORDS + below)
    assert made.table.records == 3
    assert "Left out below the records: 2 lines (lines 6 to 7)." in made.table.notes
    assert "Jane" not in " ".join(made.table.notes)


def test_a_last_record_of_one_cell_is_kept_and_said(tmp_path: Path) -> None:
    made = copied(tmp_path, RECORDS + "West,,,,\n")
    assert made.values("district")[-1] == "West"
    assert "Kept as records at the end, though only one cell is filled: line 5" in " ".join(made.table.notes)


def test_totals_beside_and_below_the_months_are_no_records(tmp_path: Path) -> None:
    rows = "Ash,7,1,2,3,4,10\nElm,9,4,5,6,7,22\nTotal,,5,7,9,11,32\n"
    made = copied(tmp_path, "Library,Rooms,Jan-25,Feb-25,Mar-25,Apr-25,Total\n" + rows, "visits.csv")
    assert [column.name for column in made.table.columns] == ["library", "rooms", "month", "visits"]
    assert sum(made.values("visits")) == 32
    said = " ".join(made.table.notes)
    assert "Left out: 'Total'" in said
    assert "The figures of 'Rooms' stand in the record of each month" in said
