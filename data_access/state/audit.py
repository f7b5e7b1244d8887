"""The audit: one row for every answer, refusal, sign-in and change of rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
        username=username[:200],
        action=action,
        subject=subject[:300],
        detail=dict(detail),
        allowed=allowed,
        reason=reason[:1000],
    )
    with store.session() as session:
        session.add(entry)
