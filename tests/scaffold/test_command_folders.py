"""Which folders ``scaffold`` writes to, and which it leaves alone, with one line that says why and what to do."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.scaffold.commanding import Commands, files, rows, write_csv

OTHER = "name: Another\norganisation: A council\nwarehouse: duckdb://state/another.duckdb\n"


def refused(commands: Commands, *arguments: str | Path) -> str:
    """The reason; nothing below the folder's parent has changed."""
    above = commands.folder.parent
    before = files(above) if above.exists() else {}
    reason = commands("scaffold", *arguments).line
    assert (files(above) if above.exists() else {}) == before
    return reason


def test_a_folder_with_another_configuration_is_left_alone(commands: Commands, tmp_path: Path) -> None:
    commands.folder.mkdir(parents=True)
    (commands.folder / "portal.yaml").write_text(OTHER, "utf-8")
    reason = refused(commands, write_csv(tmp_path / "requests.csv"))
    assert reason.startswith("config holds another configuration")
    assert "--config mine/config" in reason


@pytest.mark.parametrize("text", ["", "name: [", "name: A\nwarehouse: 7\n"])
def test_a_broken_portal_file_is_left_alone(commands: Commands, tmp_path: Path, text: str) -> None:
    commands.folder.mkdir(parents=True)
    (commands.folder / "portal.yaml").write_text(text, "utf-8")
    reason = refused(commands, write_csv(tmp_path / "requests.csv"))
    assert "portal.yaml in config names no warehouse" in reason
    assert "check" in reason


def test_files_without_a_portal_file_are_left_alone(commands: Commands, tmp_path: Path) -> None:
    (commands.folder / "datasets").mkdir(parents=True)
    (commands.folder / "datasets" / "mine.odcs.yaml").write_text("id: mine\n", "utf-8")
    reason = refused(commands, write_csv(tmp_path / "requests.csv"))
    assert "config holds datasets/mine.odcs.yaml but no portal.yaml" in reason


def test_a_warehouse_beside_the_folder_is_left_alone(commands: Commands, tmp_path: Path) -> None:
    commands.state.mkdir(parents=True)
    (commands.state / "warehouse.duckdb").write_text("somebody's", "utf-8")
    assert "holds the warehouse of another drafted configuration" in refused(
        commands, write_csv(tmp_path / "requests.csv")
    )


def test_a_file_in_the_place_of_the_folder_is_left_alone(commands: Commands, tmp_path: Path) -> None:
    commands.folder.parent.mkdir()
    commands.folder.write_text("a file", "utf-8")
    assert refused(commands, write_csv(tmp_path / "requests.csv")).startswith("config is a file.")


def test_reload_of_what_was_never_drafted_is_refused(commands: Commands, tmp_path: Path) -> None:
    assert "does not know this source" in refused(commands, write_csv(tmp_path / "requests.csv"), "--reload")


def test_what_was_remembered_and_is_broken_is_named(commands: Commands, tmp_path: Path) -> None:
    commands.state.mkdir(parents=True)
    (commands.state / "scaffold.json").write_text("{", "utf-8")
    assert "scaffold.json in the folder state cannot be read" in refused(commands, write_csv(tmp_path / "requests.csv"))


@pytest.mark.parametrize(
    "url",
    ["postgresql://jo:12/cret@db/council", "postgresql://jo:se#cret@db/council", "postgresql://jo:secret@[1:2/council"],
)
def test_an_address_that_is_none_is_one_line_without_what_was_typed(commands: Commands, url: str) -> None:
    reason = refused(commands, url)
    assert "address of the database cannot be read" in reason
    assert "cret" not in reason


@pytest.mark.parametrize(
    "source",
    [
        "postgresql+psycopg2://jo:s3cret@db/council",
        "mssql://jo:s3cret@db/council",
        " jdbc:postgresql://db/council?user=jo&Password=s3cret",
        "host=db user=jo password=s3cret",
        "Server=db;Uid=jo;Pwd = s3cret",
        "jo:s3cret@db",
    ],
)
def test_an_address_of_another_kind_is_refused_without_what_was_typed(commands: Commands, source: str) -> None:
    reason = refused(commands, source)
    assert reason.startswith("This kind of address is not read")
    assert "s3cret" not in reason


def test_a_source_that_cannot_be_read_is_one_line_and_writes_nothing(commands: Commands, tmp_path: Path) -> None:
    assert "nowhere.csv" in refused(commands, tmp_path / "nowhere.csv")
    assert not commands.folder.parent.exists() or files(commands.folder.parent) == {}


def tables(path: Path, *names: str) -> Path:
    """A DuckDB file with these tables of requests."""
    source = write_csv(path.with_suffix(".csv"), rows(60))
    with duckdb.connect(str(path)) as connection:
        for name in names:
            connection.execute(f"CREATE TABLE {name} AS FROM read_csv('{source}', dateformat='%d/%m/%Y')")
    return path


def test_in_its_own_warehouse_only_tables_without_a_contract_are_drafted(commands: Commands, tmp_path: Path) -> None:
    source = tables(tmp_path / "council.duckdb", "requests")
    commands.scaffold(source)
    tables(source, "appeals")
    before = files(commands.folder)
    commands.scaffold(source)
    now = files(commands.folder)
    assert {name: text for name, text in now.items() if name in before} == before
    assert {name.split("/")[0] for name in now.keys() - before.keys()} == {"datasets", "metrics", "reports"}
    assert "datasets/appeals.odcs.yaml" in now
    assert commands("check").code == 0
    assert commands.scaffold(source).out.startswith("Nothing has changed")
    for name in now.keys() - before.keys():
        (commands.folder / name).unlink()
    assert "datasets/appeals.odcs.yaml was removed by people" in commands.scaffold(source).out
    assert files(commands.folder) == before


def test_a_hand_written_configuration_gets_drafts_of_the_tables_that_it_lacks(
    commands: Commands, tmp_path: Path
) -> None:
    source = tables(tmp_path / "council.duckdb", "requests", "appeals")
    commands.folder.mkdir(parents=True)
    (commands.folder / "portal.yaml").write_text(OTHER.replace("state/another.duckdb", str(source)), "utf-8")
    (commands.folder / "roles.yaml").write_text("reader: {pages: [home, report, metric]}\n", "utf-8")
    said = commands.scaffold(source)
    assert "password" not in said.out
    assert "audience: [reader]" in next(commands.folder.glob("reports/*.yaml")).read_text("utf-8")
    assert commands("check").code == 0
    assert sorted(path.name for path in commands.folder.glob("datasets/*")) == [
        "appeals.odcs.yaml",
        "requests.odcs.yaml",
    ]


def test_files_cannot_be_added_to_a_warehouse_that_is_read_in_place(commands: Commands, tmp_path: Path) -> None:
    commands.scaffold(tables(tmp_path / "council.duckdb", "requests"))
    assert "was not made by scaffold" in refused(commands, write_csv(tmp_path / "more.csv"))
    assert "nothing to copy" in refused(commands, tmp_path / "council.duckdb", "--reload")
