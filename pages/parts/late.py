"""What is late: deliveries that were due, and figures whose records came late or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data_access.questions import Delivery, Overview
from pages.parts import attention, attention_words, dates, stand, templates

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def draw(portal: ViewerPortal, overview: Overview) -> None:
    """Draws both lists; one sentence where nothing is late."""
    awaiting = [one for one in overview.standings if one.awaited]
    with st.container(key="late", border=True):
        templates.show("panel_title", text="Late")
        if not overview.late and not awaiting:
            templates.show(
                "line", text="Nothing so far." if overview.waiting else "Nothing: all data came when they were due."
            )
        if overview.late:
            templates.show("group", title="Data not delivered", count=len(overview.late), meaning="")
            templates.show("deliveries", deliveries=[_delivery(one) for one in overview.late])
        if awaiting:
            templates.show("group", title="Figures that wait for records", count=len(awaiting), meaning="")
            with st.container(key="group-awaiting", gap=None):
                for one in awaiting:
                    about = attention_words.awaited(one), attention_words.whose(one)
                    stand.draw(portal, f"awaiting-{attention.key(one)}", one, about[0], about[1:], level=4)


def _delivery(delivery: Delivery) -> dict[str, object]:
    contract = delivery.contract
    return {
        "name": contract.name,
        "as_of": dates.day(delivery.as_of),
        "due": dates.day(delivery.due),
        "ago": "yesterday" if delivery.days_late == 1 else f"{delivery.days_late:,} days ago",
        "who": contract.contact,
    }
