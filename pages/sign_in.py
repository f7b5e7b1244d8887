"""The sign-in form, at whatever address was asked for: the address and its parameters stay as they are.

streamlit-authenticator draws the form. Its cookie is not used (a script sets it, and it still signs in
after a logout), nor its lock-out, which is permanent and knows only names that exist.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel

from data_access.access.gate import Gate, Outcome
from data_access.definitions.models import PortalSettings
from data_access.errors import Unreachable
from pages import browser_keys, session
from pages.registry import PRODUCT

FIELDS = {"Form name": "Sign in", "Username": "Username", "Password": "Password", "Login": "Login"}
WRONG = "The username or the password is not right. Check both and try again."
TOO_MANY = "Too many people are trying this username just now. Wait half a minute and try again."
EMPTY = "Enter your username and your password."
ASKED = "plumbline-asked-for-key"


def render(gate: Gate, settings: PortalSettings) -> None:
    """Lets the browser come back with the keys it holds; else shows the form."""
    cookie = st.context.cookies.get(gate.cookie_name)
    if cookie and not st.session_state.get(ASKED) and gate.cookie_holds(cookie):
        _ask_for_key(gate, cookie)
        return
    title = f"{settings.name} · {settings.organisation}"
    with st.container(horizontal_alignment="center"), st.container(key="sign-in", width=420):
        st.html(f'<div class="pl-sign-in"><h1>{PRODUCT}</h1><h2>{escape(title)}</h2></div>')
        if st.session_state.get(session.SIGNED_OUT):
            st.info("You are signed out.")
        _form(gate)
    if cookie or st.session_state.get(session.SIGNED_OUT):  # of a cookie set since this page was loaded we are not told
        browser_keys.forget(gate.cookie_name)


def _ask_for_key(gate: Gate, cookie: str) -> None:
    """The cookie alone opens nothing: the browser must show the key it was given with it."""

    def shown(key: str) -> None:
        opened = gate.come_back(cookie, key)
        if opened is not None:
            session.resume(opened)
        st.session_state[ASKED] = True

    browser_keys.show(gate.cookie_name, shown)


def _form(gate: Gate) -> None:
    outcomes: list[Outcome] = []
    sent: list[bool] = []

    def check(username: str, password: str) -> bool:
        outcomes.append(gate.check(username, password))
        return outcomes[-1] == "right"

    def opened(answer: dict[str, Any]) -> None:
        session.start(gate, str(answer["username"]))

    try:
        _Form(_Controller(_Model(gate, check), sent)).login(fields=FIELDS, callback=opened)
    except Unreachable as error:  # the form stays, to be sent again
        st.error(f"{error.title}. {error.told}")
        return
    if session.ID in st.session_state:
        st.rerun()  # as the person, at the same address
    if outcomes:
        st.error(TOO_MANY if outcomes[-1] == "too many" else WRONG)
    elif sent:
        st.error(EMPTY)


class _NoCookie:
    """In place of the package's cookie: ours is set by a route, where no script can reach it."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None

    def delete_cookie(self) -> None:
        return None


class _Model(AuthenticationModel):  # type: ignore[misc]
    """The package's model, with the gate's check in place of its own, which answers unknown names at once."""

    def __init__(self, gate: Gate, check: Callable[[str, str], bool]) -> None:
        # Copies without passwords, hints or counters: the package writes into what it is given.
        people = gate.people.everybody()
        usernames = {
            person.username: {"name": person.name, "email": person.email, "roles": list(person.roles)}
            for person in people.values()
        }
        super().__init__({"usernames": usernames}, auto_hash=False)
        self._check = check

    def check_credentials(self, username: str, password: str) -> bool:
        return self._check(username, password)


class _Controller(AuthenticationController):  # type: ignore[misc]
    """The package's controller, which also says that the form was sent: it is silent about an empty one."""

    def __init__(self, model: _Model, sent: list[bool]) -> None:
        super().__init__({"usernames": {}}, auto_hash=False)
        self.authentication_model = model
        self._sent = sent

    def login(self, *arguments: Any, **options: Any) -> bool | None:
        self._sent.append(True)
        return super().login(*arguments, **options)


class _Form(Authenticate):  # type: ignore[misc]
    """The package's form without the rest of it.

    Its own start is left out on purpose: it puts a cookie element into the page, a frame whose inline
    script the content security policy forbids.
    """

    def __init__(self, controller: _Controller) -> None:
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookie()
        self.authentication_controller = controller
