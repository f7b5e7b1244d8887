"""``users add | list | remove | reset``, called as the command line calls them."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.access import passwords, people_file
from data_access.access.person import PeopleError
from data_access.cli import users
from data_access.definitions.load import load
from data_access.state import sessions
from data_access.state.audit import AuditEntry
from data_access.state.store import StateStore
from tests.leaks.conftest import write_configuration

PASSWORD = "correct horse battery"


@pytest.fixture
def config(folder: Path) -> Path:
    """A small configuration of its own, without people: the commands read it whole each time."""
    return write_configuration(folder)


def run(config: Path, words: str) -> None:
    parser = argparse.ArgumentParser()
    users.register(parser.add_subparsers())
    assert users.run(parser.parse_args(["users", *words.split()]), config) == 0


def state_of(config: Path) -> StateStore:
    return StateStore(load(config).portal.state, config.parent)


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> type:
    """Stands for a person at a terminal: ``types(first, second)`` answers the two questions for a password."""

    class Terminal(io.StringIO):
        def __init__(self, *answers: str) -> None:
            super().__init__()
            left = list(answers)
            monkeypatch.setattr("sys.stdin", self)
            monkeypatch.setattr(users.getpass, "getpass", lambda _prompt: left.pop(0))

        def isatty(self) -> bool:
            return True

    return Terminal


def test_a_person_is_added_with_a_password_typed_twice(config: Path, types: type) -> None:
    types(PASSWORD, PASSWORD)
    run(config, "add Jo --role staff --role manager --email jo@council.example --attribute area=S")
    person = people_file.read(config).people["jo"]
    assert (person.roles, person.attributes) == (("staff", "manager"), (("area", ("S",)),))
    assert passwords.matches(PASSWORD, person.password)


def test_a_password_typed_differently_the_second_time_changes_nothing(config: Path, types: type) -> None:
    types(PASSWORD, PASSWORD + "!")
    with pytest.raises(passwords.PasswordError, match="differ"):
        run(config, "add jo --role staff")
    assert people_file.read(config).people == {}


def test_a_script_hands_the_password_over_on_standard_input(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    run(config, "add jo --role staff")
    assert passwords.matches(PASSWORD, people_file.read(config).people["jo"].password)


def test_a_weak_password_is_refused(config: Path, types: type) -> None:
    types("short", "short")
    with pytest.raises(passwords.PasswordError, match="at least 12"):
        run(config, "add jo --role staff")


def test_a_generated_password_is_shown_once_and_stored_only_as_a_hash(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(config, "add jo --role staff --generate")
    shown = capsys.readouterr().out
    password = shown.split("shown this once: ")[1].split()[0]
    assert passwords.matches(password, people_file.read(config).people["jo"].password)
    assert password not in (config / "users.yaml").read_text()
    run(config, "list")
    assert password not in capsys.readouterr().out


def test_adding_somebody_again_changes_their_roles_and_keeps_their_password(config: Path, types: type) -> None:
    types(PASSWORD, PASSWORD)
    run(config, "add jo --role staff --attribute area=S")
    before = people_file.read(config).people["jo"]
    run(config, "add jo --role steward")
    after = people_file.read(config).people["jo"]
    assert after.roles == ("steward",)
    assert (after.password, after.attributes) == (before.password, before.attributes)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("add jo --role stafff --generate", "Did you mean 'staff'"),
        ("add jo --role staff --generate --attribute aera=S", "Did you mean 'area'"),
        ("add jo --role staff --generate --attribute area", "write KEY=VALUE"),
        ("add ../jo --role staff --generate", "is not a username"),
        ("remove jo", "There is no jo"),
        ("reset jo --generate", "There is no jo"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(config: Path, words: str, reason: str) -> None:
    with pytest.raises(PeopleError, match=reason):
        run(config, words)
    assert people_file.read(config).people == {}


@pytest.mark.parametrize("words", ["remove jo", "reset jo --generate"])
def test_removing_or_resetting_a_person_closes_their_sessions_and_nobody_elses(config: Path, words: str) -> None:
    for name in ("jo", "sam"):
        run(config, f"add {name} --role staff --generate")
    store = state_of(config)
    jos, sams = sessions.begin(store, "jo"), sessions.begin(store, "sam")
    run(config, words)
    assert sessions.by_id(store, jos.id) is None
    assert sessions.by_id(store, sams.id) == sams


def test_a_removed_person_is_gone_from_the_file_and_the_list(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(config, "add jo --role staff --generate")
    run(config, "remove JO")
    capsys.readouterr()
    run(config, "list")
    assert "jo" not in capsys.readouterr().out.split()


def test_the_demonstrations_people_are_listed_with_its_warehouse_only(
    config: Path, demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(config, "list")
    assert "steward" not in capsys.readouterr().out
    run(demonstration, "list")
    assert {"manager", "steward", "administrator"} <= set(capsys.readouterr().out.split())


def test_every_change_leaves_a_record_without_the_password(config: Path) -> None:
    for words in ("add jo --role staff --generate", "reset jo --generate", "remove jo"):
        run(config, words)
    with state_of(config).session() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == ["add person", "reset password", "remove person"]
    assert {entry.subject for entry in entries} == {"jo"}
    assert "password" not in str([entry.detail for entry in entries]).lower()
