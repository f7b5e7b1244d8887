"""A source that is copied again keeps its names and types, and what no longer fits is kept beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data_access.loading.refusal import SourceError
from tests.loading.copying import Copy, copy


def test_names_and_types_stay_as_they_were_drafted(tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    source.write_text("Case,Opened,Cost,Note,Rate\n1,01/04/2024,5,n1,5%\n2,13/04/2024,6,n2,6%\n", encoding="utf-8")
    first = copy(source, into=tmp_path)
    source.write_text(
        "Case,New,Cost,Opened,Note,Rate\nA1,x,1.5,soon,2024-04-01,7%\n3,y,7,14/04/2024,2024-04-02,8\n", encoding="utf-8"
    )
    again = copy(source, into=tmp_path, known=first.found)
    types = {column.name: (column.type, column.unread_values) for column in again.table.columns}
    assert types == {
        "case_": ("integer", 1),
        "new": ("string", 0),
        "cost": ("integer", 1),
        "opened": ("date", 1),
        "note": ("string", 0),
        "rate": ("number", 1),
    }
    assert again.values("case_unread") == ["A1", None]
    assert again.values("opened") == [None, date(2024, 4, 14)]
    assert again.values("note") == ["2024-04-01", "2024-04-02"]


def test_the_column_beside_stays_when_all_can_be_read(tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    rows = [f"{number},01/04/2024" for number in range(99)]
    source.write_text("\n".join(["Case,Opened", *rows, "99,soon"]), encoding="utf-8")
    first = copy(source, into=tmp_path)
    source.write_text("\n".join(["Case,Opened", *rows]), encoding="utf-8")
    again = copy(source, into=tmp_path, known=first.found)
    opened = again.column("opened")
    assert (opened.unread, opened.unread_values) == ("opened_unread", 0)
    assert set(again.values("opened_unread")) == {None}


def test_the_day_of_the_copy_is_that_of_the_last_one(tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    source.write_text("Case\n1\n2\n", encoding="utf-8")
    first = copy(source, into=tmp_path)
    again = copy(source, into=tmp_path, known=first.found, today=date(2026, 11, 1))
    assert [column.name for column in again.table.columns] == ["case_", "copied_on"]
    assert set(again.values("copied_on")) == {date(2026, 11, 1)}


def test_another_file_of_the_same_name_gets_another_table(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cases.csv").write_text("Case\n1\n2\n", encoding="utf-8")
    first = copy(tmp_path / "a" / "cases.csv", into=tmp_path)
    second = copy(tmp_path / "b" / "cases.csv", into=tmp_path, known=first.found)
    assert (first.table.name, second.table.name) == ("cases", "cases_2")


def again(folder: Path, before: list[str], now: list[str]) -> tuple[Copy, Copy]:
    """A file of these lines, copied, and copied again with other lines."""
    source = folder / "cases.csv"
    source.write_text("\n".join(before), encoding="utf-8")
    first = copy(source, into=folder)
    source.write_text("\n".join(now), encoding="utf-8")
    return first, copy(source, into=folder, known=first.found)


def test_day_and_month_are_read_in_the_order_that_was_proven_when_it_was_drafted(tmp_path: Path) -> None:
    proven = ["Ref,Received", *[f"{number},04/{number % 28 + 1:02}/2025" for number in range(56)]]
    unproven = [proven[0], *[line for line in proven[1:] if int(line.split("/")[1]) <= 12]]
    _, second = again(tmp_path, proven, unproven)
    assert {day.month for day in second.values("received")} == {4}
    assert second.column("received").unread_values == 0


REREAD: list[tuple[str, list[str], list[str], str]] = [
    ("the day first", ["04/13/2025", "04/14/2025"], ["13/04/2025", "14/04/2025"], "the month before the day. Now 0 of"),
    ("the month first", ["13/04/2025", "14/04/2025"], ["04/13/2025", "04/14/2025"], "the day before the month"),
    ("a share instead of a percentage", ["45%", "46%"], ["0.45", "0.46"], "drafted as percentages. Now 0 of its 2"),
    ("a percentage instead of a number", ["4.5", "5.5"], ["4.5%", "5.5%"], "drafted as numbers. Now 0 of its 2"),
]


@pytest.mark.parametrize(("before", "now", "words"), [row[1:] for row in REREAD], ids=[row[0] for row in REREAD])
def test_text_that_would_now_mean_something_else_is_refused_and_the_old_copy_stays(
    tmp_path: Path, before: list[str], now: list[str], words: str
) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        again(tmp_path, ["Ref,On", *[f"a,{cell}" for cell in before]], ["Ref,On", *[f"a,{cell}" for cell in now]])
    assert "The column 'On'" in refused.value.message
    assert (tmp_path / "warehouse.duckdb").exists()


def test_a_midnight_more_or_less_is_no_other_reading(tmp_path: Path) -> None:
    _, second = again(tmp_path, ["Ref,On", "a,13/04/2025"], ["Ref,On", "a,13/04/2025 00:00"])
    assert second.values("on_") == [date(2025, 4, 13)]


def test_a_date_that_could_be_meant_either_way_is_not_read_once_both_orders_are_proven(tmp_path: Path) -> None:
    now = ["13/04/2025", "04/13/2025", "01/04/2025"]
    _, second = again(tmp_path, ["Ref,On", "a,13/04/2025"], ["Ref,On", *[f"a,{cell}" for cell in now]])
    assert second.values("on_") == [date(2025, 4, 13), date(2025, 4, 13), None]
    assert second.values("on_unread") == [None, None, "01/04/2025"]


def test_columns_without_headings_keep_their_places(tmp_path: Path) -> None:
    lines = [f"{1000 + number},2025-01-{number + 1:02},,{number},2" for number in range(20)]
    first, second = again(tmp_path, lines, [line.replace(",,", ",x,") for line in lines])
    assert first.table.unnamed is not None
    assert [bool(name) for name in first.table.unnamed] == [True, True, False, True, True]
    fourth = first.table.unnamed[3]
    assert second.values(fourth) == list(range(20))
    assert [column.unread_values for column in second.table.columns] == [0] * 5


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (["1,2025-01-01,5"] * 3, ["1,9,2025-01-01,5"] * 3, "4 columns without a heading, and had 3"),
        (["On,On,Ref", "2025-01-01,2025-01-02,a"], ["On,Ref", "2025-01-02,a"], "1 columns with the heading 'On'"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused_when_there_are_more_or_fewer(
    tmp_path: Path, before: list[str], now: list[str], words: str
) -> None:
    with pytest.raises(SourceError, match=words):
        again(tmp_path, before, now)


def workbook(path: Path, *sheets: str, cell: int = 1) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for place, row in enumerate([["Case", "Opened"], ["a", "2025-01-01"], ["b", "2025-01-02"]]):
                sheet.write_row(place, 0, [*row, "Cost" if place == 0 else cell])
    return path


def test_the_only_sheet_of_a_workbook_is_the_same_table_under_another_name(tmp_path: Path) -> None:
    first = copy(workbook(tmp_path / "book.xlsx", "Requests v1"), into=tmp_path)
    second = copy(workbook(tmp_path / "book.xlsx", "Requests v2", cell=7), into=tmp_path, known=first.found)
    assert second.table.name == first.table.name
    assert second.values("cost") == [7, 7]
    third = copy(workbook(tmp_path / "book.xlsx", "Cover", "Requests v3"), into=tmp_path, known=first.found)
    assert first.table.name not in {table.name for table in third.found.tables}
