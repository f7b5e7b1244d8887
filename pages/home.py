"""Home: the reports that the viewer may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.parts import legend, report_list

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def render(portal: ViewerPortal) -> None:
    """Draws the list of reports and how to read their figures."""
    st.title("Reports", anchor=False)
    report_list.draw(portal.reports())
    legend.draw()
