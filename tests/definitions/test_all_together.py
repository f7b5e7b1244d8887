"""One configuration with a mistake of many kinds at once: all of them are told, each once, in the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data_access.answering.problems import inspect
from data_access.cli.main import main
from tests.definitions.cases import BAD, GOOD, add, expected, make_warehouse

# Cases whose files lie beside one another. Of what one file breaks, another's mistakes must still be seen.
TOGETHER = (
    "portal_with_a_misspelt_key",
    "metric_with_refused_sql",
    "report_of_an_unknown_metric",
    "role_with_an_unknown_page",
    "contract_with_a_key_misspelt_deep_down",
    "person_with_an_unknown_role",
)
WITHOUT_A_COLUMN = """
create table plan_records (
    reference integer, requested_on date, exception boolean, district varchar, quadrant varchar, weeks integer,
    cost double, note varchar, loaded_at timestamp
)
"""
OF_THE_TABLES = ("'reference' is INTEGER in the warehouse", "'plan_records' has no column 'issued_on'", "'small'")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("together") / "config"
    shutil.copytree(GOOD, folder)
    for name in TOGETHER:
        add(BAD / name, folder)
    (folder / "reports" / "broken.yaml").write_text("title: [a\n", "utf-8")
    make_warehouse(WITHOUT_A_COLUMN, folder)
    return folder


def test_the_terminal_shows_every_problem_of_every_file_once(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(broken), "check"]) == 1
    out, err = capsys.readouterr()
    lines = [line for line in err.splitlines() if line.startswith("error: ")]
    assert len(lines) == len(set(lines))
    of_cases = [want for name in TOGETHER for want in expected(BAD / name)]
    for want in of_cases:
        told = [line for line in lines if line.startswith(f"error: {want.place}: {want.key}:") and want.words in line]
        assert len(told) == 1, f"{want} is told {len(told)} times in:\n{err}"
        assert want.suggestion is None or f"Did you mean '{want.suggestion}'?" in told[0]
    for words in OF_THE_TABLES:
        assert len([line for line in lines if words in line]) == 1, f"{words}:\n{err}"
    assert len(lines) == len(of_cases) + len(OF_THE_TABLES) + 1, err  # and the file that is no YAML
    assert out.strip().startswith(f"The configuration has {len(lines)} errors")


def test_problems_are_told_file_by_file_and_line_by_line(broken: Path) -> None:
    places = [(problem.file, problem.line or 0) for problem in inspect(broken).problems]
    assert places == sorted(places)


def test_without_an_address_the_tables_are_said_not_to_have_been_looked_at(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "config"
    shutil.copytree(broken, folder)
    text = (folder / "portal.yaml").read_text("utf-8")
    (folder / "portal.yaml").write_text(text.replace("warehouse: duckdb://", "warehouse: duckbd://"), "utf-8")
    assert main(["--config", str(folder), "check"]) == 1
    assert "The tables were not looked at: portal.yaml does not say which warehouse to read." in capsys.readouterr().err


def test_a_broken_roles_file_raises_no_doubt_about_peoples_roles(broken: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(broken, folder)
    (folder / "roles.yaml").write_text("manager: [\n", "utf-8")
    assert [problem.file for problem in inspect(folder).problems if problem.file == "users.yaml"] == []
