"""What is read from a configuration without mistakes, and what is only warned about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.definitions.load import load, read
from data_access.definitions.models import Configuration
from data_access.definitions.spans import Span
from tests.definitions.cases import GOOD
from tests.definitions.conftest import Change


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return load(GOOD)


def warnings(folder: Path) -> list[str]:
    configuration, problems = read(folder)
    assert configuration is not None, [str(problem) for problem in problems]
    return [str(problem) for problem in problems]


def test_the_good_configuration_has_no_problem() -> None:
    configuration, problems = read(GOOD)
    assert configuration is not None
    assert problems == ()


def test_everything_is_there_under_its_id(configuration: Configuration) -> None:
    assert list(configuration.contracts) == ["plans"]
    assert list(configuration.metrics) == ["plans_in_time", "plans_requested"]
    assert configuration.reports["monthly"].metrics == ("plans_in_time", "plans_requested")
    assert configuration.roles["manager"].rows == {"quadrant": "quadrant"}
    assert configuration.today == date(2026, 10, 31)


def test_a_key_spelt_on_is_text_and_a_share_without_unit_is_in_percent(change: Change) -> None:
    configuration = load(change("metrics/plans.yaml", "  unit: percent\n", ""))
    metric = configuration.metrics["plans_in_time"]
    assert metric.history[0].on == date(2024, 4, 1)
    assert metric.unit == "percent"
    assert configuration.metrics["plans_requested"].unit == "number"


def test_those_who_left_are_no_longer_in_the_team(configuration: Configuration) -> None:
    contract = configuration.contracts["plans"]
    assert [person.name for person in contract.team] == ["Olive Owner", "Stan Steward"]
    owner = contract.member("owner")
    assert owner is not None
    assert owner.contact == "olive@example.org"


def test_service_levels_keep_their_units(configuration: Configuration) -> None:
    assert configuration.contracts["plans"].sla == {"frequency": Span(1, "month"), "latency": Span(5, "day")}


def test_a_read_column_that_no_check_looks_at_is_warned_about(change: Change) -> None:
    found = warnings(change("metrics/plans.yaml", "dimensions: [district]", "dimensions: [district, note]"))
    assert len(found) == 1
    assert "datasets/plans.odcs.yaml:75" in found[0]
    assert "no check looks at 'note'" in found[0]
    assert "plans_requested" in found[0]


def test_a_read_column_checked_only_for_blanks_is_warned_about(change: Change) -> None:
    found = warnings(change("metrics/plans.yaml", "time: requested_on", "time: loaded_at"))
    assert len(found) == 1
    assert "not blank is the only check of 'loaded_at'" in found[0]


def test_a_team_without_a_steward_is_warned_about(change: Change) -> None:
    found = warnings(change("datasets/plans.odcs.yaml", "role: steward", "role: analyst"))
    assert len(found) == 1
    assert "'steward'" in found[0]


def test_without_roles_the_configuration_is_read_with_a_warning(change: Change) -> None:
    folder = change("reports/monthly.yaml", "title: Monthly report", "title: Report")
    (folder / "roles.yaml").unlink()
    (folder / "reports" / "monthly.yaml").unlink()
    assert "nobody can open anything" in warnings(folder)[0]


def test_a_target_below_one_percent_is_warned_about(change: Change) -> None:
    found = warnings(change("metrics/plans.yaml", "value: 70", "value: 0.7"))
    assert "run from 0 to 100" in found[0]


def test_without_today_the_portal_uses_the_real_day(change: Change) -> None:
    assert load(change("portal.yaml", "today: 2026-10-31\n", "")).today == date.today()
