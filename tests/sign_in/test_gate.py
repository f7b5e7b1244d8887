"""The gate: one way in, with a record of everybody who tried."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import bcrypt
import pytest
from sqlalchemy import select

from data_access.access import gate as gates
from data_access.access import passwords, people_file
from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.state.audit import AuditEntry
from data_access.state.store import StateStore

from .conftest import PASSWORD


def audited(store: StateStore) -> Sequence[AuditEntry]:
    with store.session() as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


def test_the_right_password_opens_a_session_of_that_person(gate: Gate, folder: Path) -> None:
    assert gate.check("jo", PASSWORD) == "right"
    viewer = gate.viewer_of(gate.open("jo"))
    assert viewer == People(folder, demonstration=lambda: False).viewer_of("jo")


def test_an_unknown_name_and_a_wrong_password_take_the_same_way(
    gate: Gate, store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.decoy()
    steps: list[str] = []
    check, sleep = bcrypt.checkpw, gates.time.sleep
    monkeypatch.setattr(bcrypt, "checkpw", lambda *given: steps.append("bcrypt") or check(*given))
    monkeypatch.setattr(gates.time, "sleep", lambda seconds: steps.append(f"wait {seconds:.0f}") or sleep(0))
    assert gate.check("jo", "a guess") == "wrong"
    for_somebody, steps[:] = list(steps), []
    assert gate.check("nobody", "a guess") == "wrong"
    assert steps == for_somebody == ["wait 0", "bcrypt"]
    assert len({entry.reason for entry in audited(store)}) == 1


def test_an_unknown_name_and_a_wrong_password_cost_the_same_work(gate: Gate) -> None:
    """In processor time, which a busy machine does not stretch; bcrypt left out would be a hundredth of it."""
    passwords.decoy()
    spent: dict[str, list[float]] = {"jo": [], "nobody": []}
    for _ in range(3):
        for name, taken in spent.items():
            started = time.process_time()
            gate.check(name, "a guess")
            taken.append(time.process_time() - started)
    assert 0.8 < min(spent["jo"]) / min(spent["nobody"]) < 1.25


def test_the_delay_grows_for_a_name_that_does_not_exist_too(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(gates.time, "sleep", waited.append)
    monkeypatch.setattr(bcrypt, "checkpw", lambda *_: False)
    for name in ("jo", "nobody"):
        for _ in range(4):
            gate.check(name, "a guess")
    assert waited[:3] == waited[4:7] == [0, 0, 0]
    assert waited[3] > 0.5
    assert waited[7] > 0.5


def test_a_name_that_is_nobodys_is_not_written_into_the_audit(gate: Gate, store: StateStore) -> None:
    gate.check("my-password-in-the-wrong-field", "")
    gate.check("jo", "a guess")
    assert [(entry.username, entry.action, entry.allowed) for entry in audited(store)] == [
        ("(unknown)", "sign in", False),
        ("jo", "sign in", False),
    ]


def test_every_sign_in_and_sign_out_leaves_a_record(gate: Gate, store: StateStore) -> None:
    session = gate.open("jo")
    gate.sign_out(session)
    gate.sign_out(session)
    assert [(entry.username, entry.action, entry.allowed) for entry in audited(store)] == [
        ("jo", "sign in", True),
        ("jo", "sign out", True),
    ]


def test_a_copied_cookie_leaves_a_record(gate: Gate, store: StateStore) -> None:
    keys = gate.redeem(gate.ticket(gate.open("jo")))
    assert keys is not None
    assert gate.come_back(keys.cookie, "") is None
    assert audited(store)[-1].reason == "a cookie without the key of its browser"
    assert gate.come_back(keys.cookie, keys.browser) is not None


def test_a_person_who_was_removed_is_out_at_the_next_click(gate: Gate, folder: Path) -> None:
    session = gate.open("jo")
    people_file.remove(folder, "jo")
    assert gate.viewer_of(session) is None
    assert gate.viewer_of(session) is None, "and stays out"


def test_two_installations_on_one_machine_do_not_share_a_cookie(tmp_path: Path, folder: Path, gate: Gate) -> None:
    other = Gate(
        StateStore("sqlite:///state/portal.db", tmp_path / "other"), People(folder, demonstration=lambda: False)
    )
    assert other.cookie_name != gate.cookie_name
    assert gate.cookie_name.startswith("plumbline-")
