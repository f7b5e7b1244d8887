"""What git ignores: an installation's own, and nothing that the project needs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from start import ROOT

Ask = Callable[[list[str]], set[str]]


@pytest.fixture
def ignored(tmp_path: Path) -> Ask:
    """Tells which of some paths git would leave out of the project."""
    if shutil.which("git") is None:
        pytest.skip("No git: what it ignores was not tried.")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)

    def ask(paths: list[str]) -> set[str]:
        command = ["git", "check-ignore", "--no-index", "--stdin"]
        told = subprocess.run(
            command, cwd=tmp_path, input="\n".join(paths), capture_output=True, text=True, check=False
        )
        return set(told.stdout.split())

    return ask


def test_people_secrets_warehouses_and_pictures_never_enter_git(ignored: Ask) -> None:
    own = ["config/users.yaml", "state/demo.duckdb", "state/portal.db", "state/secret", "tests/output/home.png"]
    assert ignored(own) == set(own)


def test_no_part_of_the_project_is_left_out(ignored: Ask) -> None:
    folders = ("data_access", "pages", "tests", ".streamlit", ".ci")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    parts = [str(file.relative_to(ROOT)) for file in files if "__pycache__" not in file.parts]
    parts = [part for part in parts if not part.startswith("tests/output/")]
    assert len(parts) > 50
    assert ignored(parts) == set()
