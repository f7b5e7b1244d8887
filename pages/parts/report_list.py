"""The reports a viewer may open, as cards, and how to read the figures inside them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data_access.definitions.models import Report
from pages.parts import links, templates


def draw(reports: Sequence[Report]) -> None:
    """Draws a card for each report, or says that there is none."""
    if not reports:
        templates.show("line", text="No report is open to you yet. An administrator of the portal can give you one.")
        return
    count = "1 report is" if len(reports) == 1 else f"{len(reports)} reports are"
    templates.show("line", text=f"{count} open to you. Beside every number stands how far it can be trusted.")
    with st.container(key="grid-reports"):
        for report in reports:
            with st.container(key=f"report-{report.id}", border=True, height="stretch"):
                templates.show("report_card", report=report, metrics=_metrics(report))
                links.link("report", f"Open {report.title}", [("id", report.id)])


def _metrics(report: Report) -> str:
    return "1 metric" if len(report.metrics) == 1 else f"{len(report.metrics)} metrics"
