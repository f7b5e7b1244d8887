"""The people file cannot be read while the portal runs: nobody is let in or thrown out, and it heals."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.access.person import PeopleError
from data_access.portal import Portal
from tests.mishaps.conftest import HASH


def gone(file: Path) -> None:
    file.unlink()


def half_written(file: Path) -> None:
    file.write_text(f"credentials: {{usernames: {{jo: {{password: '{HASH}', roles: [", encoding="utf-8")


def another_encoding(file: Path) -> None:
    file.write_bytes("credentials: {} # Zoë".encode("cp1252"))


def no_file(file: Path) -> None:
    """What no account may read, root's included."""
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("mishap", [gone, half_written, another_encoding, no_file])
def test_nobody_is_known_until_it_is_read_again_and_nobody_was_signed_out(
    portal: Portal, folder: Path, mishap: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    file = folder / "users.yaml"
    good = file.read_bytes()
    gate = Gate(portal.state, People(folder, demonstration=lambda: False))
    held = gate.open("jo")
    with caplog.at_level(logging.WARNING, "plumbline"):
        mishap(file)
        for _ in range(2):
            with pytest.raises(PeopleError, match=r"^users\.yaml") as raised:
                gate.viewer_of(held)
        shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
        file.write_bytes(good)
        viewer = gate.viewer_of(held)
    assert viewer is not None
    assert viewer.username == "jo"
    assert len([record for record in caplog.records if record.name == "plumbline"]) == 2
    for text in (raised.value.message, raised.value.told, caplog.text):
        assert HASH not in text
        assert str(folder) not in text


def test_a_file_that_was_never_there_is_no_mishap(folder: Path) -> None:
    (folder / "users.yaml").unlink()
    people = People(folder, demonstration=lambda: False)
    assert people.everybody() == {}
    assert people.viewer_of("jo") is None


@pytest.mark.parametrize("demonstration", [True, False])
def test_while_it_is_broken_the_public_password_stays_on_this_machine_and_a_council_behind_its_proxy_is_served(
    folder: Path, demonstration: bool
) -> None:
    people = People(folder, demonstration=lambda: demonstration)
    half_written(folder / "users.yaml")
    assert people.only_on_this_machine() is demonstration
