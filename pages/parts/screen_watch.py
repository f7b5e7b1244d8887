"""A shared screen stands for hours with nobody at it: who is signed in, and what they may open, is asked again."""

from __future__ import annotations

import streamlit as st

from data_access.access.viewer import Viewer
from pages import session

EVERY = 30  # seconds that figures may stay after a sign-out in another tab, the session's end, or a role taken away


def draw(viewer: Viewer) -> None:
    """Runs the whole page again, which then asks to sign in or refuses, once ``viewer`` is no longer who they were."""

    @st.fragment(run_every=EVERY)
    def again() -> None:
        session.require(viewer)

    again()
