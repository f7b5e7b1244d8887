"""The audit: one row for every answer, refusal, sign-in and change of rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from data_access.state.store import Base, StateStore
from data_access.state.times import Moment, now


class AuditEntry(Base):
    """Who did or asked what, about what, and whether and why it was allowed. Rows are only ever added."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    username: Mapped[str] = mapped_column(String(200), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    allowed: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(1000))


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
