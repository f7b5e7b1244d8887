"""Each folder of bad/ is a configuration with mistakes; every one must be reported, and nothing else.

Its name says which kind of mistake it is. Those of the files, of the people and of the tables are found alike.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data_access.answering.problems import Inspection, inspect
from data_access.definitions.load import load, read
from data_access.errors import DefinitionError, Problem
from tests.definitions.cases import cases, expected, lay_over


@cache
def looked_at(case: Path) -> Inspection:
    """What is found in the case: every test of it asks for the same."""
    with TemporaryDirectory() as scratch:
        return inspect(lay_over(case, Path(scratch) / "config"))


def place(problem: Problem) -> str:
    return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_mistake_is_reported_with_place_reason_and_spelling(case: Path) -> None:
    errors = looked_at(case).errors
    wanted = expected(case)
    for want in wanted:
        same = [error for error in errors if (place(error), error.key) == (want.place, want.key)]
        assert same, f"nothing is reported at {want.place} {want.key}; reported: {[str(error) for error in errors]}"
        assert any(want.words in error.reason and error.suggestion == want.suggestion for error in same), (
            f"expected '{want.words}' and the spelling {want.suggestion}, got {[str(error) for error in same]}"
        )
    assert len(errors) == len(wanted), [str(error) for error in errors]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_reason_speaks_the_language_of_a_library(case: Path) -> None:
    problems = looked_at(case).problems
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
    assert len(cases()) >= 25


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_mistake_in_the_files_is_one_with_which_no_portal_opens(case: Path) -> None:
    reading = looked_at(case).reading
    broken = any(problem.severity == "error" for problem in reading.problems)
    assert (reading.configuration is None) == broken
    of_people = all(want.place.startswith("users.yaml") for want in expected(case))
    assert broken != (of_people or (case / "warehouse.sql").exists())
