"""The search over metrics and reports: its words stand in the address, so that a link repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Report
from data_access.questions import Overview, Standing
from pages.parts import address as addresses
from pages.parts import attention, attention_words, card, numbers, search, stand, templates, widgets

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

PARAMETER = "q"
LONGEST = 100
IN_SIGHT = 6


def draw() -> None:
    """Draws the box with the words of the address."""
    key = widgets.key("search", words())
    with st.container(key="search", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Search metrics and reports",
            key=key,
            max_chars=LONGEST,
            icon=":material/search:",
            on_change=_write,
            args=(key,),
        )
        if words():
            cleared: dict[str, list[str]] = {PARAMETER: []}
            st.button("Clear search", key="clear-search", type="tertiary", on_click=addresses.write, args=(cleared,))


def words() -> str:
    """What the address searches for; empty without a search."""
    return (addresses.one(PARAMETER) or "").strip()[:LONGEST]


def _write(key: str) -> None:
    text = st.session_state[key].strip()
    addresses.write({PARAMETER: [text] if text else []})


def results(portal: ViewerPortal, overview: Overview, reports: Mapping[str, Report]) -> None:
    """Draws what was found, or what to do about it that nothing was; nothing without a search."""
    if not words():
        return
    among = search.entries(overview.standings, reports)
    found = search.find(words(), among)
    with st.container(key="results", border=True):
        templates.show("panel_title", text=_title(found))
        if found.instead or not found.entries:
            templates.show("line", text=_nothing(found))
        with st.container(key="group-results", gap=None):
            for entry in found.entries[:IN_SIGHT]:
                _entry(portal, entry)
        if rest := found.entries[IN_SIGHT:]:
            with st.expander(f"Show {len(rest)} more"), st.container(key="group-results-more", gap=None):
                for entry in rest:
                    _entry(portal, entry)


def _title(found: search.Found) -> str:
    if found.instead or not found.entries:
        return f"Nothing found for “{words()}”"
    count = len(found.entries)
    return f"{numbers.count(count)} {'result' if count == 1 else 'results'} for “{words()}”"


def _nothing(found: search.Found) -> str:
    if found.instead and found.entries:
        return f"Nearest, for “{found.instead}”:"
    return (
        "Try one word of the name, such as a service or a team. Only what is open to you is searched: if a figure "
        "should be here and is not, ask whoever administers the portal."
    )


def _entry(portal: ViewerPortal, entry: search.Entry) -> None:
    one = entry.found
    if isinstance(one, Report):
        stand.draw_report(f"found-{one.id}", one, level=3)
        return
    about = (_missing(portal, one), attention_words.whose(one))
    stand.draw(portal, f"found-{attention.key(one)}", one, one.metric.definition, about, level=3)


def _missing(portal: ViewerPortal, standing: Standing) -> str:
    """Why there is no figure; empty where there is one."""
    if standing.waiting:
        return "The figure is being worked out."
    if standing.trend is None:
        return standing.problem
    return card.no_value(standing.trend.row, portal.settings) if standing.trend.row.value is None else ""
