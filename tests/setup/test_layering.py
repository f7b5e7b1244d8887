"""The contracts of pyproject.toml hold, and each of them catches the import that it is there to catch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from start import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    variables = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def broken_contracts(result: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in result.stdout.splitlines() if "BROKEN" in line]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("layers")
    for package in ("data_access", "pages"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_layering_of_the_design_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("pages/stranger.py", "import duckdb", "Pages reach data only"),
        ("pages/stranger.py", "from data_access.certainty import rewrite", "Pages reach data only"),
        ("pages/parts/stranger.py", "import sqlalchemy", "Pages reach data only"),
        ("data_access/stranger.py", "import streamlit", "never imports Streamlit"),
        ("data_access/access/stranger.py", "import duckdb", "know a driver"),
        ("data_access/certainty/stranger.py", "from data_access.state import store", "Certainty is pure"),
        ("data_access/warehouse/stranger.py", "from data_access import portal", "each layer knows only those below"),
    ],
)
def test_a_forbidden_import_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    stranger = copy / file
    stranger.write_text(f'"""Stands where it should not."""\n\n{line}\n')
    try:
        result = lint(copy)
    finally:
        stranger.unlink()
    assert result.returncode == 1
    assert any(contract in text for text in broken_contracts(result)), result.stdout[-3000:]


def test_errors_import_nothing_of_ours(copy: Path) -> None:
    errors = copy / "data_access" / "errors.py"
    as_it_was = errors.read_text(encoding="utf-8")
    errors.write_text(as_it_was + "\nfrom data_access import questions  # noqa\n")
    try:
        result = lint(copy)
    finally:
        errors.write_text(as_it_was)
    assert any("errors lie" in text for text in broken_contracts(result)), result.stdout[-3000:]


def test_asking_the_door_loads_no_streamlit() -> None:
    look = "import sys, data_access.portal, data_access.cli.main; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0
