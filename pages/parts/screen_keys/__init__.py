"""The keys of a shared screen: those of a keyboard and those that a presenter's clicker sends.

An element of its own and not the ``shortcut`` of Streamlit's buttons, which take one key each. It also says
to a screen reader which slide is there: a page that is only drawn anew says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
KEY = "screen-keys"
HTML = '<p class="pl-hidden" role="status"></p>\n'
_ELEMENT = st.components.v2.component(
    "plumbline-screen-keys", html=HTML, js=(HERE / "keys.js").read_text(encoding="utf-8"), isolate_styles=False
)


def draw(number: int, count: int, said: str, go: Callable[[int], None]) -> None:
    """Listens for keys that lead from slide ``number`` to another of ``count``; ``said`` is announced."""

    def pressed() -> None:
        to = (st.session_state.get(KEY) or {}).get("to")
        places = {"next": number + 1, "previous": number - 1, "first": 1, "last": count}
        place = places.get(to, number)
        if 1 <= place <= count and place != number:
            go(place)

    with st.container(key="screen-keys-place"):
        _ELEMENT(key=KEY, data={"said": said}, on_to_change=pressed)
