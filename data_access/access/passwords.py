"""Passwords: bcrypt, in the form that streamlit-authenticator writes and reads.

bcrypt is called directly because that package imports Streamlit, which stays out of the door.
"""

from __future__ import annotations

import functools
import secrets

import bcrypt

from data_access.errors import PlumblineError

SHORTEST = 12  # characters
LONGEST = 72  # bytes; bcrypt looks at no more


class PasswordError(PlumblineError):
    """The password cannot be used."""

    title = "That password cannot be used"


def hashed(password: str) -> str:
    """The bcrypt hash of a password, as text."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one hashed. Takes the same time when there is no hash, or no valid one.

    Without this an unknown name would be answered at once, and a known one after bcrypt's quarter of a second.
    """
    typed = password.encode()[:LONGEST].replace(b"\0", b"?")  # bcrypt refuses more, and a zero byte
    same = len(password.encode()) <= LONGEST and "\0" not in password
    try:
        return bcrypt.checkpw(typed, (password_hash or decoy()).encode()) and same and password_hash is not None
    except ValueError:  # not a bcrypt hash: somebody wrote the password itself into the file
        bcrypt.checkpw(typed, decoy().encode())
        return False


def require_strong(password: str) -> None:
    """Raises PasswordError, saying what to do, when a new password is too short, too long or cannot be typed."""
    if password != password.strip():
        raise PasswordError("A password cannot begin or end with a space: the sign-in form leaves those out.")
    if len(password) < SHORTEST:
        raise PasswordError(f"A password needs at least {SHORTEST} characters; three or four unrelated words do well.")
    if len(password.encode()) > LONGEST:
        raise PasswordError(f"A password has at most {LONGEST} bytes.")


def generated() -> str:
    """A random password of 20 letters and digits in groups of five, without those that look alike."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


@functools.cache
def decoy() -> str:
    """The hash of a password that nobody knows, to spend bcrypt's time on. Made once; call it at the start."""
    return hashed(secrets.token_urlsafe(16))
