"""A source that is copied again keeps its names and types, and what no longer fits is kept beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.loading.copying import copy


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
