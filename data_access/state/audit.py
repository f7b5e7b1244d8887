"""The audit: one row for every answer, refusal, sign-in and change of rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from data_access.state.store import StateStore
from data_access.state.tables import AuditEntry
from data_access.state.times import now


def record(
    store: StateStore,
    *,
    username: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    allowed: bool,
    reason: str,
) -> None:
    """Adds one entry. ``detail`` must be JSON: text, numbers, lists and mappings."""
    entry = AuditEntry(
        at=now(),
        username=_clean(username)[:200],
        action=action,
        subject=_clean(subject)[:300],
        detail=cast("dict[str, Any]", _writable(dict(detail))),
        allowed=allowed,
        reason=_clean(reason)[:1000],
    )
    with store.session(proof=True) as session:
        session.add(entry)


def _writable(value: object) -> object:
    """The same with every text such that any database can keep it."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {_clean(str(key)): _writable(item) for key, item in value.items()}
    return [_writable(item) for item in value] if isinstance(value, list | tuple) else value


def _clean(text: str) -> str:
    """Half a character, as a broken argument may hold, and control characters become visible."""
    seen = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() or letter == "\n" else f"\\x{ord(letter):02x}" for letter in seen)
