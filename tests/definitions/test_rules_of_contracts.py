"""Which rules a contract gives, and what its columns may hold."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from data_access.definitions import days
from data_access.definitions.load import load
from data_access.definitions.models import Contract, Rule
from data_access.warehouse import duckdb_engine
from tests.definitions.cases import GOOD
from tests.definitions.conftest import Change

FILE = "datasets/plans.odcs.yaml"


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load(GOOD).contracts["plans"]


@pytest.fixture(scope="module")
def rules(contract: Contract) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in contract.rules}


def contract_after(change: Change, old: str, new: str) -> Contract:
    return load(change(FILE, old, new)).contracts["plans"]


def test_the_rules_are_these_and_no_others(rules: Mapping[str, Rule]) -> None:
    assert {(rule.kind, rule.columns, rule.dimension) for rule in rules.values()} == {
        ("required", ("reference",), "completeness"),
        ("pattern", ("reference",), "conformity"),
        ("unique", ("reference",), "uniqueness"),
        ("required", ("requested_on",), "completeness"),
        ("limits", ("requested_on",), "conformity"),
        ("required", ("exception",), "completeness"),
        ("values", ("exception",), "conformity"),
        ("values", ("district",), "conformity"),
        ("values", ("quadrant",), "conformity"),
        ("limits", ("weeks",), "conformity"),
        ("limits", ("cost",), "conformity"),
        ("required", ("loaded_at",), "completeness"),
        ("custom", ("issued_on",), "consistency"),
    }


def test_a_check_said_twice_is_one_rule_with_the_words_of_the_one_written_out(rules: Mapping[str, Rule]) -> None:
    rule = rules["reference_once"]
    assert rule.fix == "Search before opening a new record."
    assert (rule.severity, rule.business_impact) == ("error", "regulatory")
    assert [other.id for other in rules.values() if other.kind == "unique"] == ["reference_once"]


def test_a_named_check_is_known_by_its_name(rules: Mapping[str, Rule]) -> None:
    rule = rules["issued_after_request"]
    assert rule.name == "Issued after request"
    assert rule.condition == "issued_on >= requested_on"


def test_without_doubts_a_condition_puts_every_column_it_names_in_doubt(change: Change) -> None:
    old = "        customProperties:\n          - {property: doubts, value: [issued_on]}\n"
    rule = next(rule for rule in contract_after(change, old, "").rules if rule.kind == "custom")
    assert rule.columns == ("issued_on", "requested_on")


def test_codes_have_the_labels_of_enum_or_of_valid_values(contract: Contract) -> None:
    assert contract.columns["district"].values == {"E07000066": "Basildon", "E07000067": "Braintree"}
    assert contract.columns["quadrant"].values == {"N": "North", "S": "South"}
    assert contract.columns["exception"].values == {"true": "Yes", "false": "No"}


def test_codes_stay_as_they_are_written(change: Change) -> None:
    contract = contract_after(change, '[{value: "N", label: North}, {value: S, label: South}]', "[NO, 01, 007, ON]")
    assert list(contract.columns["quadrant"].values) == ["NO", "01", "007", "ON"]


def test_a_column_with_two_lists_may_hold_what_both_allow(change: Change) -> None:
    check = "{metric: invalidValues, mustBe: 0, arguments: {validValues: [E07000067, X]}}"
    contract = contract_after(change, "        enum:", f"        quality: [{check}]\n        enum:")
    assert contract.columns["district"].values == {"E07000067": "Braintree"}
    assert [rule.values for rule in contract.rules if rule.columns == ("district",)] == [
        ("E07000066", "E07000067"),
        ("E07000067", "X"),
    ]


def test_a_check_for_blanks_makes_the_column_never_blank(contract: Contract) -> None:
    assert contract.columns["exception"].required
    assert not contract.columns["issued_on"].required


def test_stand_ins_for_a_blank_become_a_check_of_their_own(change: Change) -> None:
    old = "- {metric: nullValues, mustBe: 0}"
    new = '- {metric: missingValues, mustBe: 0, arguments: {missingValues: [null, "", "N/A"]}}'
    folder = change(FILE, old, old)
    change(
        FILE,
        "      - name: note\n        logicalType: string",
        f"      - name: note\n        logicalType: string\n        quality:\n          {new}",
    )
    found = [rule for rule in load(folder).contracts["plans"].rules if rule.columns == ("note",)]
    assert [(rule.kind, rule.dimension) for rule in found] == [("required", "completeness"), ("custom", "completeness")]
    assert found[1].condition == "\"note\" IS NULL OR \"note\" NOT IN ('', 'N/A')"


def test_limits_keep_their_kind_and_whether_the_end_belongs(rules: Mapping[str, Rule], contract: Contract) -> None:
    weeks = rules["weeks_limits"]
    assert (weeks.minimum, weeks.maximum, weeks.exclusive_minimum, weeks.exclusive_maximum) == (0.0, 500.0, False, True)
    assert rules["requested_on_limits"].minimum == "2015-01-01"
    assert contract.columns["requested_on"].minimum == "2015-01-01"


def test_limits_of_length_are_no_limits_of_the_value(change: Change) -> None:
    contract = contract_after(change, '{pattern: "P[0-9]{4}"}', "{minLength: 5, maxLength: 5}")
    rule = next(rule for rule in contract.rules if rule.length)
    assert (rule.kind, rule.minimum, rule.maximum) == ("limits", 5, 5)
    assert contract.columns["reference"].minimum is None


def test_the_record_key_is_the_primary_key_in_its_order(change: Change) -> None:
    folder = change(FILE, "primaryKey: true", "primaryKey: true\n        primaryKeyPosition: 2")
    change(FILE, "- name: district\n", "- name: district\n        primaryKey: true\n        primaryKeyPosition: 1\n")
    contract = load(folder).contracts["plans"]
    assert contract.record_key == ("district", "reference")
    assert ("unique", ("district", "reference")) in [(rule.kind, rule.columns) for rule in contract.rules]


def test_a_declared_record_key_is_checked_to_be_unique(change: Change) -> None:
    new = "customProperties:\n  - {property: recordKey, value: [reference, requested_on]}"
    contract = contract_after(change, "customProperties:", new)
    assert contract.record_key == ("reference", "requested_on")
    unique = [rule.columns for rule in contract.rules if rule.kind == "unique"]
    assert unique == [("reference",), ("reference", "requested_on")]


def test_a_primary_key_is_not_by_itself_required(change: Change) -> None:
    contract = contract_after(change, "primaryKey: true\n        required: true", "primaryKey: true")
    assert not contract.columns["reference"].required


def test_made_up_ids_never_collide(change: Change) -> None:
    two = ", ".join(
        f'{{metric: invalidValues, mustBe: 0, arguments: {{pattern: "{pattern}"}}}}' for pattern in ("[A-Z]+", ".{1,9}")
    )
    folder = change(FILE, "classification: personal", f"classification: personal\n        quality: [{two}]")
    ids = [rule.id for rule in load(folder).contracts["plans"].rules]
    assert {"note_pattern", "note_pattern_2"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_physical_name_is_the_name_in_sql(change: Change) -> None:
    contract = contract_after(change, "- name: weeks\n", "- name: weeks\n        physicalName: weeks_taken\n")
    assert "weeks_taken" in contract.columns
    assert "weeks" not in contract.columns
    assert contract.table == "plan_records"


def test_ends_of_between_are_columns_days_or_today(change: Change, contract: Contract) -> None:
    assert contract.columns["issued_on"].between == ("requested_on", "today")
    changed = contract_after(change, "[requested_on, today]", '["2020-01-01", today]')
    low, _ = changed.columns["issued_on"].between or (None, None)
    assert str(low) == "2020-01-01"
    assert not isinstance(low, str)


@pytest.mark.parametrize(("declared", "about"), [("things", "things"), ("people", "people"), (None, "people")])
def test_a_dataset_with_personal_columns_is_about_people_unless_it_says_otherwise(
    change: Change, declared: str | None, about: str
) -> None:
    old = "  - {property: about, value: people}\n"
    assert contract_after(change, old, old.replace("people", declared) if declared else "").about == about


def test_what_other_tools_add_is_left_alone(change: Change) -> None:
    new = "customProperties:\n  - {property: catalogueNumber, value: 7}\n  - {property: recordSystem, value: Mosaic}"
    assert contract_after(change, "customProperties:", new).record_key == ("reference",)


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("2026-07-01T00:00:00Z", "2026-07-01T01:00:00"),  # in summer the clocks here are an hour ahead
        ('"2026-01-01T00:00:00+00:00"', "2026-01-01T00:00:00"),
        ("2026-01-01 09:30:00", "2026-01-01T09:30:00"),
    ],
)
def test_a_moments_limit_may_be_written_with_its_zone(change: Change, written: str, limit: str) -> None:
    old = "- name: loaded_at\n        logicalType: timestamp"
    after = contract_after(change, old, f"{old}\n        logicalTypeOptions: {{minimum: {written}}}")
    assert after.columns["loaded_at"].minimum == limit


def test_a_limits_zone_is_the_warehouses() -> None:
    assert days.TIME_ZONE.key == duckdb_engine.TIME_ZONE


def test_limits_with_one_value_between_them_leave_that_value(change: Change) -> None:
    after = contract_after(change, "{minimum: 0, exclusiveMaximum: 500}", "{minimum: 5, maximum: 5}")
    assert after.columns["weeks"].span == (5, 5)
