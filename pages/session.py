"""Whose session this is: the id of an open session in Streamlit's session state, checked on every run.

Session state stays in the server. What brings a person back after a reload is in the browser; see
``pages/browser_keys`` and ``data_access/state/sessions.py``.
"""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from data_access.access.gate import Gate
from data_access.access.viewer import Viewer
from data_access.errors import Unreachable
from pages import browser_keys
from pages.server.running import running

ID = "plumbline-session"
TICKET = "plumbline-ticket"
DRAWN = "plumbline-drawn"  # the number of the configuration that this session's page was drawn under
SIGNED_OUT = "plumbline-signed-out"
BY_ITSELF = "plumbline-by-itself"


def viewer(gate: Gate) -> Viewer | None:
    """The person of this session as they are now. A session that no longer holds is dropped, with all it held."""
    held = st.session_state.get(ID)
    if held is None:
        return None
    person = gate.viewer_of(held, seen=not st.session_state.pop(BY_ITSELF, False))
    if person is None:
        # Before anything is drawn: what the last run showed must not stay on the screen, nor its filters.
        st.session_state.clear()
    return person


def require(viewer: Viewer) -> None:
    """For a fragment, which reruns without the shell: goes on only while its ``viewer`` is still who they were.

    Where the session no longer holds, or cannot be looked up, or its person has other roles or attributes now (rights
    follow from nothing else), the whole page is run again, which says so; so it is where another configuration has
    come into force, of which the fragment's own portal knows nothing.
    """
    held, now = st.session_state.get(ID), running()
    person = None
    with suppress(Unreachable):
        person = now.gate.viewer_of(held, seen=False) if held is not None else None
    if person != viewer or st.session_state.get(DRAWN, now.number) != now.number:
        goes_on_by_itself()
        st.rerun(scope="app")


def drawn_under(number: int) -> None:
    """Notes which configuration this run draws."""
    st.session_state[DRAWN] = number


def goes_on_by_itself() -> None:
    """The next run is the page's own doing, and does not keep an idle session alive."""
    st.session_state[BY_ITSELF] = True


def start(gate: Gate, username: str) -> None:
    """Opens a session for somebody whose password was right; the next run hands the browser its keys."""
    resume(gate.open(username))
    st.session_state[TICKET] = gate.ticket(st.session_state[ID])


def resume(session_id: str) -> None:
    """Goes on with an open session, with nothing left of an earlier one."""
    st.session_state.clear()
    st.session_state[ID] = session_id


def hand_over_keys(gate: Gate) -> None:
    """Offers the browser its keys until it has taken them."""
    ticket = st.session_state.get(TICKET)
    if ticket is None:
        return
    if gate.ticket_is_waiting(ticket):
        browser_keys.keep(gate.cookie_name, ticket)
    else:
        del st.session_state[TICKET]


def sign_out() -> None:
    """Closes the session in every tab of it and forgets all that this one held."""
    held = st.session_state.get(ID)
    if held is not None:
        running().gate.sign_out(held)
    st.session_state.clear()
    st.session_state[SIGNED_OUT] = True
