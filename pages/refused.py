"""What stands at an address that its reader may not open: that it is refused, and why."""

from __future__ import annotations

import streamlit as st

from data_access.errors import Refused
from pages import problem

NOT_BUILT = "This page is not part of this version of the portal."


def render(reason: str) -> None:
    """The refusal with its reason, which an administrator can act on."""
    with st.container(key="refused"):
        problem.render(Refused.title, reason)
