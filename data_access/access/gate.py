"""Signing in, coming back and signing out: what the pages and the route ask, with nothing of the web in it.

The pages hold a session's id inside the server; the route hands the browser its keys. Every sign-in,
refusal and sign-out leaves an audit record. See ``state/sessions.py`` for what the keys are.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Literal

from data_access.access.people import People
from data_access.access.viewer import Viewer
from data_access.state import attempts, sessions
from data_access.state.audit import record
from data_access.state.secret import installation_secret, keyed_hash
from data_access.state.sessions import BrowserKeys
from data_access.state.store import StateStore

Outcome = Literal["right", "wrong", "too many"]


class Gate:
    """The one way in to a portal, over its people and its own memory."""

    def __init__(self, store: StateStore, people: People) -> None:
        self._store = store
        self.people = people
        # Its own for each installation: browsers keep cookies by host and not by port, and two portals
        # on one machine would sign each other out.
        self.cookie_name = "plumbline-" + keyed_hash(installation_secret(store), "cookie name", "")[:8]

    def check(self, username: str, password: str) -> Outcome:
        """Whether the password is right, after the delay that recent wrong tries have earned.

        An unknown name and a wrong password take the same way through here, and the same time.
        """
        wait = attempts.take_turn(self._store, username)
        if wait is None:
            self._note(username, "sign in", allowed=False, reason="too many tries at once")
            return "too many"
        time.sleep(wait.total_seconds())
        if not self.people.verify(username, password):
            self._note(username, "sign in", allowed=False, reason="unknown username or wrong password")
            return "wrong"
        attempts.forgive(self._store, username)
        return "right"

    def open(self, username: str) -> str:
        """Opens a session for somebody whose password was right; returns its id, which stays in the server."""
        opened = sessions.begin(self._store, username)
        self._note(username, "sign in", allowed=True, reason="right password")
        return opened.id

    def viewer_of(self, session_id: str, *, seen: bool = True) -> Viewer | None:
        """The session's person with the roles they have now; None when the session or the person is gone.

        ``seen=False``: a page asks by itself, on a timer. An idle session is then not kept alive by its own screen.
        """
        held = sessions.by_id(self._store, session_id, seen=seen)
        if held is None:
            return None
        viewer = self.people.viewer_of(held.username)
        if viewer is None:
            sessions.close(self._store, session_id, "the person was removed")
        return viewer

    def ticket(self, session_id: str) -> str:
        """A one-time ticket for the browser's keys to this session."""
        return sessions.issue_ticket(self._store, session_id)

    def ticket_is_waiting(self, ticket: str) -> bool:
        """Whether the browser has yet to hand in this ticket, and still can."""
        return sessions.is_waiting(self._store, ticket)

    def redeem(self, ticket: str) -> BrowserKeys | None:
        """The browser's keys, once, for a ticket; None for any other text."""
        return sessions.redeem(self._store, ticket)

    def cookie_holds(self, cookie: str) -> bool:
        """Whether a cookie belongs to an open session. It opens nothing without the browser key."""
        return sessions.cookie_holds(self._store, cookie)

    def come_back(self, cookie: str, browser_key: str) -> str | None:
        """The id of the session that both keys belong to; None, noted in the audit, when they do not fit."""
        held = sessions.by_cookie(self._store, cookie, browser_key)
        if held is None:
            self._note("", "come back", allowed=False, reason="a cookie without the key of its browser")
            return None
        return held.id

    def sign_out(self, session_id: str) -> None:
        """Closes the session, in every tab; its keys open nothing from now on."""
        held = sessions.by_id(self._store, session_id)
        sessions.close(self._store, session_id, "signed out")
        if held is not None:
            self._note(held.username, "sign out", allowed=True, reason="asked to")

    def note_refusal(self, viewer: Viewer, page: str, reason: str) -> None:
        """Leaves an audit record that the viewer was refused a page."""
        self._note(viewer.username, "open page", allowed=False, reason=reason, subject=page)

    def _note(
        self,
        username: str,
        action: str,
        *,
        allowed: bool,
        reason: str,
        subject: str = "portal",
        detail: Mapping[str, str] | None = None,
    ) -> None:
        # A wrong name may be a password typed into the wrong field: only names of people are written down.
        known = self.people.viewer_of(username) is not None
        record(
            self._store,
            username=username if known else "(unknown)",
            action=action,
            subject=subject,
            detail=detail or {},
            allowed=allowed,
            reason=reason,
        )
