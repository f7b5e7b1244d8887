"""The sidebar: product, portal, the pages that the viewer may open, who they are, the way out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data_access.access.viewer import Viewer
from data_access.definitions.models import PortalSettings, Report
from pages import session
from pages.parts import links
from pages.registry import PRODUCT


def render(
    settings: PortalSettings,
    viewer: Viewer,
    pages: Sequence[StreamlitPage],
    reports: Sequence[Report],
    current: str | None,
) -> None:
    """Draws the sidebar for a signed-in viewer: ``pages`` and ``reports`` are those they may open.

    ``current`` is the report whose page this is, if it is one.
    """
    with st.sidebar, st.container(key="sidebar"):
        names = (settings.name, settings.organisation)
        st.html(
            f'<p class="pl-product">{PRODUCT}</p>'
            + "".join(f'<p class="pl-portal">{escape(name)}</p>' for name in names)
        )
        with st.container(key="sidebar-pages", gap=None):
            for page in pages:
                st.page_link(page)
        if reports:
            st.html('<p class="pl-menu">Reports</p>')
            with st.container(key="sidebar-reports", gap=None):
                for report in reports:
                    with st.container(key="menu-current" if report.id == current else f"menu-{report.id}"):
                        links.link("report", report.title, [("id", report.id)])
        with st.container(key="sidebar-viewer", gap="small"):
            lines = [f"Signed in as {viewer.username}", *(", ".join(values) for _, values in viewer.attributes)]
            st.html("".join(f'<p class="pl-viewer">{escape(line)}</p>' for line in lines))
            st.button("Sign out", key="sign-out", on_click=session.sign_out)
