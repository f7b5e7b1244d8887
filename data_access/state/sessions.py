"""Who is signed in: a row for each sign-in, and what a browser must hold to come back to it.

A session is opened when a password was right. Its id stays inside the server (in Streamlit's session
state); it opens nothing from outside. The browser gets two random keys instead, in exchange for a
one-time ticket: a *cookie* that no script can read, and a *browser key* that no request carries by
itself (the page keeps it in the browser's local storage). Both are needed to come back, so a copied
cookie alone opens nothing; both are worthless once the row is closed. Only their keyed hashes are here.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from data_access.errors import StateError
from data_access.state.secret import installation_secret, keyed_hash
from data_access.state.store import StateStore
from data_access.state.tables import SessionRow, TicketRow
from data_access.state.times import now

LASTS = timedelta(hours=12)  # a working day: nobody is signed in tomorrow because of today
IDLE = timedelta(hours=2)
TICKET_LASTS = timedelta(seconds=60)
SEEN_EVERY = timedelta(minutes=1)  # last_seen is not worth a write on every click
KEPT = timedelta(days=30)  # the audit keeps sign-ins for longer; these rows are only for coming back
RANDOM_BYTES = 32


@dataclass(frozen=True)
class OpenSession:
    """A session that holds now."""

    id: str
    username: str


@dataclass(frozen=True)
class BrowserKeys:
    """What the browser keeps; known in clear only while they are handed over."""

    cookie: str
    browser: str


def begin(store: StateStore, username: str) -> OpenSession:
    """Opens a session for a person whose password was right; clears away rows long out of use."""
    moment = now()
    row = SessionRow(
        id=secrets.token_urlsafe(RANDOM_BYTES),
        username=username,
        opened=moment,
        last_seen=moment,
        expires=moment + LASTS,
    )
    with store.writing() as session:
        session.execute(delete(TicketRow).where(TicketRow.expires < moment - TICKET_LASTS))
        session.execute(delete(SessionRow).where(SessionRow.expires < moment - KEPT))
        session.add(row)
    return OpenSession(row.id, username)


def by_id(store: StateStore, session_id: str, *, seen: bool = True) -> OpenSession | None:
    """The session with this id, if it still holds; notes that it was ``seen``, unless nobody did anything."""
    moment = now()
    with store.session() as session:
        row = session.get(SessionRow, session_id)
    if row is None or not _holds(row, moment):
        return None
    if seen and moment - row.last_seen >= SEEN_EVERY:
        # Apart from the read: SQLite refuses a read transaction that turns into a write while others write.
        noted = update(SessionRow).where(SessionRow.id == session_id, SessionRow.closed.is_(None))
        # Where nothing can be written down the session still holds, until it is idle; what is asked then says so.
        with suppress(StateError), store.session() as session:
            session.execute(noted.values(last_seen=moment))
    return OpenSession(row.id, row.username)


def by_cookie(store: StateStore, cookie: str, browser_key: str) -> OpenSession | None:
    """The session that both keys belong to, if it still holds. One of them alone opens nothing."""
    secret = installation_secret(store)
    row = _row_of_cookie(store, cookie)
    if row is None or row.browser_hash is None:
        return None
    if not secrets.compare_digest(row.browser_hash, keyed_hash(secret, "browser", browser_key)):
        return None
    return OpenSession(row.id, row.username)


def cookie_holds(store: StateStore, cookie: str) -> bool:
    """Whether the cookie is a session's that still holds, so that asking for the browser key makes sense."""
    return _row_of_cookie(store, cookie) is not None


def issue_ticket(store: StateStore, session_id: str) -> str:
    """A one-time ticket for the session's keys, good for a minute."""
    ticket = secrets.token_urlsafe(RANDOM_BYTES)
    row = TicketRow(
        hash=keyed_hash(installation_secret(store), "ticket", ticket),
        session_id=session_id,
        expires=now() + TICKET_LASTS,
    )
    with store.session() as session:
        session.add(row)
    return ticket


def redeem(store: StateStore, ticket: str) -> BrowserKeys | None:
    """The session's keys for its ticket; None when it is unknown, used, too old, or its session is closed."""
    secret = installation_secret(store)
    moment = now()
    keys = BrowserKeys(secrets.token_urlsafe(RANDOM_BYTES), secrets.token_urlsafe(RANDOM_BYTES))
    with store.writing() as session:
        row = session.get(TicketRow, keyed_hash(secret, "ticket", ticket), with_for_update=True)
        if row is None or row.used is not None or row.expires <= moment:
            return None
        row.used = moment
        owner = session.get(SessionRow, row.session_id)
        if owner is None or not _holds(owner, moment):
            return None
        owner.cookie_hash = keyed_hash(secret, "cookie", keys.cookie)
        owner.browser_hash = keyed_hash(secret, "browser", keys.browser)
    return keys


def is_waiting(store: StateStore, ticket: str) -> bool:
    """Whether the ticket can still be redeemed, so that the page goes on offering it."""
    digest = keyed_hash(installation_secret(store), "ticket", ticket)
    with store.session() as session:
        row = session.get(TicketRow, digest)
    return row is not None and row.used is None and row.expires > now()


def close(store: StateStore, session_id: str, because: str) -> None:
    """Closes one session; its keys open nothing from now on."""
    _close(store, SessionRow.id == session_id, because)


def close_all(store: StateStore, username: str, because: str) -> int:
    """Closes every open session of a person (removed, new password). Returns how many there were."""
    return _close(store, SessionRow.username == username, because)


def _close(store: StateStore, which: ColumnElement[bool], because: str) -> int:
    statement = (
        update(SessionRow).where(which, SessionRow.closed.is_(None)).values(closed=now(), closed_because=because)
    )
    with store.session() as session:
        return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _row_of_cookie(store: StateStore, cookie: str) -> SessionRow | None:
    digest = keyed_hash(installation_secret(store), "cookie", cookie)
    with store.session() as session:
        row = session.scalars(select(SessionRow).where(SessionRow.cookie_hash == digest)).one_or_none()
    return row if row is not None and _holds(row, now()) else None


def _holds(row: SessionRow, moment: datetime) -> bool:
    return row.closed is None and moment < row.expires and moment - row.last_seen < IDLE
