"""The button that takes a table of the page away as files, for those who may; others get none.

A Components v2 element, in the page itself: it asks ``pages/server/take_away_route.py`` when it is pressed, and not
before. What it hands back is the door's own offer, sealed for this person.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from data_access.take_away.table import Table
from pages.browser_keys import address
from pages.server.running import running

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

PATH = "take-away"
_HERE = Path(__file__).parent
_BUTTON = st.components.v2.component(
    "plumbline-take-away",
    html=(_HERE / "button.html").read_text(encoding="utf-8"),
    js=(_HERE / "button.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw(portal: ViewerPortal, place: str, table: Table) -> None:
    """Draws the button, where the viewer may take tables away. ``place``: of which there is one on the page."""
    offer = portal.offer(table)
    if offer is None:
        return
    data = {"address": address(PATH), "name": running().gate.cookie_name, "title": table.title, "offer": offer}
    _BUTTON(key=f"take-away-{place}", data=data, width="content")
