"""Passwords: bcrypt in streamlit-authenticator's form, and the same work whether or not there is a person."""

from __future__ import annotations

from collections.abc import Callable

import bcrypt
import pytest
from streamlit_authenticator import Hasher

from data_access.access import passwords
from data_access.access.passwords import PasswordError


def test_hashes_are_those_of_streamlit_authenticator() -> None:
    assert Hasher.check_pw("correct horse battery", passwords.hashed("correct horse battery"))
    assert passwords.matches("correct horse battery", Hasher.hash("correct horse battery"))


def test_a_wrong_password_does_not_match(password_hash: str) -> None:
    assert not passwords.matches("correct horse batter", password_hash)


@pytest.mark.parametrize(
    "stored", [None, "", "written in clear", "$2b$12$tooshort"], ids=["nobody", "empty", "in clear", "cut short"]
)
def test_nothing_matches_where_there_is_no_hash(stored: str | None) -> None:
    assert not passwords.matches("written in clear", stored)


def test_the_decoys_own_password_opens_nothing(monkeypatch: pytest.MonkeyPatch, password_hash: str) -> None:
    monkeypatch.setattr(passwords, "decoy", lambda: password_hash)
    assert not passwords.matches("correct horse battery", None)


@pytest.mark.parametrize("typed", ["x" * 73, "é" * 60, "a\0b", ""])
def test_what_bcrypt_cannot_take_is_wrong_and_not_an_error(typed: str, password_hash: str) -> None:
    assert not passwords.matches(typed, password_hash)
    assert not passwords.matches(typed, None)


def test_a_longer_password_does_not_match_by_its_first_72_bytes() -> None:
    assert not passwords.matches("x" * 73, passwords.hashed("x" * 72))


def test_bcrypt_runs_once_at_the_same_cost_for_somebody_and_for_nobody(
    bcrypt_calls: Callable[[], list[bytes]], password_hash: str
) -> None:
    passwords.decoy()
    passwords.matches("a guess of mine", password_hash)
    passwords.matches("a guess of mine", None)
    costs = [hashed.split(b"$")[2] for hashed in bcrypt_calls()]
    assert costs == [b"12", b"12"]


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "at least 12"), (" leading spaces ", "begin or end"), ("x" * 80, "at most 72"), ("", "at least 12")],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(password: str, words: str) -> None:
    with pytest.raises(PasswordError, match=words):
        passwords.require_strong(password)


def test_generated_passwords_are_strong_and_differ() -> None:
    made = {passwords.generated() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.require_strong(password)


@pytest.fixture
def bcrypt_calls(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[bytes]]:
    """The hashes that bcrypt has been asked to compare with."""
    compared: list[bytes] = []
    check = bcrypt.checkpw

    def counting(password: bytes, hashed: bytes) -> bool:
        compared.append(hashed)
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", counting)
    return lambda: compared
