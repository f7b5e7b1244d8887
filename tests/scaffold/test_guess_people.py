"""Who and what is private is told by headings as people write them, and by values that are names; nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.scaffold.facts import changes, facts
from data_access.scaffold.memory import DraftedTable
from tests.scaffold.guessing import (
    World,
    answers,
    checked,
    codes_of,
    column_of,
    contract_of,
    metrics_of,
    own_of,
    why,
    world,
)

VISITS = """
    SELECT ['Amy', 'Ben', 'Cat'][1 + i % 3] || ' ' || ['Jones', 'Patel', 'Khan'][1 + i // 3 % 3] AS "Child",
        DATE '2010-01-01' + (i % 9)::INT AS "DoB", DATE '2011-01-01' + (i % 9)::INT AS "D.O.B.",
        DATE '2025-01-01' + (i)::INT AS "Visit date",
        ['Jane Doe', 'John Roe', 'Ann Poe', 'Max Low'][1 + i % 4] AS "Seen by",
        ['in-house', 'agency'][1 + i % 2] AS "Key worker", ['W1', 'W2'][1 + i % 2] AS "Worker",
        ['Amy', 'Ben'][1 + i % 2] AS "Name",
        CASE WHEN i = 3 THEN 'n/a' ELSE 'AB' || (123456 + i % 9) || 'C' END AS "Reference two",
        'AB' || (123456 + i % 9) || 'C' AS "NINo",
        CASE WHEN i = 3 THEN 'Gypsy/Roma' ELSE ['White British', 'Asian'][1 + i % 2] END AS "Ethnicity",
        i < 3 AS "Disabilities", ['ASD', 'SEMH'][1 + i % 2] AS "SEN need", ['Theft', 'None'][1 + i % 2] AS "Offences",
        ['Mum (Sara Jones) absent', 'Refer Amy to GP'][1 + i % 2] AS "Notes",
        ['Great Baddow', 'Chelmer Village', 'Old Moulsham'][1 + i % 3] AS "Ward",
        ['Seen', 'Not seen'][1 + i % 2] AS "Outcome",
    FROM range(150) numbers(i)
"""
EXCLUSIONS = """
    SELECT DATE '2025-01-01' + to_months(month::INT) AS term_start, ['Ash', 'Elm'][1 + school] AS school,
        (month + school) % 5 AS "Pupils excluded"
    FROM range(12) months(month), range(2) schools(school)
"""


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("visits"), {"visits": VISITS})


def test_the_names_of_people_are_personal_however_often_they_repeat(visits: World) -> None:
    for name in ("Child", "Seen by", "Name"):
        assert column_of(visits, name)["classification"] == "personal", name
        assert not codes_of(visits, name)
    assert "look like forenames and surnames" in why(visits, "Seen by", "classification")


def test_a_kind_of_person_or_a_short_code_below_such_a_heading_is_no_name(visits: World) -> None:
    assert codes_of(visits, "Key worker") == ["agency", "in-house"]
    assert codes_of(visits, "Worker") == ["W1", "W2"]


def test_places_and_answers_of_two_words_are_no_names_of_people(visits: World) -> None:
    assert len(codes_of(visits, "Ward")) == 3
    assert codes_of(visits, "Outcome") == ["Not seen", "Seen"]


def test_free_text_has_neither_codes_nor_a_form_and_breaks_nothing_down(visits: World) -> None:
    notes = column_of(visits, "Notes")
    assert "enum" not in notes
    assert "logicalTypeOptions" not in notes
    assert metrics_of(visits)["count"]["dimensions"] == ["Key worker", "Worker", "Ward", "Outcome"]


@pytest.mark.parametrize("name", ["DoB", "D.O.B.", "NINo", "Reference two"])
def test_headings_are_understood_with_dots_and_inner_capitals_and_insurance_numbers_by_their_form(
    visits: World, name: str
) -> None:
    assert column_of(visits, name)["classification"] == "personal"


@pytest.mark.parametrize("name", ["Ethnicity", "Disabilities", "SEN need", "Offences"])
def test_what_the_law_calls_special_is_told_in_the_plural_and_by_its_initials(visits: World, name: str) -> None:
    assert column_of(visits, name)["classification"] == "special"


def test_records_are_counted_at_what_happened_and_never_at_a_birth(visits: World) -> None:
    assert metrics_of(visits)["count"]["time"] == "Visit date"


def test_no_name_of_a_person_and_no_small_count_of_people_stands_in_the_drafts(visits: World) -> None:
    written = "\n".join(path.read_text("utf-8") for path in visits.written().rglob("*.yaml"))
    for name in ("Amy", "Jones", "Jane Doe", "Sara"):
        assert name not in written
    assert "1 of them used in fewer than 5 records" in why(visits, "Ethnicity", "enum")
    assert "Gypsy" not in why(visits, "Ethnicity", "enum")
    assert why(visits, "Disabilities", "enum").startswith("Yes in fewer than 5 of 150")


def test_none_is_an_answer_and_a_code(visits: World) -> None:
    assert codes_of(visits, "Offences") == ["None", "Theft"]


def test_what_is_remembered_of_a_private_column_has_no_least_and_no_greatest(visits: World) -> None:
    (table,) = visits.found.tables
    kept = facts(table, visits.generation, ())
    assert (kept["DoB"].least, kept["D.O.B."].greatest) == (None, None)
    assert kept["Visit date"].least == "1 Jan 2025"
    before = {**kept, "DoB": facts(table, visits.generation, ())["Visit date"]}  # as an older version kept it
    assert not list(changes(DraftedTable("", table, before), DraftedTable("", table, kept)))


@pytest.mark.parametrize("heading", ["Pupils excluded", "Children seen", "Clients"])
def test_counts_of_people_are_about_people(tmp_path: Path, heading: str) -> None:
    made = world(tmp_path, {"exclusions": EXCLUSIONS.replace("Pupils excluded", heading)})
    assert own_of(contract_of(made), "about") == "people"
    assert "classification" not in column_of(made, heading), "a number of people names nobody"


def test_a_table_that_is_called_after_people_is_about_people(tmp_path: Path) -> None:
    made = world(tmp_path, {"foster_carers": EXCLUSIONS.replace("Pupils excluded", "places")})
    assert own_of(contract_of(made), "about") == "people"


def test_drafts_about_people_have_no_problem_and_every_metric_answers(visits: World) -> None:
    config = visits.written()
    _, problems = checked(config)
    assert not problems
    assert answers(config)["visits_records"].rows[0].value == 150


BANDS = """
    SELECT DATE '2025-01-01' + (i)::INT AS opened, ['<18', '18+', '<65', '>65'][1 + i % 4] AS band,
        ['A+', 'A', 'A', 'A-'][1 + i % 4] AS grade,
        CASE WHEN i = 9 THEN 'walk in' ELSE ['Walk-in', 'By post'][1 + i % 2] END AS route,
        CASE WHEN i % 2 > 0 THEN 'Total' WHEN i % 20 = 0 THEN 'Grand total (4):' WHEN i % 6 = 2 THEN 'Bins'
            ELSE 'Roads' END AS "Category"
    FROM range(120) numbers(i)
"""


@pytest.fixture(scope="module")
def bands(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("bands"), {"bands": BANDS})


def test_codes_that_differ_by_a_sign_are_no_spellings_of_one_another(bands: World) -> None:
    assert codes_of(bands, "band") == ["18+", "<18", "<65", ">65"]
    assert codes_of(bands, "grade") == ["A", "A+", "A-"]
    assert codes_of(bands, "route") == ["By post", "Walk-in"], "a hyphen between words is no such sign"


def test_a_total_is_no_code_and_no_outcome(bands: World) -> None:
    assert codes_of(bands, "Category") == ["Bins", "Roads"]
    assert "counts the others again: 'Grand total (4):' and 'Total'" in why(bands, "Category", "enum")
    assert metrics_of(bands)["share"]["numerator"] == "Category = 'Roads'"


@pytest.mark.parametrize("name", ["Total visits", "Visits YTD", "Cumulative visits"])
def test_running_totals_are_not_added_up(tmp_path: Path, name: str) -> None:
    made = world(tmp_path, {"loans": EXCLUSIONS.replace("Pupils excluded", name)})
    assert "sum" not in metrics_of(made)
