"""The command line goes through the same door, prints the agreed JSON, and refuses with one line."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import OPERATOR
from data_access.cli.main import main
from data_access.errors import StateError
from data_access.portal import Portal
from data_access.questions import Query

ROW = ["period", "value", "low", "high", "likely_low", "likely_high", "confidence", "records", "in_doubt", "target",
       "verdict", "fact", "suppressed"]  # fmt: skip


def printed(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> dict[str, object]:
    assert main(["--config", str(folder), *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_metric_json_has_exactly_the_agreed_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, folder, "metric", "seen_in_time", "--by", "area", "--over", "month")
    assert list(found) == ["metric", "name", "unit", "version", "as_of", "assessed", "fit", "notes", "rows"]
    rows = found["rows"]
    assert isinstance(rows, list)
    assert list(rows[0]) == ["period", "area", *ROW[1:]]
    assert rows[0]["period"] == "2026-01-01"
    assert list(rows[0]["fact"]) == ["complete", "accurate", "timely"]
    assert any(row["area"] is None for row in rows)


def test_metric_without_over_is_one_figure_for_the_whole_span(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, folder, "metric", "children_seen")["rows"]
    assert [(row["period"], row["value"]) for row in rows] == [(None, 45)]  # type: ignore[attr-defined]


def test_without_json_rows_are_named_as_on_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(folder), "metric", "children_seen", "--by", "area", "--over", "month"]) == 0
    said = capsys.readouterr().out
    assert "2026-02-01 · Not known (in doubt): 2.0" in said
    assert "whole span" not in said


def test_dates_and_filters_narrow_the_figure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--where", "area=N", "--from", "2026-02-01", "--to", "2026-02-10")
    rows = printed(capsys, folder, "metric", "children_seen", *arguments)["rows"]
    assert rows[0]["value"] == 11  # type: ignore[index]


def test_as_a_person_shows_what_that_person_sees(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = ("users", "add", "sue", "--role", "staff", "--attribute", "area=S", "--generate")
    assert main(["--config", str(folder), *person]) == 0
    capsys.readouterr()
    rows = printed(capsys, folder, "metric", "children_seen", "--as", "sue")["rows"]
    assert rows[0]["value"] == 9  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("metric", "children_sen"), "children_seen"),
        (("metric", "children_seen", "--by", "aera"), "area"),
        (("metric", "children_seen", "--where", "area"), "dimension=value"),
        (("metric", "children_seen", "--as", "nobody"), "no person"),
        (("quality", "childrn"), "children"),
    ],
)
def test_a_wrong_request_exits_with_2_and_one_line_of_reason(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert main(["--config", str(folder), *arguments]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert words in output.err
    assert output.err.count("\n") == 1


def test_quality_json_has_exactly_the_agreed_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(folder), "quality", "children", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found[0]) == ["dataset", "rule", "dimension", "columns", "records", "failing", "metrics"]
    failing = {(entry["columns"][0], entry["dimension"]): entry["failing"] for entry in found}
    assert failing[("area", "conformity")] == 2
    assert failing[("id", "uniqueness")] == 0


def test_check_exits_with_1_and_every_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(folder), "check"]) == 0
    (folder / "metrics" / "more.yaml").write_text(
        "- {id: x, name: X, dataset: childen, type: count, time: seen_on, definition: D}"
    )
    (folder / "reports" / "bad.yaml").write_text("title: T\n")
    capsys.readouterr()
    assert main(["--config", str(folder), "check"]) == 1
    said = capsys.readouterr().err
    assert "childen" in said
    assert "bad.yaml" in said


def test_check_names_a_table_and_a_column_that_the_warehouse_lacks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = folder / "datasets" / "works.odcs.yaml"
    contract.write_text(contract.read_text().replace("physicalName: works", "physicalName: workz"))
    other = folder / "datasets" / "children.odcs.yaml"
    other.write_text(other.read_text().replace("name: nhs_number", "name: nhs_numbers"))
    other.write_text(other.read_text().replace("{name: team, logicalType: string", "{name: team, logicalType: integer"))
    assert main(["--config", str(folder), "check"]) == 1
    said = capsys.readouterr().err
    assert "'team' is VARCHAR in the warehouse, which is no integer" in said
    assert "children.odcs.yaml:2" in said
    assert "'workz'" in said
    assert "'nhs_numbers'" in said
    assert "Did you mean 'nhs_number'?" in said


def test_check_reads_the_people_file_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(folder), "users", "add", "sue", "--role", "staff", "--generate"]) == 0
    people = folder / "users.yaml"
    people.write_text(people.read_text().replace("- staff", "- stafff"))
    assert main(["--config", str(folder), "check"]) == 1
    assert "no role 'stafff'. Did you mean 'staff'?" in capsys.readouterr().err
    people.write_text("credential: {}")
    assert main(["--config", str(folder), "check"]) == 1
    assert "credentials" in capsys.readouterr().err


def test_a_portal_with_a_broken_file_answers_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "metrics" / "more.yaml").write_text("- id: x\n  nmae: X\n")
    assert main(["--config", str(folder), "metric", "children_seen"]) == 1
    assert "name" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("metric", "m", "--over", "fortnight"), ("metric", "m", "--from", "2026-13-01"), ("nonsense",), ()]
)
def test_a_misspelt_option_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_folder_may_be_named_by_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_CONFIG", str(folder))
    assert main(["metric", "children_seen", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["metric"] == "children_seen"


@pytest.mark.parametrize("argument", ["\udcff", "\x1b[31mred", "x" * 100_000, "é\n\n!"])
def test_a_hostile_argument_is_one_harmless_line(
    folder: Path, capsys: pytest.CaptureFixture[str], argument: str
) -> None:
    assert main(["--config", str(folder), "metric", argument]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said[:-1].isprintable()
    for command in (("metric", "m"), ("check",)):
        assert main(["--config", str(folder) + argument.replace("\n", ""), *command]) in (1, 2)


def test_nothing_is_answered_that_cannot_be_recorded(folder: Path) -> None:
    portal = Portal.open(folder)
    portal.for_viewer(OPERATOR).ask(Query("children_seen"))
    with portal.state.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE audit")
        connection.commit()
    with pytest.raises(StateError, match="disk has room"):
        portal.for_viewer(OPERATOR).ask(Query("children_seen"))


def test_a_dimension_named_like_a_figure_is_refused_in_json_and_not_mixed_up(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in ("datasets/children.odcs.yaml", "metrics/all.yaml"):
        text = (folder / file).read_text()
        (folder / file).write_text(text.replace("name: team,", "name: value,").replace("[area, team]", "[area, value]"))
    place = folder.parent / "state" / "test.duckdb"
    with duckdb.connect(str(place)) as connection:
        connection.execute("ALTER TABLE children RENAME team TO value")
    assert main(["--config", str(folder), "metric", "children_seen", "--by", "value", "--json"]) == 2
    assert "key 'value' of its own" in capsys.readouterr().err
    assert main(["--config", str(folder), "metric", "children_seen", "--by", "value"]) == 0
