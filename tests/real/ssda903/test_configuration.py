"""The hand-written configuration is whole, and its rules are the national ones."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.definitions.load import read
from tests.real.ssda903.conftest import CONFIGURATION
from tests.serving import ROOT

CODE = re.compile(r"\b[Rr]ules? ((?:INT)?\w+)")


def test_the_configuration_has_no_errors() -> None:
    configuration, problems = read(CONFIGURATION)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert configuration is not None
    assert sorted(configuration.contracts) == ["children", "episodes", "reviews"]
    assert len(configuration.metrics) == 9


@pytest.mark.real
def test_the_rules_named_by_the_checks_are_in_the_national_catalogue(ssda903: Path) -> None:
    with (ssda903 / "903_2024_25_rule_info.csv").open(newline="", encoding="utf-8") as file:
        catalogue = {row["Rule code"] for row in csv.DictReader(file)}
    configuration, _ = read(CONFIGURATION)
    assert configuration is not None
    rules = [rule for contract in configuration.contracts.values() for rule in contract.rules]
    named = {code for rule in rules for code in CODE.findall(rule.name)}
    assert named <= catalogue, f"Not in the catalogue: {sorted(named - catalogue)}"
    assert len(named) >= 25


@pytest.mark.real
def test_check_finds_every_table_and_column_in_the_warehouse(installation: Path) -> None:
    command = [sys.executable, "-m", "data_access", "--config", str(installation), "check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
