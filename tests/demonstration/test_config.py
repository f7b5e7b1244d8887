"""The demonstration's configuration: valid by the published standard, and without a problem of the portal's own."""

from __future__ import annotations

import importlib.resources
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from data_access.definitions.load import read
from data_access.definitions.models import Configuration
from data_access.definitions.sql import columns_of, parse_condition, parse_value
from tests.demonstration.conftest import CONFIG, TODAY

ROLES = {"manager", "staff", "team_staff", "steward", "analyst", "board", "administrator"}
DATASETS = {
    "ehc_plans",
    "childrens_assessments",
    "care_leavers",
    "safeguarding_enquiries",
    "highways_defects",
    "bus_departures",
    "household_waste",
    "contact_calls",
    "library_loans",
    "workforce",
    "sickness_absences",
    "foi_requests",
    "data_maturity",
}
MADE_ONCE = {"data_maturity"}  # never loaded again, so nothing in it can be late
CONTRACTS = sorted((CONFIG / "datasets").glob("*.odcs.yaml"))


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    loaded, problems = read(CONFIG)
    assert [str(problem) for problem in problems] == []
    assert loaded is not None
    return loaded


def published_schema() -> Any:
    """The standard's own JSON Schema, as its package brings it."""
    text = importlib.resources.files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
    return json.loads(text)


@pytest.mark.parametrize("file", CONTRACTS, ids=lambda file: file.name)
def test_a_contract_is_valid_by_the_published_standard(file: Path) -> None:
    schema = published_schema()
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("file", CONTRACTS, ids=lambda file: file.name)
def test_every_check_that_is_written_out_says_what_to_change(file: Path) -> None:
    contract = yaml.safe_load(file.read_text(encoding="utf-8"))
    table = contract["schema"][0]
    checks = [*table["quality"], *(check for column in table["properties"] for check in column.get("quality", []))]
    assert len(checks) >= (2 if contract["id"] in MADE_ONCE else 6)
    for check in checks:
        assert "fix" in {extra["property"] for extra in check["customProperties"]}, check["id"]
        assert check["severity"] in ("error", "warning")


def test_the_configuration_has_no_errors_and_no_warnings(configuration: Configuration) -> None:
    assert set(configuration.contracts) == DATASETS
    assert set(configuration.roles) == ROLES
    assert len(configuration.metrics) >= 18
    assert configuration.today == TODAY


def test_a_check_looks_at_every_column_that_a_metric_reads(configuration: Configuration) -> None:
    for metric in configuration.metrics.values():
        contract = configuration.contracts[metric.dataset]
        looked_at = {column for rule in contract.rules for column in rule.columns}
        conditions = [text for text in (metric.where, metric.numerator) if text]
        read_columns = {name for text in conditions for name in columns_of(parse_condition(text, contract.columns))}
        numeric = metric.type != "count_distinct"
        for text in (metric.measure, metric.per):
            if text:
                read_columns |= set(columns_of(parse_value(text, contract.columns, numeric=numeric)))
        assert {*read_columns, metric.time, *metric.dimensions} <= looked_at, metric.id


def test_every_dataset_has_an_owner_a_steward_and_words_about_what_it_is_for(configuration: Configuration) -> None:
    for contract in configuration.contracts.values():
        assert contract.member("owner") is not None
        assert contract.member("steward") is not None
        assert all((contract.domain, contract.purpose, contract.limitations, contract.usage))
        assert set(contract.sla) == {"retention"} | (set() if contract.id in MADE_ONCE else {"frequency", "latency"})


def test_a_metric_is_due_for_review_and_others_are_not(configuration: Configuration) -> None:
    due = {
        metric.id
        for metric in configuration.metrics.values()
        if metric.reviewed and metric.reviewed + timedelta(days=365) < TODAY
    }
    assert due == {"ehc_requests_refused"}
    assert all(metric.reviewed and metric.reviewed > date(2025, 1, 1) for metric in configuration.metrics.values())


def test_every_dataset_has_a_metric_and_every_metric_stands_in_a_report(configuration: Configuration) -> None:
    metrics = configuration.metrics.values()
    assert {metric.dataset for metric in metrics} == DATASETS
    assert {metric.id for metric in metrics} == {
        one for report in configuration.reports.values() for one in report.metrics
    }


def test_there_are_five_reports_each_for_a_forum_of_its_own(configuration: Configuration) -> None:
    reports = configuration.reports.values()
    assert len(reports) == len({report.forum for report in reports}) == 5
    assert all(section.note and section.breakdown for report in reports for section in report.sections)


def test_a_report_and_the_roles_agree_about_who_may_open_it(configuration: Configuration) -> None:
    for report in configuration.reports.values():
        granted = {role.id for role in configuration.roles.values() if report.id in role.reports}
        assert granted == set(report.audience), report.id


def test_whoever_may_open_a_report_may_see_the_datasets_behind_it(configuration: Configuration) -> None:
    """Those whose rows are limited see the county in a report, and without it only what can be cut to their rows."""
    for report in configuration.reports.values():
        behind = {configuration.metrics[metric].dataset for metric in report.metrics}
        for role in (configuration.roles[name] for name in report.audience):
            if report.scoped or not role.rows:
                assert behind <= set(role.datasets), (report.id, role.id)


def test_no_report_is_open_to_everyone_and_the_administrator_sees_no_figures(configuration: Configuration) -> None:
    assert all(set(report.audience) < ROLES for report in configuration.reports.values())
    administrator = configuration.roles["administrator"]
    assert (administrator.reports, administrator.datasets) == ((), ())
    assert "administer" in administrator.see


@pytest.mark.parametrize(("name", "column"), [("staff", "quadrant"), ("team_staff", "team")])
def test_staff_are_limited_to_their_own_rows_in_every_dataset_they_may_see(
    configuration: Configuration, name: str, column: str
) -> None:
    role = configuration.roles[name]
    assert dict(role.rows) == {column: column}
    assert role.datasets
    assert all(column in configuration.contracts[dataset].columns for dataset in role.datasets)
    assert role.see == ()


def test_tables_are_taken_away_by_those_who_work_with_them(configuration: Configuration) -> None:
    assert {role.id for role in configuration.roles.values() if "export" in role.see} == {
        "manager",
        "steward",
        "analyst",
    }


def test_the_metrics_show_what_types_there_are(configuration: Configuration) -> None:
    types = {metric.type for metric in configuration.metrics.values()}
    assert types == {"count", "share", "sum", "ratio", "count_distinct", "percentile"}
