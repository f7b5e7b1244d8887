"""Identifiers and shapes: told by pattern, check digit and name, and never by the name alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.scaffold.identifiers import is_nhs_number, is_upn
from tests.scaffold.guessing import World, column_of, contract_of, limits_of, own_of, why, world

RECORDS = """
    WITH numbered AS (SELECT i, lpad((400000000 + i * 37)::VARCHAR, 9, '0') AS nine FROM range(400) numbers(i)),
    summed AS (
        SELECT *, 11 - list_sum([nine[p]::INT * (11 - p) FOR p IN range(1, 10)]) % 11 AS digit FROM numbered
    )
    SELECT
        nine || CASE WHEN digit = 11 THEN '0' ELSE digit::VARCHAR END AS hospital_number,
        (4000000000 + i)::VARCHAR AS any_ten_digits,
        CASE WHEN i < 4 THEN 'none' ELSE 'CM' || (1 + i % 9) || ' ' || (i % 10) || 'AB' END AS postcode,
        'CM' || (1 + i % 9) AS outward,
        100000000000 + i AS uprn,
        'E0700' || lpad((i % 300)::VARCHAR, 4, '0') AS area,
        'person' || i || '@example.org' AS contact,
        '01245 ' || (100000 + i) AS phone,
        CASE WHEN i < 7 THEN '?' ELSE 'REQ-' || (2020 + i % 5) || '/' || lpad(i::VARCHAR, 4, '0') END AS request,
        CASE WHEN i < 7 THEN '?' ELSE 'AB' || i END AS growing,
        CASE WHEN i % 40 = 0 THEN '?' ELSE 'AB' || (100 + i) END AS faulty,
        CASE WHEN i % 2 = 0 THEN 'AB' || i ELSE i || '-' END AS mixed,
        DATE '2025-01-01' + i::INT AS day,
    FROM summed WHERE digit <> 10
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder: Path = tmp_path_factory.mktemp("forms")
    return world(folder, {"requests": RECORDS})


def test_the_check_digit_of_an_nhs_number_is_told() -> None:
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 5918")


def test_the_check_letter_of_a_pupil_number_is_told() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    body = "820200012345"
    right = letters[sum(int(digit) * place for place, digit in enumerate(body, start=2)) % 23]
    assert is_upn(right + body)
    assert not any(is_upn(letter + body) for letter in letters if letter != right)
    assert not is_upn("A12345")


def test_ten_digits_with_right_check_digits_are_nhs_numbers_whatever_the_column_is_called(made: World) -> None:
    assert limits_of(made, "hospital_number") == {"pattern": "[0-9]{3} ?[0-9]{3} ?[0-9]{4}"}
    assert column_of(made, "hospital_number")["classification"] == "personal"
    assert "have the right check digit" in why(made, "hospital_number", "logicalTypeOptions")


def test_ten_digits_whose_check_digits_are_wrong_are_none(made: World) -> None:
    assert "classification" not in column_of(made, "any_ten_digits")
    assert limits_of(made, "any_ten_digits") == {"pattern": "[0-9]{10}"}


def test_a_postcode_keeps_its_pattern_although_a_few_values_are_none(made: World) -> None:
    assert "GIR 0AA" in limits_of(made, "postcode")["pattern"]
    assert "look like a full postcode" in why(made, "postcode", "logicalTypeOptions")
    assert column_of(made, "postcode")["classification"] == "personal"


def test_the_first_half_of_a_postcode_tells_nobody_apart(made: World) -> None:
    assert "classification" not in column_of(made, "outward")


def test_a_property_number_stored_as_a_number_has_its_limits(made: World) -> None:
    assert limits_of(made, "uprn") == {"minimum": 1, "maximum": 999_999_999_999}


def test_area_codes_emails_and_phones_are_told(made: World) -> None:
    assert limits_of(made, "area") == {"pattern": "[EWSNKJLM][0-9]{8}"}
    assert column_of(made, "contact")["classification"] == "personal"
    assert limits_of(made, "phone") == {"pattern": "([+]44|0)[0-9 ()-]{8,14}"}


def test_a_shape_that_98_of_100_values_share_is_a_pattern_with_its_fixed_letters(made: World) -> None:
    assert limits_of(made, "request") == {"pattern": "REQ-[0-9]{4}/[0-9]{4}"}
    assert limits_of(made, "growing") == {"pattern": "[A-Z]{2}[0-9]{1,3}"}
    assert "357 of 363 values are written like AA999" in why(made, "growing", "logicalTypeOptions")


def test_a_shape_that_more_than_2_of_100_values_lack_is_none(made: World) -> None:
    assert not limits_of(made, "faulty")


def test_values_of_several_shapes_have_no_pattern(made: World) -> None:
    assert not limits_of(made, "mixed")


def test_a_table_with_anything_personal_is_about_people(made: World) -> None:
    assert own_of(contract_of(made), "about") == "people"
