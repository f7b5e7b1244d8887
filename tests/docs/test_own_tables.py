"""Your own tables in three steps, then people: each command of README.md run as it stands there, on a stranger's file.

Only what its paths and addresses name is put elsewhere.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import xlsxwriter
import yaml

import start
from data_access.access.people import People
from data_access.access.viewer import OPERATOR
from data_access.cli.main import main
from data_access.portal import Portal
from data_access.questions import Query
from start import ROOT
from tests.postgres_server import DATABASE, PASSWORD, USER, PostgreSQL
from tests.stranger import write_requests

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.split("## Your own tables in three steps")[1].split("\n## ")[0]
*COMMANDS, FROM_POSTGRESQL = re.findall(r"^(python3? .+)$", SECTION, re.MULTILINE)


@dataclass
class Followed:
    """What each command of the section ended with and printed, in its order, and the folder it worked on."""

    config: Path
    codes: dict[str, list[int]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    served: list[Path] = field(default_factory=list)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Somebody who pastes one command after the other; ``start.py run`` says what it would serve."""
    folder = tmp_path_factory.mktemp("stranger")
    done = Followed(folder / "council" / "config")
    write_requests(folder / "requests.csv")
    write_complaints(folder / "complaints.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(start, "run", lambda _port, config: done.served.append(config) or 0)
        for command in COMMANDS:
            words = shlex.split(command.replace("../council", f"{folder}/council"))
            done.codes.setdefault(command, []).append(run(words))
    return done


def run(words: list[str]) -> int:
    """Runs a command of the page here, without a process of its own."""
    if words[:2] == ["python3", "start.py"]:
        return start.main(words[2:])
    assert words[:3] == ["python", "-m", "data_access"]
    return main(words[3:])


def write_complaints(file: Path) -> None:
    """A sheet as somebody keeps it by hand."""
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Complaints")
        sheet.write_row(0, 0, ["Complaint", "Received", "Service", "Upheld"])
        for row in range(1, 121):
            sheet.write_row(row, 0, [f"C{row:04}", f"{row % 28 + 1:02}/{row % 12 + 1:02}/2025"])
            sheet.write_row(row, 2, [("Waste", "Roads", "Libraries")[row % 3], "Yes" if row % 4 == 0 else "No"])


def test_every_command_ends_well(followed: Followed) -> None:
    assert {command: codes for command, codes in followed.codes.items() if set(codes) != {0}} == {}
    assert len(COMMANDS) >= 6
    assert followed.served == [followed.config]


def test_what_the_draft_is_said_to_hold_is_there(followed: Followed) -> None:
    named = re.findall(r"^\| `([^`]+\.yaml)` \|", SECTION, re.MULTILINE)
    assert len(named) == 5
    assert [pattern for pattern in named if not list(followed.config.glob(pattern))] == []
    assert (followed.config / "users.yaml").exists()


def test_guesses_are_marked_as_the_readme_says(followed: Followed) -> None:
    assert "`# REVIEW:`" in SECTION
    for file in followed.config.rglob("*.yaml"):
        assert "# REVIEW: " in file.read_text() or file.name == "users.yaml"


def test_a_second_file_becomes_a_further_table_that_answers(followed: Followed) -> None:
    portal = Portal.open(followed.config)
    metrics = portal.configuration.metrics
    assert {metric.dataset for metric in metrics.values()} == {"requests", "complaints"}
    unanswered = [id for id in metrics if not portal.for_viewer(OPERATOR).ask(Query(id)).rows]
    assert unanswered == []


def test_a_database_is_read_with_a_password_that_stands_nowhere(
    postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql.run(
        "CREATE TABLE public.cases AS SELECT n AS id, DATE '2025-01-01' + n AS opened FROM generate_series(1, 90) n"
    )
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    address = f"{USER}@127.0.0.1:{postgresql.port}/{DATABASE}"
    command = FROM_POSTGRESQL.replace("reader@db.council.example/cases", address)
    assert run(shlex.split(command.replace("../cases", f"{tmp_path}/cases"))) == 0
    written = [file for file in (tmp_path / "cases").rglob("*") if file.is_file()]
    assert [file.name for file in written if PASSWORD.encode() in file.read_bytes()] == []
    assert main(["--config", str(tmp_path / "cases" / "config"), "check"]) == 0


def copied(followed: Followed, folder: Path) -> Path:
    """The draft with its warehouse, to be changed."""
    shutil.copytree(followed.config.parent, folder / "council")
    return folder / "council" / "config"


def test_taking_the_marks_away_leaves_the_same_configuration(followed: Followed, tmp_path: Path) -> None:
    copy = copied(followed, tmp_path)
    for file in copy.rglob("*.yaml"):
        before = yaml.safe_load(file.read_text())
        kept = [line for line in file.read_text().splitlines() if not line.lstrip().startswith("#")]
        file.write_text("\n".join(kept) + "\n")
        assert yaml.safe_load(file.read_text()) == before
    assert main(["--config", str(copy), "check"]) == 0


def test_people_are_added_listed_reset_and_removed_as_shown(
    followed: Followed, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = copied(followed, tmp_path)
    roles = yaml.safe_load((config / "roles.yaml").read_text())
    roles["staff"] |= {"datasets": ["requests"], "reports": ["requests"], "rows": {"directorate": "quadrant"}}
    (config / "roles.yaml").write_text(yaml.safe_dump(roles))
    monkeypatch.setattr(sys, "stdin", io.StringIO(2 * "correct horse battery\n"))  # one for add, one for reset
    section = README.split("## Make it yours")[1].split("\n## ")[0]
    said = []
    for line in re.findall(r"^python -m data_access (users .+)$", section, re.MULTILINE):
        assert main(["--config", str(config), *shlex.split(line)]) == 0, line
        said.append(capsys.readouterr().out)
    assert "Password, shown this once" in said[1]
    assert all(name in said[2] for name in ("j.smith", "t.jones", "North East"))
    assert len(said) == 5
    assert set(People(config, demonstration=lambda: False).everybody()) == {"administrator", "t.jones"}
