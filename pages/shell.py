"""The script that Streamlit runs for every address and every click: who is it, what may they open, draw it.

The order matters: the session is checked before anything is drawn, rights are read again on
every run, and *every* address is registered for everybody, so that an address survives signing in.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import PlumblineError, Refused
from data_access.live import Serving
from data_access.viewer_portal import ViewerPortal
from pages import frame, home, metric, problem, refused, report, screen, session, sidebar, sign_in
from pages.parts import address as addresses
from pages.parts import condition
from pages.registry import ENTRIES, HOME, ICON, PRODUCT, Entry
from pages.server.running import running

SIDEBAR = 248  # pixels: room for a report's title, and the rest of the window for its cards
RENDER: dict[str, Callable[[ViewerPortal], None]] = {
    "home": home.render,
    "report": report.render,
    "metric": metric.render,
}


def main() -> None:
    """One run."""
    st.set_page_config(page_title=PRODUCT, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)
    try:
        opened = running()
        viewer = session.viewer(opened.gate)
        door = opened.portal.for_viewer(viewer) if viewer else None
    except PlumblineError as error:
        frame.render(demonstration=False)
        problem.explain(error)
        return
    pages = {entry.id: _page(entry, opened, viewer, door) for entry in ENTRIES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    addresses.keep_in_step(chosen.url_path)
    frame.render(demonstration=opened.portal.demonstration)
    if viewer is not None and door is not None:
        session.hand_over_keys(opened.gate)
        session.drawn_under(opened.number)
        at_report = chosen is pages["report"]
        reports = door.reports() if door.page("report").allowed else ()
        if not (at_report and reports and screen.wanted(door)):  # before a room: no menu, and nobody's name
            granted = [pages[entry.id] for entry in ENTRIES if entry.in_menu and _may_open(door, entry) is None]
            current = st.query_params.get("id") if at_report else None
            sidebar.render(opened.portal.configuration.portal, viewer, granted, reports, current)
            condition.draw(door, whole=chosen is pages[HOME.id])
    chosen.run()


def _page(entry: Entry, opened: Serving, viewer: Viewer | None, door: ViewerPortal | None) -> st.Page:
    """The address with what its reader gets there: the sign-in form, a refusal, or the page."""

    def draw() -> None:
        try:
            if viewer is None or door is None:
                sign_in.render(opened.gate, opened.portal.configuration.portal)
            elif (reason := _may_open(door, entry)) is not None:
                opened.gate.note_refusal(viewer, entry.id, reason)
                refused.render(reason)
            else:
                with door.of_one_version():
                    RENDER[entry.id](door)
        except Refused as error:
            refused.render(error.message)
        except PlumblineError as error:
            problem.explain(error, door)
        except Exception as error:
            problem.report(error)

    granted = door is not None and _may_open(door, entry) is None
    return st.Page(
        draw,
        title=entry.title,
        url_path=entry.url_path,
        default=entry is HOME,
        visibility="visible" if granted and entry.in_menu else "hidden",
    )


def _may_open(door: ViewerPortal, entry: Entry) -> str | None:
    """None when the viewer may open the page, else the reason why not."""
    if entry.id not in RENDER:
        return refused.NOT_BUILT
    decision = door.page(entry.id)
    return None if decision.allowed else decision.reason


main()
