"""The installation's own secret: made once, kept beside the state database, never in git or in a log.

It keys the hashes of session tokens and of names typed at sign-in, so a copy of the state database
alone is worth nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from data_access.errors import StateError
from data_access.state.store import PRIVATE_FILE, StateStore

NAME = "secret"
BYTES = 32


def installation_secret(store: StateStore) -> bytes:
    """The secret of the installation that ``store`` belongs to, made on first use. 32 bytes. Raises StateError."""
    file = store.folder / NAME
    try:
        if not file.exists():
            store.require_in_place()  # beside a lost database a new secret would sign everybody out for good
            _make(file)
        if file.stat().st_mode & 0o077:
            file.chmod(PRIVATE_FILE)
        text = file.read_text(encoding="ascii").strip()
        secret = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        raise StateError(f"The installation's secret, {file.name} in the state folder, cannot be read.") from error
    if len(secret) != BYTES:
        raise StateError(
            f"The installation's secret, {file.name} in the state folder, is damaged. Remove it; "
            "everybody signs in again."
        )
    return secret


def keyed_hash(secret: bytes, purpose: str, text: str) -> str:
    """HMAC-SHA256 of ``text`` in hexadecimal. ``purpose`` keeps one kind of hash from standing for another."""
    return hmac.new(secret, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _make(file: Path) -> None:
    """Writes the secret under another name and links it into place: whole or not at all, and the first one wins."""
    draft = file.with_name(f".{NAME}-{secrets.token_hex(8)}")
    _write_new(draft, secrets.token_hex(BYTES) + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process of the portal was first; its secret holds
    except OSError:
        # A file system without hard links: O_EXCL still lets only one process make it.
        with suppress(FileExistsError):
            _write_new(file, draft.read_text(encoding="ascii"))
    finally:
        draft.unlink()


def _write_new(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
