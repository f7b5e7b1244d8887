"""Home: where things stand for this viewer, what needs attention, what is late, a search, and their reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Report
from data_access.errors import Unreachable
from data_access.questions import Overview
from pages import problem, session
from pages.parts import attention, home_line, late, legend, no_figures, report_list, search_box

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

LOOK_AGAIN = 2.0  # seconds, while figures are being worked out


def render(portal: ViewerPortal) -> None:
    """Draws the page with the figures that are there; while some are not, it fills in by itself."""
    reports = portal.reports() if portal.page("report").allowed else ()
    try:
        overview = portal.overview(wait=not portal.prepared_ahead)
    except Unreachable as error:
        problem.explain(error, portal)
        report_list.draw(reports)
        return
    if not overview.standings and not reports:
        no_figures.draw(portal)
        return
    with st.container(key="home-head", horizontal=True, vertical_alignment="bottom"):
        st.title("Where things stand", anchor=False)
        search_box.draw()  # outside the body, which may be drawn again while somebody types
    if overview.waiting:
        _filling_in(portal, reports, [overview])
    else:
        _body(portal, reports, overview)
    legend.draw()


@st.fragment(run_every=LOOK_AGAIN)
def _filling_in(portal: ViewerPortal, reports: Sequence[Report], first: list[Overview]) -> None:
    """The body, drawn again and again until every figure is there; the whole page then runs once more, and rests.

    ``first`` holds what the page has already asked for, to be used once.
    """
    session.require(portal.viewer)
    try:
        with portal.of_one_version():
            overview = first.pop() if first else portal.overview(wait=not portal.prepared_ahead)
    except Unreachable:
        session.goes_on_by_itself()
        st.rerun(scope="app")  # the page says what is wrong
    if not overview.waiting:
        st.rerun(scope="app")
    _body(portal, reports, overview)


def _body(portal: ViewerPortal, reports: Sequence[Report], overview: Overview) -> None:
    home_line.draw(overview)
    search_box.results(portal, overview, {report.id: report for report in reports})
    with st.container(key="home"):
        attention.draw(portal, overview)
        with st.container(key="home-side"):
            late.draw(portal, overview)
            st.header("Reports", anchor=False)
            report_list.draw(reports, overview)
