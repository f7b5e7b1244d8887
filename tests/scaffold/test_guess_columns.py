"""What is guessed of single columns: blanks, codes, limits. Each is found where it is, and not where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scaffold.guessing import World, codes_of, column_of, limits_of, why, world

RECORDS = """
    SELECT
        'CASE' || lpad(i::VARCHAR, 5, '0') AS case_ref,
        CASE WHEN i < 49 THEN NULL ELSE 'x' || i END AS mostly,
        CASE WHEN i < 51 THEN NULL ELSE 'y' || i END AS often,
        CASE WHEN i = 7 THEN 'open ' WHEN i IN (8, 9) THEN 'OPEN' WHEN i % 3 = 0 THEN 'Closed' ELSE 'Open' END
            AS status,
        CASE WHEN i < 3 THEN '' WHEN i = 3 THEN 'N/A' ELSE ['Yes, often', 'Yes, once'][1 + i % 2] END AS answer,
        CASE WHEN i < 900 THEN '' ELSE 'Later' END AS remark,
        CASE WHEN i = 5 THEN 'Lost' ELSE ['North', 'South'][1 + i % 2] END AS area,
        'Somebody wrote sentence number ' || i AS words,
        'v' || (i % 51) AS fifty_one,
        'v' || (i % 50) AS fifty,
        i % 2 AS urgent,
        i % 4 AS bedrooms,
        1 + i % 4 AS status_code,
        i % 7 = 0 AS visited,
        777000 + i AS patient_number,
        CASE WHEN i = 3 THEN 999999 ELSE i % 90 END AS age,
        (CASE WHEN i < 3 THEN -999 ELSE i % 40 END)::DOUBLE AS score,
        (i - 500)::DOUBLE AS difference,
        (exp(i / 150.0))::DOUBLE AS skewed,
        (CASE WHEN i = 8 THEN 198 ELSE i % 101 END)::DOUBLE AS attendance,
        (i % 300)::DOUBLE AS growth,
        CASE WHEN i = 4 THEN DATE '1900-01-01' ELSE DATE '2021-05-03' + (i)::INT END AS received,
        DATE '2026-01-01' + (i)::INT AS due,
        DATE '1950-01-01' + (i * 20)::INT AS opened_on,
    FROM range(1000) numbers(i)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder: Path = tmp_path_factory.mktemp("columns")
    return world(folder, {"cases": RECORDS}, columns={"attendance": {"unit": "percent"}, "growth": {"unit": "percent"}})


def test_a_column_filled_in_95_of_100_records_is_required_and_a_reason_counts_its_blanks(made: World) -> None:
    assert column_of(made, "mostly")["required"] is True
    assert why(made, "mostly", "required").startswith("49 of 1,000 are blank")


def test_a_column_blank_in_more_than_5_of_100_records_may_be_blank(made: World) -> None:
    assert "required" not in column_of(made, "often")


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("things"), {"faults": f"SELECT status, area, received FROM ({RECORDS})"})


def test_few_values_used_often_are_codes_without_other_spellings_of_them(things: World) -> None:
    assert codes_of(things, "status") == ["Closed", "Open"]
    assert "'OPEN' (2) for 'Open' and 'open ' (1) for 'Open'" in why(things, "status", "enum")


def test_words_that_stand_for_a_blank_are_no_codes_and_doubtful_where_a_blank_is(made: World) -> None:
    assert codes_of(made, "answer") == ["Yes, often", "Yes, once"]
    assert column_of(made, "answer")["quality"][0]["arguments"] == {"missingValues": ["", "N/A"]}
    assert why(made, "answer", "required").startswith("4 of 1,000 are blank")


def test_words_that_stand_for_a_blank_are_left_alone_where_a_blank_is_allowed(made: World) -> None:
    assert "required" not in column_of(made, "remark")
    assert "quality" not in column_of(made, "remark")


def test_a_code_used_once_is_kept_and_named(things: World) -> None:
    assert codes_of(things, "area") == ["Lost", "North", "South"]
    assert "Used only once: 'Lost' (1)" in why(things, "area", "enum")


def test_of_people_no_reason_tells_how_many_have_a_code_that_few_have(made: World) -> None:
    assert codes_of(made, "area") == ["Lost", "North", "South"]
    assert "1 of them used in fewer than 5 records" in why(made, "area", "enum")
    assert "Lost" not in why(made, "area", "enum")
    assert "2 left out as other spellings" in why(made, "status", "enum")
    assert "OPEN" not in why(made, "status", "enum")


def test_fifty_values_are_codes_and_fifty_one_are_not(made: World) -> None:
    assert len(codes_of(made, "fifty")) == 50
    assert not codes_of(made, "fifty_one")


def test_sentences_that_are_all_different_are_no_codes_and_have_no_form(made: World) -> None:
    assert not codes_of(made, "words")
    assert not limits_of(made, "words").get("pattern", "").startswith("[a-z]")


def test_two_numbers_for_yes_and_no_are_codes_and_so_are_those_whose_name_says_so(made: World) -> None:
    assert codes_of(made, "urgent") == [0, 1]
    assert codes_of(made, "status_code") == [1, 2, 3, 4]


def test_a_few_numbers_that_count_something_are_no_codes(made: World) -> None:
    assert not codes_of(made, "bedrooms")
    assert limits_of(made, "bedrooms") == {"minimum": 0, "maximum": 10}


def test_yes_and_no_are_the_only_answers_and_the_reason_counts_the_yes(made: World) -> None:
    assert codes_of(made, "visited") == [True, False]
    assert "143 of 1,000" in why(made, "visited", "enum")


def test_one_number_far_above_all_others_is_outside_the_limits(made: World) -> None:
    assert limits_of(made, "age") == {"minimum": 0, "maximum": 200}
    assert "1 of 1,000 more than 10 times all the others" in why(made, "age", "logicalTypeOptions")


def test_numbers_that_only_grow_steeply_are_all_inside_the_limits(made: World) -> None:
    assert limits_of(made, "skewed") == {"minimum": 0, "maximum": 2000}


def test_a_few_stand_ins_below_0_are_outside_the_limits_and_many_numbers_below_0_are_not(made: World) -> None:
    assert limits_of(made, "score") == {"minimum": 0, "maximum": 100}
    assert limits_of(made, "difference") == {"minimum": -1000, "maximum": 1000}


def test_percentages_lie_between_0_and_100(made: World) -> None:
    assert limits_of(made, "attendance") == {"minimum": 0, "maximum": 100}
    assert "1 of 1,000 above 100, so doubtful" in why(made, "attendance", "logicalTypeOptions")


def test_percentages_of_which_many_are_above_100_are_no_parts_of_a_whole(made: World) -> None:
    assert limits_of(made, "growth")["maximum"] == 1000


def test_the_numbers_of_single_people_stand_in_no_draft(made: World) -> None:
    assert column_of(made, "patient_number")["classification"] == "personal"
    assert not limits_of(made, "patient_number")
    assert not any("777000" in guess.why for draft in made.drafts().values() for guess in draft.guesses)


def test_a_date_begins_with_the_first_year_that_is_no_stand_in(made: World) -> None:
    assert limits_of(made, "received") == {"minimum": "2021-01-01"}
    assert "1 far outside" in why(made, "received", "logicalTypeOptions")


def test_dates_of_many_years_are_all_possible(made: World) -> None:
    assert limits_of(made, "opened_on")["minimum"] == "1950-01-01"


def test_dates_planned_ahead_end_some_years_later(made: World) -> None:
    assert limits_of(made, "due") == {"minimum": "2026-01-01", "maximum": "2030-12-31"}
