"""The tables of the portal's own memory, whatever database keeps them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data_access.state.times import Moment


class Base(DeclarativeBase):
    """Every table of the portal's own memory."""

    metadata = MetaData()


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


class SessionRow(Base):
    """One sign-in of one person."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(String(200), index=True)
    opened: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    closed: Mapped[datetime | None] = mapped_column(Moment)
    closed_because: Mapped[str | None] = mapped_column(String(100))
    cookie_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    browser_hash: Mapped[str | None] = mapped_column(String(64))


class TicketRow(Base):
    """A one-time ticket: whoever posts it first, within a minute, gets the session's keys."""

    __tablename__ = "tickets"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    expires: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class AttemptRow(Base):
    """Recent wrong tries for one name. The name is hashed: people type passwords into the wrong field."""

    __tablename__ = "sign_in_attempts"

    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    score: Mapped[float] = mapped_column(Float)
    at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)
