"""Each folder of bad/ is a configuration with mistakes; every one must be reported, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.definitions.load import load, read
from data_access.errors import DefinitionError, Problem
from tests.definitions.cases import cases, expected, lay_over


def place(problem: Problem) -> str:
    return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_mistake_is_reported_with_place_reason_and_spelling(case: Path, tmp_path: Path) -> None:
    configuration, problems = read(lay_over(case, tmp_path / "config"))
    assert configuration is None
    errors = [problem for problem in problems if problem.severity == "error"]
    wanted = expected(case)
    for want in wanted:
        same = [error for error in errors if (place(error), error.key) == (want.place, want.key)]
        assert same, f"nothing is reported at {want.place} {want.key}; reported: {[str(error) for error in errors]}"
        assert any(want.words in error.reason and error.suggestion == want.suggestion for error in same), (
            f"expected '{want.words}' and the spelling {want.suggestion}, got {[str(error) for error in same]}"
        )
    assert len(errors) == len(wanted), [str(error) for error in errors]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_reason_speaks_the_language_of_a_library(case: Path, tmp_path: Path) -> None:
    _, problems = read(lay_over(case, tmp_path / "config"))
    jargon = ("pydantic", "jsonschema", "input should", "extra inputs", "traceback", "unevaluated", "nonetype", "dict")
    for problem in problems:
        assert not [word for word in jargon if word in problem.reason.lower()], problem.reason


def test_load_refuses_a_broken_configuration_with_all_its_errors(tmp_path: Path) -> None:
    folder = lay_over(next(case for case in cases() if case.name == "several_broken_files"), tmp_path / "config")
    with pytest.raises(DefinitionError) as raised:
        load(folder)
    files = {problem.file for problem in raised.value.problems}
    assert files == {
        "portal.yaml",
        "roles.yaml",
        "datasets/small.odcs.yaml",
        "metrics/extra.yaml",
        "reports/weekly.yaml",
    }
    assert all(problem.severity == "error" for problem in raised.value.problems)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    configuration, problems = read(tmp_path / "nowhere")
    assert configuration is None
    assert "nowhere" in problems[0].reason


def test_there_are_enough_bad_configurations() -> None:
    assert len(cases()) >= 16
