"""Text files as they are found: every delimiter, encoding and shape."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from data_access.loading.refusal import SourceError
from tests.loading.copying import copy

ROWS = "Name,Opened on,Cost\nZoë – “Café”,01/04/2024,£5\nBob,13/04/2024,£7\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "source.csv").write_bytes(ROWS.encode(encoding))
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.values("name") == ["Zoë – “Café”", "Bob"]
    assert [column.type for column in made.table.columns] == ["string", "date", "integer"]
    assert bool(made.table.notes) == (encoding in ("utf-16", "utf-16-le", "cp1252"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "source.txt").write_text(ROWS.replace(",", delimiter), encoding="utf-8")
    assert [column.name for column in copy(tmp_path / "source.txt", into=tmp_path).table.columns] == [
        "name",
        "opened_on",
        "cost",
    ]


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "source.csv.gz").write_bytes(gzip.compress(ROWS.encode()))
    made = copy(tmp_path / "source.csv.gz", into=tmp_path)
    assert (made.table.name, made.table.records) == ("source", 2)


def test_quoted_cells_may_hold_delimiters_quotation_marks_and_line_ends(tmp_path: Path) -> None:
    (tmp_path / "source.csv").write_bytes(b'a,b\r\n"x, ""y""\r\nz",1\r\n5" pipe,2\r\n')
    assert copy(tmp_path / "source.csv", into=tmp_path).values("a") == ['x, "y"\r\nz', '5" pipe']


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    (tmp_path / "source.csv").write_text('a,b\n1,"open\n2,two\n3,three\n', encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.values("b") == ['"open', "two", "three"]
    assert "never closed" in made.table.notes[0]


def test_a_quotation_mark_without_which_the_cells_shift_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = [f'R{number},"{number} High Street, Town",North' for number in range(9)]
    (tmp_path / "source.csv").write_text("\n".join(["Ref,Address,Team", *rows, 'R9,"Elm']) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"opened on line 11 and never closed\. Close it"):
        copy(tmp_path / "source.csv", into=tmp_path)


@pytest.mark.parametrize("last", [4, 7], ids=["the next row", "three rows"])
def test_a_quotation_mark_that_swallows_rows_is_refused_with_its_line(tmp_path: Path, last: int) -> None:
    marks = {3: '"', last: '"'}
    rows = [f"R{n},2024-04-0{n},{marks.get(n, '')}Elm Street,North,{n}" for n in range(1, 9)]
    (tmp_path / "source.csv").write_text("\n".join(["Ref,Opened,Address,Team,Cost", *rows]), encoding="utf-8")
    with pytest.raises(SourceError, match=f"opened on line 4 closes only {last - 3} line"):
        copy(tmp_path / "source.csv", into=tmp_path)


def test_a_letter_of_several_lines_with_commas_is_one_cell(tmp_path: Path) -> None:
    letter = '"Dear all, thank you\nfor this, that\nand more, always, yours\nAmy, North"'
    (tmp_path / "source.csv").write_text(f"Ref,Letter,Team\nR1,{letter},North\nR2,x,South\n", encoding="utf-8")
    assert copy(tmp_path / "source.csv", into=tmp_path).table.records == 2


def test_a_file_in_which_many_rows_have_too_many_cells_is_refused(tmp_path: Path) -> None:
    rows = [f"R{number},{number} High Street{', Town' if number % 5 == 0 else ''},North" for number in range(20)]
    (tmp_path / "source.csv").write_text("\n".join(["Ref,Address,Team", *rows]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"4 of 20 rows have more cells .* \(lines 2, 7, 12, 17\)"):
        copy(tmp_path / "source.csv", into=tmp_path)


def test_single_bytes_that_are_not_utf8_leave_the_other_letters_as_they_are(tmp_path: Path) -> None:
    rows = "".join(f"{number},Café,£{number}\n" for number in range(1, 40))
    (tmp_path / "source.csv").write_bytes(f"No,Place,Cost\n{rows}".encode() + "40,Café,£40\n".encode("cp1252"))
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert set(made.values("place")) == {"Café"}
    assert made.column("cost").type == "integer"
    assert "2 bytes are not" in made.table.notes[0]


def test_titles_above_the_headings_are_left_out_and_said(tmp_path: Path) -> None:
    titles = 'Visits to libraries\n\n"Source: the council, 2024",,\n'
    text = titles + "Library,Opened on,Visits\nCity,01/04/2024,5\nEast,02/04/2024,6\n"
    (tmp_path / "source.csv").write_text(text, encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert [column.heading for column in made.table.columns] == ["Library", "Opened on", "Visits"]
    assert made.table.records == 2
    assert made.table.notes == ("Left out above the headings: 2 lines (lines 1 to 3).",)


def test_rows_that_are_too_short_or_too_long_lose_nothing_and_the_long_ones_are_named(tmp_path: Path) -> None:
    even = "".join(f"{number},z\n" for number in range(4, 40))
    (tmp_path / "source.csv").write_text("a,b\n1\n2,x\n\n3,y,more,and more\n" + even, encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.rows("SELECT a, b, column_3, column_4 FROM source LIMIT 4") == [
        (1, None, None, None),
        (2, "x", None, None),
        (3, "y", "more", "and more"),
        (4, "z", None, None),
    ]
    [note] = made.table.notes
    assert note.startswith("1 of 39 rows have more cells than there are headings (lines 5)")


def test_headings_that_are_empty_or_given_twice_get_names_and_empty_columns_go(tmp_path: Path) -> None:
    (tmp_path / "source.csv").write_text("a,a,,,\n1,2,3,,\n4,5,6,,\n", encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert [column.name for column in made.table.columns] == ["a", "a_2", "column_3", "copied_on"]


def test_a_file_without_headings_keeps_its_first_record(tmp_path: Path) -> None:
    (tmp_path / "source.csv").write_text("1,2024-04-01\n2,2024-04-02\n", encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.values("column_1") == [1, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ["Amy Jones,01/02/2010,North", "Ben Khan,03/04/2011,South", "Cat Lee,05/06/2012,North"],
        ["Amy Jones,CM1 1AB", "Ben Khan,CM2 2BC"],
        ["Amy Jones,amy@example.org", "Ben Khan,ben@example.org"],
        ["Amy,North,5", "Ben,South,7", "Cat,North,9", "Dan,East,4", "Eve,North,3"],
    ],
    ids=["date", "postcode", "address", "value that comes again"],
)
def test_a_record_of_a_person_never_becomes_headings(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "source.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.table.records == len(lines)
    assert not any(column.heading for column in made.table.columns[: lines[0].count(",") + 1])
    assert "no row of headings" in made.table.notes[0]


@pytest.mark.parametrize(
    "head", ["Age,0,1,2,3", "Area,2021,2022,2023,2024", "Area,01/04/2024,02/04/2024,N/A,None", "Ref,Team,a,b,c"]
)
def test_headings_that_hold_figures_stay_headings(tmp_path: Path, head: str) -> None:
    (tmp_path / "source.csv").write_text(f"{head}\nNorth,15,20,25,30\nSouth,5,6,7,8\n{head}\n", encoding="utf-8")
    assert "no row of headings" not in " ".join(copy(tmp_path / "source.csv", into=tmp_path).table.notes)


def test_two_rows_of_headings_are_joined(tmp_path: Path) -> None:
    text = "Team,2024/25,,2025/26,\n,Open,Closed,Open,Closed\nNorth,1,2,3,4\nSouth,5,6,7,8\n"
    (tmp_path / "source.csv").write_text(text, encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    headings = [column.heading for column in made.table.columns[:5]]
    assert headings == ["Team", "2024/25 Open", "2024/25 Closed", "2025/26 Open", "2025/26 Closed"]
    assert made.table.records == 2


MONTHS = "Library,2008-04,2008-5,Jun-08,,\nCity,5,0,,,\nEast,,7,n/a,,\n"


def test_months_across_the_columns_become_records(tmp_path: Path) -> None:
    (tmp_path / "latest_visits.csv").write_text(MONTHS, encoding="utf-8")
    made = copy(tmp_path / "latest_visits.csv", into=tmp_path)
    rows = made.rows("SELECT library, month::VARCHAR, visits FROM latest_visits ORDER BY library, month")
    april, may, june = "2008-04-01", "2008-05-01", "2008-06-01"
    assert rows == [
        ("City", april, 5),
        ("City", may, 0),
        ("City", june, None),
        ("East", april, None),
        ("East", may, 7),
        ("East", june, None),
    ]
    assert "Its 3 columns '2008-04' to 'Jun-08' became one record a month" in made.table.notes[0]
    assert made.table.copied_on is None
    assert not any("no column" in note for note in made.table.notes)


def test_months_that_no_column_speaks_of_are_named(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("Library,2019-11,2020-2,2020-03,2020-05\nCity,5,0,1,2\n", encoding="utf-8")
    notes = copy(tmp_path / "visits.csv", into=tmp_path).table.notes
    [gap] = [note for note in notes if "no column" in note]
    assert gap.startswith("3 months between its first and its last have no column")
    assert "Dec 2019, Jan 2020, Apr 2020" in gap


def test_a_few_months_among_other_columns_stay_columns(tmp_path: Path) -> None:
    (tmp_path / "source.csv").write_text("a,b,c,d,2008-04,2008-05,2008-06\n1,2,3,4,5,6,7\n", encoding="utf-8")
    made = copy(tmp_path / "source.csv", into=tmp_path)
    assert made.table.columns[4].name == "n_2008_04"


def test_a_folder_is_read_file_by_file_and_the_rest_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "more").mkdir(parents=True)
    (folder / "one.csv").write_text(ROWS, encoding="utf-8")
    (folder / "One.tsv").write_text(ROWS.replace(",", "\t"), encoding="utf-8")
    (folder / "headings.csv").write_text("a,b\n", encoding="utf-8")
    (folder / "notes.txt").write_text("The figures are monthly.\nSome, though, are not.\n", encoding="utf-8")
    (folder / "README.md").write_text("read me", encoding="utf-8")
    made = copy(folder, into=tmp_path)
    assert [table.name for table in made.found.tables] == ["one", "one_2"]
    assert made.found.left_out == (
        "more is a folder and was left out.",
        "README.md is no table and was left out.",
        "headings.csv has headings and no records.",
        "notes.txt holds text and no table, and was left out.",
    )
