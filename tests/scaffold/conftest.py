"""Folders for drafts: one of its own for each test, and one that was drafted once for all tests that only look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from data_access.access import passwords
from tests.scaffold.commanding import Commands, Said, rows, write_csv


@dataclass(frozen=True)
class FirstDraft:
    """What ``scaffold requests.csv`` made and said."""

    commands: Commands
    said: Said
    source: Path

    @property
    def folder(self) -> Path:
        return self.commands.folder


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    """The command line on a configuration folder that is not there yet."""
    return Commands(tmp_path / "portal" / "config")


@pytest.fixture(scope="session")
def first_draft(tmp_path_factory: pytest.TempPathFactory) -> FirstDraft:
    """A drafted configuration that no test changes."""
    folder = tmp_path_factory.mktemp("first-draft")
    records = rows()
    records[11][5] = "many"  # which is no number
    source = write_csv(folder / "requests.csv", records)
    commands = Commands(folder / "portal" / "config")
    return FirstDraft(commands, commands.scaffold(source), source)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt with few rounds: every draft makes a person, and how slow a password is to try is tested elsewhere."""
    gensalt = passwords.bcrypt.gensalt
    monkeypatch.setattr(passwords.bcrypt, "gensalt", lambda: gensalt(rounds=4))
