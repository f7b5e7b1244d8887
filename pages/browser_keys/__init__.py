"""Three small elements through which a page gives the browser its keys, asks for them, and takes them away.

Components v2, so they run in the page itself under its content security policy. The cookie is set and
removed by the routes in ``pages/server/session_routes.py``: no script can read or write it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config

HERE = Path(__file__).parent
HTML = "<span hidden></span>"  # remembers, across redraws, that the script has done its work
KEEP_PATH = "sign-in/keep"
FORGET_PATH = "sign-in/forget"


def _element(name: str) -> Callable[..., Any]:
    script = (HERE / f"{name}.js").read_text(encoding="utf-8")
    css = (HERE / "unseen.css").read_text(encoding="utf-8")
    return st.components.v2.component(f"plumbline-{name}", html=HTML, css=css, js=script, isolate_styles=False)


_KEEP = _element("keep")
_SHOW = _element("show")
_FORGET = _element("forget")


def address(path: str) -> str:
    """A route's path under the server's base path."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{path}" if base else f"/{path}"


def keep(name: str, ticket: str) -> None:
    """Has the browser hand in the ticket and keep the keys it gets."""
    with st.container(key="browser-keys-keep"):
        _KEEP(key="keep-keys", data={"address": address(KEEP_PATH), "name": name, "ticket": ticket})


def show(name: str, then: Callable[[str], None]) -> None:
    """Has the browser show its key (empty when it has none); calls ``then`` with it before the next run."""

    def shown() -> None:
        state = st.session_state.get("show-keys") or {}
        answer = state.get("shown") or {}
        then(str(answer.get("key", "")))

    with st.container(key="browser-keys-show"):
        _SHOW(key="show-keys", data={"name": name}, on_shown_change=shown)


def forget(name: str) -> None:
    """Has the browser drop keys that open nothing any more."""
    with st.container(key="browser-keys-forget"):
        _FORGET(key="forget-keys", data={"address": address(FORGET_PATH), "name": name})
