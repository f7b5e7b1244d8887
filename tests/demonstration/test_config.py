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
from data_access.definitions.sql import columns_of, parse_condition
from tests.demonstration.conftest import CONFIG, TODAY

ROLES = {"manager", "staff", "steward", "analyst", "board", "administrator"}
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
    checks = yaml.safe_load(file.read_text(encoding="utf-8"))["schema"][0]["quality"]
    assert len(checks) >= 6
    for check in checks:
        assert "fix" in {extra["property"] for extra in check["customProperties"]}, check["id"]
        assert check["severity"] in ("error", "warning")


def test_the_configuration_has_no_errors_and_no_warnings(configuration: Configuration) -> None:
    assert set(configuration.contracts) == {"ehc_plans", "childrens_assessments", "foi_requests"}
    assert set(configuration.roles) == ROLES
    assert len(configuration.metrics) >= 10
    assert configuration.today == TODAY


def test_a_check_looks_at_every_column_that_a_metric_reads(configuration: Configuration) -> None:
    for metric in configuration.metrics.values():
        contract = configuration.contracts[metric.dataset]
        looked_at = {column for rule in contract.rules for column in rule.columns}
        conditions = [text for text in (metric.where, metric.numerator) if text]
        read_columns = {name for text in conditions for name in columns_of(parse_condition(text, contract.columns))}
        assert {*read_columns, metric.time, *metric.dimensions} <= looked_at, metric.id


def test_every_dataset_has_an_owner_a_steward_and_words_about_what_it_is_for(configuration: Configuration) -> None:
    for contract in configuration.contracts.values():
        assert contract.member("owner") is not None
        assert contract.member("steward") is not None
        assert all((contract.domain, contract.purpose, contract.limitations, contract.usage))
        assert set(contract.sla) >= {"frequency", "latency", "retention"}


def test_a_metric_is_due_for_review_and_others_are_not(configuration: Configuration) -> None:
    due = {
        metric.id
        for metric in configuration.metrics.values()
        if metric.reviewed and metric.reviewed + timedelta(days=365) < TODAY
    }
    assert due == {"ehc_requests_refused"}
    assert all(metric.reviewed and metric.reviewed > date(2025, 1, 1) for metric in configuration.metrics.values())


def test_a_report_and_the_roles_agree_about_who_may_open_it(configuration: Configuration) -> None:
    for report in configuration.reports.values():
        granted = {role.id for role in configuration.roles.values() if report.id in role.reports}
        assert granted == set(report.audience), report.id


def test_whoever_may_open_a_report_may_see_the_datasets_behind_it(configuration: Configuration) -> None:
    for report in configuration.reports.values():
        behind = {configuration.metrics[metric].dataset for metric in report.metrics}
        for role in report.audience:
            assert behind <= set(configuration.roles[role].datasets), (report.id, role)


def test_no_report_is_open_to_everyone_and_the_administrator_sees_no_figures(configuration: Configuration) -> None:
    assert all(set(report.audience) < ROLES for report in configuration.reports.values())
    administrator = configuration.roles["administrator"]
    assert (administrator.reports, administrator.datasets) == ((), ())
    assert "administer" in administrator.see


def test_staff_are_limited_to_their_quadrant_in_every_dataset_they_may_see(configuration: Configuration) -> None:
    staff = configuration.roles["staff"]
    assert dict(staff.rows) == {"quadrant": "quadrant"}
    assert all("quadrant" in configuration.contracts[dataset].columns for dataset in staff.datasets)
    assert "exact_counts" not in staff.see


def test_only_counts_and_shares_are_defined(configuration: Configuration) -> None:
    assert {metric.type for metric in configuration.metrics.values()} == {"count", "share"}
