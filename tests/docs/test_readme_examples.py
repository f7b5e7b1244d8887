"""The examples under "Make it yours" and "The command line" in README.md, tried on a copy of the demonstration."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

from data_access.access.people import People
from data_access.cli.main import main
from data_access.portal import Portal
from start import ROOT
from tests.conftest import copy_config

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.split("## Make it yours")[1].split("\n## ")[0]
METRIC, CHECK, REPORT = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
QUESTIONS = re.findall(r"^python -m data_access ((?:metric|quality) .+)$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, demonstration_warehouse: Path) -> Path:
    """The demonstration with the three examples where README puts them, and the report in its readers' roles."""
    folder = tmp_path_factory.mktemp("made-yours") / "config"
    copy_config(folder)
    (folder.parent / "state").mkdir()
    os.link(demonstration_warehouse, folder.parent / "state" / demonstration_warehouse.name)
    metrics, contract, report = (folder.parent / name for name in re.findall(r"`(config/[^`]+\.yaml)`", SECTION))
    metrics.write_text(metrics.read_text() + "\n" + METRIC)
    indented = "".join(f"      {line}\n" for line in CHECK.splitlines())
    contract.write_text(contract.read_text().replace("    quality:\n", f"    quality:\n{indented}", 1))
    report.write_text(REPORT)
    roles = yaml.safe_load((folder / "roles.yaml").read_text())
    for reader in yaml.safe_load(REPORT)["audience"]:
        roles[reader]["reports"].append(report.stem)
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    return folder


def printed(capsys: pytest.CaptureFixture[str], config: Path, line: str) -> str:
    """What a command of the page prints on this configuration, when it ends well."""
    capsys.readouterr()
    assert main(["--config", str(config), *shlex.split(line)]) == 0, line
    return capsys.readouterr().out


def test_with_all_of_them_the_configuration_has_no_problem(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, config, "check") == "The configuration has no problems.\n"


def test_the_metric_answers_with_a_verdict(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(printed(capsys, config, "metric foi_answered_in_time --over year --json"))
    assert answer["name"] == "Requests answered in time"
    assert all(0 <= row["low"] <= row["value"] <= row["high"] <= 100 for row in answer["rows"])
    assert answer["rows"][-1]["verdict"] is not None


def test_the_check_is_made_and_touches_the_metric_that_uses_its_column(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = json.loads(printed(capsys, config, "quality foi_requests --json"))
    (check,) = [check for check in checks if check["rule"] == "exempt_only_when_answered"]
    assert check["records"] > 1000
    assert check["failing"] is not None
    assert "foi_exempt" in check["metrics"]


def test_the_report_is_open_to_its_readers_and_to_nobody_else(config: Path) -> None:
    portal = Portal.open(config)
    people = People(config, demonstration=lambda: True).everybody()
    may = {
        name for name, one in people.items() if "requests" in {r.id for r in portal.for_viewer(one.viewer()).reports()}
    }
    assert may == {"manager", "board"}


@pytest.mark.parametrize("line", QUESTIONS)
def test_every_question_shown_is_answered(config: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert printed(capsys, config, line).strip()
