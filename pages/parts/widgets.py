"""Widgets that follow the address: one key for as long as the reader uses them, a new one when it moves on."""

from __future__ import annotations

from typing import Any

import streamlit as st


def key(name: str, value: Any) -> str:
    """The key to draw the widget ``name`` with, so that it shows the address's ``value``.

    Setting a drawn widget's value is not enough: a closed popover's widgets are not in the browser to
    hear it, and at the next click they would send their old value as if the reader had just picked it.
    So whenever the address says something else than the widget (Back, a link, *Clear filters*), the
    widget is replaced by a fresh one.
    """
    turns = st.session_state.setdefault("widget-turns", {})
    current = f"{name}-{turns.get(name, 0)}"
    if current in st.session_state and st.session_state[current] != value:
        turns[name] = turns.get(name, 0) + 1
        current = f"{name}-{turns[name]}"
    st.session_state[current] = value  # on every run: a run that is overtaken by the next is never seen
    return current
