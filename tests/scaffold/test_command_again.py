"""``scaffold`` on a source that it knows: what changed in the source, what people changed, and nothing written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.scaffold.commanding import HEADINGS, RECORDS, Commands, files, rows, write_csv
from tests.scaffold.conftest import FirstDraft


@pytest.fixture
def again(first_draft: FirstDraft, tmp_path: Path) -> tuple[Commands, Path]:
    """A copy of the first draft, and its source, which may be changed."""
    shutil.copytree(first_draft.source.parent, tmp_path / "again")
    memory = tmp_path / "again" / "portal" / "state" / "scaffold.json"
    text = memory.read_text("utf-8").replace(str(first_draft.source.parent), str(tmp_path / "again"))
    memory.write_text(text, "utf-8")
    return Commands(tmp_path / "again" / "portal" / "config"), tmp_path / "again" / "requests.csv"


def contract(commands: Commands) -> str:
    return (commands.folder / "datasets" / "requests.odcs.yaml").read_text("utf-8")


def changed() -> list[list[str]]:
    """The records with more of them, a new code, more blanks, a column gone and one come."""
    made = rows(RECORDS + 20)
    for record in made[:30]:
        record[2] = ""
    for record in made[30:50]:
        record[3] = "withdrawn"
    return [[*record[:5], "letter" if number % 2 else "web"] for number, record in enumerate(made)]


def test_where_nothing_changed_it_says_so_and_writes_nothing(again: tuple[Commands, Path]) -> None:
    commands, source = again
    before = files(source.parent)
    said = commands.scaffold(source)
    assert said.out.splitlines() == [
        "Nothing has changed since the draft.",
        "No file of the configuration was written.",
    ]
    assert files(source.parent) == before


def test_what_changed_in_the_source_is_named_column_by_column(again: tuple[Commands, Path]) -> None:
    commands, source = again
    write_csv(source, changed(), (*HEADINGS[:5], "Channel"))
    before = files(source.parent)
    said = commands.scaffold(source).out
    for sentence in (
        "in the source: 140 records, were 120",
        "in the source: the column 'working_days' is gone",
        "in the source: the column 'channel' is new: text",
        "in the source: 'closed_on' is blank in 33 of 140 records, was in 3 of 120",
        "in the source: 'status' has the new code 'withdrawn'",
        "a draft would now say: schema.requests.properties.status.enum",
    ):
        assert sentence in said, said
    assert said.count("datasets/requests.odcs.yaml") == 1
    assert "by people" not in said
    assert files(source.parent) == before


def test_what_people_changed_is_told_apart_from_what_the_source_changed(again: tuple[Commands, Path]) -> None:
    commands, source = again
    contract = commands.folder / "datasets" / "requests.odcs.yaml"
    contract.write_text(contract.read_text("utf-8").replace("status: draft", "status: active"), "utf-8")
    portal = commands.folder / "portal.yaml"
    portal.write_text(portal.read_text("utf-8").replace("# REVIEW: ", "# "), "utf-8")
    said = commands.scaffold(source).out
    assert "datasets/requests.odcs.yaml was edited by people: status: 'active', was 'draft'" in said
    assert "portal.yaml was edited by people in its comments only" in said
    assert "in the source" not in said
    assert "would now say" not in said


def test_reload_takes_the_new_records_with_the_drafted_columns_and_leaves_every_file(
    again: tuple[Commands, Path],
) -> None:
    commands, source = again
    write_csv(source, rows(RECORDS + 20))
    before = files(commands.folder)
    said = commands.scaffold(source, "--reload").out
    assert "Copied anew: requests, 140 records." in said
    assert "in the source: 'working_days' has 0 values that could not be read, had 1" in said
    assert files(commands.folder) == before
    assert "working_days_unread is null" in contract(commands)
    assert commands("check").code == 0, "the column that a check names stays, though it is empty now"
    assert json.loads(commands("metric", "requests_records", "--json").out)["rows"][0]["records"] == 140


def test_a_reload_that_would_lose_a_column_of_the_contract_is_refused_and_the_old_records_stay(
    again: tuple[Commands, Path],
) -> None:
    commands, source = again
    write_csv(source, [record[:5] for record in rows(50)], HEADINGS[:5])
    warehouse = commands.state / "warehouse.duckdb"
    before = warehouse.read_bytes()
    reason = commands("scaffold", source, "--reload").line
    assert "datasets/requests.odcs.yaml" in reason
    assert "has no column 'working_days'" in reason
    assert warehouse.read_bytes() == before


def test_further_sources_come_beside_the_first_with_files_of_their_own(again: tuple[Commands, Path]) -> None:
    commands, source = again
    before = files(commands.folder)
    said = commands.scaffold(write_csv(source.with_name("appeals.csv"), rows(60))).out
    now = files(commands.folder)
    assert {name: text for name, text in now.items() if name in before} == before
    assert now.keys() - before.keys() == {"datasets/appeals.odcs.yaml", "metrics/appeals.yaml", "reports/appeals.yaml"}
    assert "in roles.yaml, add to each role that should: reports: [appeals]; datasets: [appeals]" in said
    assert commands("check").code == 0
    for metric, records in (("appeals_records", 60), ("requests_records", RECORDS)):
        assert json.loads(commands("metric", metric, "--json").out)["rows"][0]["records"] == records
    assert commands.scaffold(source).out.startswith("Nothing has changed")


def test_a_second_file_of_the_same_name_gets_names_of_its_own(again: tuple[Commands, Path]) -> None:
    commands, source = again
    other = write_csv(source.parent / "last year" / "requests.csv", rows(60))
    commands.scaffold(other)
    assert commands("check").code == 0
    assert json.loads(commands("metric", "requests_records", "--json").out)["rows"][0]["records"] == RECORDS
    assert json.loads(commands("metric", "requests_2_records", "--json").out)["rows"][0]["records"] == 60
    assert commands.scaffold(other).out.startswith("Nothing has changed")
