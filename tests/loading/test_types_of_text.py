"""Which type a column of text gets, what its values become, and what is said about it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from data_access.loading.readings import is_birth, readings
from tests.loading.copying import TODAY, Copy, copy

Columns = Mapping[str, Sequence[str]]


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Columns], Copy]:
    """A CSV file of these columns, copied. Shorter columns are filled up with blanks."""

    def make(columns: Columns) -> Copy:
        longest = max(map(len, columns.values()))
        level = [[*cells, *[""] * (longest - len(cells))] for cells in columns.values()]
        with (tmp_path / "source.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([list(columns), *zip(*level, strict=True)])
        return copy(tmp_path / "source.csv", into=tmp_path)

    return make


APRIL = date(2024, 4, 1)

READ: list[tuple[str, list[str], str, Any]] = [
    ("ISO dates", ["2024-04-01"], "DATE", APRIL),
    ("dates with slashes, the day first", ["01/04/2024", "25/12/2024"], "DATE", APRIL),
    ("dates without leading zeros", ["1/4/2024"], "DATE", APRIL),
    ("dates with dots", ["1.4.2024"], "DATE", APRIL),
    ("dates with two-digit years", ["01-04-24"], "DATE", APRIL),
    ("dates with a short month", ["1-Apr-24", "1-Sept-2020"], "DATE", APRIL),
    ("dates in words", ["1st April 2024", "Mon 1 Apr 2024", "April 1, 2024"], "DATE", APRIL),
    ("dates with a midnight that says nothing", ["01/04/2024 00:00"], "DATE", APRIL),
    ("dates with the month first, which the values prove", ["04/01/2024", "04/13/2024"], "DATE", APRIL),
    ("dates with a time", ["01/04/2024 09:30"], "TIMESTAMP", datetime.fromisoformat("2024-04-01 09:30")),
    ("ISO moments", ["2024-04-01T09:30:15.5"], "TIMESTAMP", datetime.fromisoformat("2024-04-01 09:30:15.500000")),
    ("moments in the afternoon", ["1 Apr 2024 9:30 PM"], "TIMESTAMP", datetime.fromisoformat("2024-04-01 21:30")),
    ("moments of another zone", ["2024-04-01T09:30:00Z"], "TIMESTAMP", datetime.fromisoformat("2024-04-01 10:30")),
    ("months", ["2024-04", "2023-1"], "DATE", APRIL),
    ("months by name", ["Apr-24", "September 2024", "2024 Apr"], "DATE", APRIL),
    ("months with the year last", ["04/2024"], "DATE", APRIL),
    ("whole numbers", ["1234", "-5"], "BIGINT", 1234),
    ("thousands commas", ["1,234", "1,234,567"], "BIGINT", 1234),
    ("numbers that pandas wrote with .0", ["1.0", "2.0"], "BIGINT", 1),
    ("numbers with a fraction", ["1.5", "2"], "DOUBLE", 1.5),
    ("negatives in brackets", ["(1,234.50)", "7.25"], "DOUBLE", -1234.5),
    ("a real minus sign", ["−3"], "BIGINT", -3),
    ("numbers with an exponent", ["1.5e-05", "0.2"], "DOUBLE", 0.000015),
    ("pounds", ["£1,234.50", "-£2.00"], "DOUBLE", 1234.5),
    ("percentages", ["39%", "40.5 %"], "DOUBLE", 39.0),
    ("yes and no", ["Yes", "no"], "BOOLEAN", True),
    ("Y and N", ["Y", "N"], "BOOLEAN", True),
    ("times of day", ["9:30", "23:59:59"], "TIME", time(9, 30)),
    ("numbers with leading zeros", ["0123", "4567"], "VARCHAR", "0123"),
    ("numbers too long to be kept as such", ["1234567890123456789012"], "VARCHAR", "1234567890123456789012"),
    ("zeros and ones", ["0", "1"], "BIGINT", 0),
    ("financial years", ["2011-12", "2010-11"], "VARCHAR", "2011-12"),
    ("financial years with a stroke", ["2023/24"], "VARCHAR", "2023/24"),
    ("quarters", ["2023 Q1"], "VARCHAR", "2023 Q1"),
    ("bare years", ["2023"], "BIGINT", 2023),
    ("class names that look like exponents", ["1E5", "2E7"], "VARCHAR", "1E5"),
    ("three answers, of which two are yes and no", ["Yes", "No", "Not known"], "VARCHAR", "Yes"),
    ("codes with letters", ["E10000012"], "VARCHAR", "E10000012"),
    ("dates of eight digits, twenty of them", ["20240401", *["20240402"] * 19], "DATE", APRIL),
    ("eight digits that are no dates", ["20240401", "31415926"], "BIGINT", 20240401),
]  # fmt: skip


def test_each_way_of_writing_is_read_as_its_type(copied: Callable[[Columns], Copy]) -> None:
    made = copied({f"column {number}": cells for number, (_, cells, _, _) in enumerate(READ)})
    for number, (what, _, physical, first) in enumerate(READ):
        column = made.column(f"column_{number}")
        assert (what, column.physical_type, column.unread) == (what, physical, None), column.why
        assert (what, made.values(column.name)[0]) == (what, first)


BY_NAME: list[tuple[str, list[str], str, Any]] = [
    ("NHS number", ["4505577104"], "VARCHAR", "4505577104"),
    ("Mobile phone", ["7700900123"], "VARCHAR", "7700900123"),
    ("Start date", ["20240401"], "DATE", APRIL),
    ("Reference", ["20240401"], "BIGINT", 20240401),
    ("Month", ["202404"], "DATE", APRIL),
    ("Total", ["202404"], "BIGINT", 202404),
    ("Month of the year", ["2011-12"], "DATE", date(2011, 12, 1)),
    ("Date of birth", ["01/04/31"], "DATE", date(1931, 4, 1)),
    ("Due date", ["01/04/31"], "DATE", date(2031, 4, 1)),
]


def test_the_name_of_a_column_decides_where_its_values_do_not(copied: Callable[[Columns], Copy]) -> None:
    made = copied({heading: cells for heading, cells, _, _ in BY_NAME})
    for column, (heading, _, physical, first) in zip(made.table.columns, BY_NAME, strict=False):
        assert (heading, column.physical_type) == (heading, physical), column.why
        assert (heading, made.values(column.name)[0]) == (heading, first)


def test_what_cannot_be_read_stands_in_a_column_beside(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Opened on": [*["01/04/2024"] * 97, "31/02/2024", "soon", "n/a"], "Fine": ["1"] * 100})
    opened = made.column("opened_on")
    assert (opened.type, opened.unread, opened.unread_values) == ("date", "opened_on_unread", 2)
    assert [value for value in made.values("opened_on_unread") if value] == ["31/02/2024", "soon"]
    assert made.values("opened_on")[97:] == [None, None, None]
    assert "97 of 99" in opened.why
    assert made.column("fine").unread is None
    assert made.table.notes == ("Opened on: 1 of its cells count as blank, because of n/a, -, [z] or the like.",)


def test_a_column_of_which_fewer_than_95_in_100_can_be_read_stays_text(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Opened": [*["2024-04-01"] * 94, *["soon"] * 6], "Read": [*["2024-04-01"] * 95, *["soon"] * 5]})
    assert [column.type for column in made.table.columns[:2]] == ["string", "date"]
    assert made.values("opened")[-1] == "soon"


def test_signs_for_figures_that_are_not_shown_are_kept_and_count_neither_way(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Area": ["a", "b", "c", "d", "e"], "Value": ["1.5", "[c]", "[x]", "<5", "[z]"]})
    assert made.values("value") == [1.5, None, None, None, None]
    assert made.values("value_unread") == [None, "[c]", "[x]", "<5", None]


def test_a_mixture_of_percentages_and_numbers_stays_text_and_says_so(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Value": ["39%", "40%", "1768", "5"]})
    assert made.column("value").type == "string"
    assert "2 of 4 values carry % and the others do not" in made.column("value").why


def test_units_are_said_only_where_nearly_all_values_carry_them(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"All": ["£1", "£2"], "Some": ["£1", "2"], "Rate": ["1%", "2%"]})
    assert [column.unit for column in made.table.columns[:3]] == ["pounds", None, "percent"]


def test_text_keeps_its_spaces_and_an_answer_of_none(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Disability": [" None", "none ", "  ", "N/A", "NULL", "Hearing  loss "], "Case": list("abcdef")})
    assert made.values("disability") == [" None", "none ", None, None, None, "Hearing  loss "]


def test_the_order_of_day_and_month_is_the_one_that_the_values_prove_however_few_they_are(
    copied: Callable[[Columns], Copy],
) -> None:
    made = copied(
        {
            "US": [*["04/01/2024"] * 96, *["04/13/2024"] * 4],
            "UK": [*["01/04/2024"] * 96, *["13/04/2024"] * 4],
            "Either": ["01/04/2024"] * 100,
            "A slip": [*["13/04/2024"] * 150, "01/04/2024", "04/13/2024"],
            "US times": [*["04/01/2024 09:30"] * 96, *["04/13/2024 09:30"] * 4],
        }
    )
    assert [made.values(name)[0] for name in ("us", "uk", "either")] == [APRIL] * 3
    assert (made.values("a_slip")[150], made.values("a_slip_unread")[151]) == (APRIL, "04/13/2024")
    assert made.values("us_times")[0] == datetime.fromisoformat("2024-04-01 09:30")
    assert [column.unread_values for column in made.table.columns[:5]] == [0, 0, 0, 1, 0]
    assert "4 show a second number above 12" in made.column("us").why
    assert "nothing proves it" in made.column("either").why


def test_where_both_orders_are_proven_a_date_that_could_be_either_is_not_read(
    copied: Callable[[Columns], Copy],
) -> None:
    cells = [*["13/04/2024"] * 30, *["04/13/2024"] * 30, *["01/04/2024"] * 38, "04/04/2024", "2024-04-01"]
    made = copied({"On": cells, "At": [f"{cell} 09:30" for cell in cells], "Midnight": [f"{c} 00:00" for c in cells]})
    assert [column.physical_type for column in made.table.columns[:3]] == ["DATE", "TIMESTAMP", "DATE"]
    assert made.values("on_unread") == [None] * 60 + ["01/04/2024"] * 38 + [None] * 2
    assert set(made.values("on_")) == {date(2024, 4, 13), date(2024, 4, 4), APRIL, None}
    assert [column.unread_values for column in made.table.columns[:3]] == [38] * 3
    assert "30 show that the day stands first and 30 that the month does" in made.column("on_").why


@pytest.mark.parametrize("heading", ["D.O.B.", "DoB", "D O B", "Child's D.O.B", "childDOB", "Born on", "Birth date"])
def test_two_digit_years_of_birth_are_not_in_the_future(heading: str) -> None:
    assert is_birth(heading)
    assert readings(heading, TODAY)["day_first"].short_years == TODAY.year % 100


@pytest.mark.parametrize("heading", ["Dobson Road", "Adobe", "Newborn visit", "Date of death", "Do by"])
def test_other_headings_speak_of_no_birth(heading: str) -> None:
    assert not is_birth(heading)


def test_several_financial_years_stay_text_also_below_a_heading_of_months(copied: Callable[[Columns], Copy]) -> None:
    made = copied(
        {"Period": [f"{year}-{(year + 1) % 100:02}" for year in range(2001, 2012)], "Month": ["2011-11"] * 11}
    )
    assert [column.type for column in made.table.columns[:2]] == ["string", "date"]
    assert "financial years" in made.column("period").why


def test_references_that_would_become_one_number_stay_text(copied: Callable[[Columns], Copy]) -> None:
    references = [f"1.{number}" for number in range(1, 13)]
    made = copied(
        {
            "Measure": references,
            "Clause": [*references[:5], *references[5:9], "2.1", "2.2", "2.3"],
            "Price": [f"{number}.50" for number in range(12)],
            "Length": ["1.5", "2.25", "3"] * 4,
            "Indicator value": ["1.5", "2.25", "3"] * 4,
        }
    )
    assert [column.type for column in made.table.columns[:5]] == ["string", "string", "number", "number", "number"]
    assert len(set(made.values("measure"))) == 12
    assert "1 values such as 1.10" in made.column("measure").why


def test_a_spreadsheets_numbers_of_days_are_dates_where_the_heading_says_so(copied: Callable[[Columns], Copy]) -> None:
    cells = [*[str(45658 + number) for number in range(97)], "01/01/2025", "99999", "soon"]
    made = copied({"Date received": cells, "Candidate": [str(45658 + number) for number in range(100)]})
    assert made.values("date_received")[:2] == [date(2025, 1, 1), date(2025, 1, 2)]
    assert made.values("date_received_unread")[-3:] == ["01/01/2025", "99999", "soon"]
    assert made.column("candidate").type == "integer"


def test_a_dash_among_pounds_is_a_blank_and_said_to_be_perhaps_nought(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Amount": ["£1.50", " -   ", "£2.00"], "Visits": ["1", "-", "2"]})
    assert made.values("amount") == [1.5, None, 2.0]
    assert "1 cell holds only a dash, counted as blank: in accounts it may stand for 0" in made.column("amount").why
    assert "dash" not in made.column("visits").why


def test_a_rare_leading_zero_is_a_slip_and_a_common_one_makes_a_code(copied: Callable[[Columns], Copy]) -> None:
    made = copied(
        {"Rare": [*[str(number) for number in range(1, 2000)], "07"], "Code": [*["1234"] * 1990, *["0234"] * 10]}
    )
    assert (made.column("rare").type, made.column("code").type) == ("integer", "string")
    assert made.values("rare_unread")[-1] == "07"


def test_a_table_without_a_date_that_counts_gets_the_day_of_the_copy(copied: Callable[[Columns], Copy]) -> None:
    made = copied({"Child": ["1", "2", "3"], "DOB": ["01/04/2010"] * 3, "Died on": ["02/04/2024"]})
    assert made.table.copied_on == "copied_on"
    assert made.values("copied_on") == [TODAY] * 3
    assert made.table.columns[-1].name == "copied_on"
    assert copied({"Child": ["1", "2"], "Died on": ["02/04/2024"]}).table.copied_on is None
