"""The metrics that need attention, grouped by why: what is certain first, then what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from data_access.questions import Overview, Standing
from pages.parts import attention_words, stand, templates
from pages.parts.attention_words import KINDS, Kind

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

IN_SIGHT = 5  # of each group; the others are one click away


def draw(portal: ViewerPortal, overview: Overview) -> None:
    """Draws the groups that hold something, or says that there is nothing to look at."""
    with st.container(key="attention", border=True):
        templates.show("panel_title", text="Needs attention")
        failed = [one for one in overview.standings if one.problem]
        if not failed and not any(one.reasons for one in overview.standings):
            templates.show("line", text=_nothing(overview))
        for kind in KINDS:
            _group(
                portal, kind, [one for one in overview.standings if one.reasons[:1] and one.reasons[0] in kind.reasons]
            )
        _group(portal, _FAILED, failed)


_FAILED = Kind("no-figure", (), "No figure", "These could not be worked out.")


def _nothing(overview: Overview) -> str:
    if overview.waiting:
        return "Nothing so far."
    if not overview.standings:
        return "None of the figures in your reports is open to you. Open a report to see why."
    return "Nothing: no target is known to be missed, and no figure to have too many of its records in doubt."


def _group(portal: ViewerPortal, kind: Kind, standings: Sequence[Standing]) -> None:
    if not standings:
        return
    templates.show("group", title=kind.title, count=len(standings), meaning=kind.meaning)
    with st.container(key=f"group-{kind.id}", gap=None):
        for one in standings[:IN_SIGHT]:
            _row(portal, kind, one)
    if rest := standings[IN_SIGHT:]:
        with st.expander(f"Show {len(rest)} more"), st.container(key=f"group-{kind.id}-more", gap=None):
            for one in rest:
                _row(portal, kind, one)


def _row(portal: ViewerPortal, kind: Kind, standing: Standing) -> None:
    stand.draw(
        portal,
        f"{kind.id}-{key(standing)}",
        standing,
        attention_words.why(standing, portal.settings.confidence),
        [attention_words.whose(standing)],
        level=4,
        todo=attention_words.to_do(standing),
    )


def key(standing: Standing) -> str:
    """What tells a standing from the same metric's in another extent of records."""
    return f"{standing.metric.id}-{'own' if standing.slice else 'all'}"
