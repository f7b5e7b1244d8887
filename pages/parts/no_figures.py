"""Home for somebody to whom no figure and no report is open: what they can do here, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import numbers, templates

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def draw(portal: ViewerPortal) -> None:
    """Says which roles the viewer has, and what these open."""
    st.title("Welcome", anchor=False)
    roles = portal.viewer.roles
    named = (
        f"Your {'role' if len(roles) == 1 else 'roles'}, {numbers.listed(roles)},"
        if roles
        else "You have no role, so you"
    )
    templates.show(
        "no_figures",
        closed=f"{named} {'opens' if len(roles) == 1 else 'open'} no reports and no figures.",
        administers=portal.grant.sees("administer"),
    )
