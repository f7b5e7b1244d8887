"""``scaffold`` on a folder that is not there: what it writes, what it says, and that all of it can be used."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.access.people import People
from data_access.definitions.load import load
from data_access.definitions.models import Configuration
from data_access.scaffold import begin
from data_access.scaffold.run import scaffold
from tests.scaffold.commanding import RECORDS, Commands, Said, draw, files, write_csv
from tests.scaffold.conftest import FirstDraft


def test_an_unedited_draft_passes_check_answers_and_is_drawn_page_by_page(first_draft: FirstDraft) -> None:
    commands = first_draft.commands
    assert commands("check") == Said(0, "The configuration has no problems.\n", "")
    configuration = load(commands.folder)
    for metric in configuration.metrics:
        assert json.loads(commands("metric", metric, "--json").out)["rows"][0]["records"] == RECORDS
    [report] = configuration.reports.values()
    first = next(iter(configuration.metrics.values()))
    for page, identifier, words in (
        ("home", "", report.title),
        ("report", report.id, first.name),
        ("metric", first.id, first.name),
    ):
        arguments = (str(commands.folder), page, identifier)
        drawn = AppTest.from_function(draw, default_timeout=60, args=arguments).run()
        assert not drawn.exception, page
        assert words in " ".join(str(element.proto) for element in drawn.main), page
        assert not drawn.error, page


def test_the_summary_counts_tables_records_and_guesses_and_names_the_next_commands(first_draft: FirstDraft) -> None:
    said, folder = first_draft.said.out, first_draft.folder
    marks = sum(path.read_text("utf-8").count("# REVIEW: ") for path in folder.rglob("*.yaml"))
    row = next(line.split() for line in said.splitlines() if line.startswith("  requests"))
    rest = next(line.split()[-1] for line in said.splitlines() if line.startswith("  in portal"))
    assert row[1] == str(RECORDS)
    assert int(row[2]) + int(rest) == marks
    for command in (f"--config {folder} check", f"start.py run --config {folder}", f"REVIEW in {folder}"):
        assert command in said.split("Next:")[1]


def test_every_file_says_from_what_and_when_it_was_drafted(first_draft: FirstDraft) -> None:
    drafts = [path for path in first_draft.folder.rglob("*.yaml") if path.name != "users.yaml"]
    assert len(drafts) == 5
    for draft in drafts:
        assert re.match(
            r"# Drafted by Plumbline's command scaffold on \d+ \w{3} \d{4} from requests.csv.\n",
            draft.read_text("utf-8"),
        )


def test_the_first_person_signs_in_with_the_password_shown_and_it_stands_nowhere(first_draft: FirstDraft) -> None:
    password = first_draft.said.password
    people = People(first_draft.folder, demonstration=lambda: False)
    assert list(people.everybody()) == ["administrator"]
    assert people.everybody()["administrator"].roles == ("manager", "administrator")
    assert people.verify("administrator", password)
    written = files(first_draft.source.parent)
    assert "portal/config/users.yaml" in written
    assert [name for name, text in written.items() if password.encode() in text] == []


def test_what_is_remembered_is_for_the_portals_account_alone(first_draft: FirstDraft) -> None:
    state = first_draft.commands.state
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert stat.S_IMODE((state / "scaffold.json").stat().st_mode) == 0o600
    left = {path.name for path in state.iterdir()}
    assert left >= {"portal.db", "scaffold.json", "warehouse.duckdb"}
    assert [name for name in left if name.startswith(".")] == []


def test_people_who_are_there_already_stay_and_nobody_is_added(commands: Commands, tmp_path: Path) -> None:
    commands.folder.mkdir(parents=True)
    (commands.folder / "users.yaml").write_text("credentials: {usernames: {}}\n", "utf-8")
    said = commands.scaffold(write_csv(tmp_path / "requests.csv"))
    assert "password" not in said.out
    assert (commands.folder / "users.yaml").read_text("utf-8") == "credentials: {usernames: {}}\n"


def test_beside_another_configuration_the_portal_keeps_records_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "portal.yaml").write_text("warehouse: duckdb://state/demo.duckdb\n", "utf-8")
    commands = Commands(tmp_path / "mine")
    commands.scaffold(write_csv(tmp_path / "requests.csv"))
    assert load(commands.folder).portal.state == "sqlite:///state/mine.db"
    assert (tmp_path / "state" / "mine.db").exists()


def test_when_the_last_step_fails_nothing_is_left_behind(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_first_person = begin.add_first_person

    def in_the_way(configuration: Configuration) -> str | None:
        """Something takes the warehouse's place while the people are made."""
        (commands.state / "warehouse.duckdb" / "something").mkdir(parents=True)
        return add_first_person(configuration)

    monkeypatch.setattr(begin, "add_first_person", in_the_way)
    said = commands("scaffold", write_csv(tmp_path / "requests.csv"))
    assert said.line.startswith("The draft cannot be written to config: ")
    assert [name for name in files(tmp_path) if not name.startswith("portal/state/portal.db")] == ["requests.csv"]
    assert not commands.folder.exists()


def test_stopping_it_leaves_nothing_behind(commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(begin, "texts", stopped)
    assert commands("scaffold", write_csv(tmp_path / "requests.csv")).line == "Stopped. Nothing was written."
    assert list(files(tmp_path)) == ["requests.csv"]
    assert not (commands.folder.parent / "state").exists()


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    shares: list[float] = []
    scaffold(
        tmp_path / "config",
        [str(write_csv(tmp_path / "requests.csv"))],
        copy=False,
        anew=False,
        today=date(2026, 10, 31),
        progress=lambda share, _: shares.append(share),
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
