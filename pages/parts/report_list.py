"""The reports a viewer may open, as cards."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data_access.definitions.models import Report
from data_access.questions import Overview
from pages.parts import links, templates


def draw(reports: Sequence[Report], overview: Overview | None = None) -> None:
    """Draws a card for each report, or says that there is none; with an overview, how many figures need attention."""
    if not reports:
        templates.show("line", text="No report is open to you yet. An administrator of the portal can give you one.")
        return
    count = "1 report is" if len(reports) == 1 else f"{len(reports)} reports are"
    templates.show("line", text=f"{count} open to you.")
    with st.container(key="grid-reports"):
        for report in reports:
            with st.container(key=f"report-{report.id}", border=True, height="stretch"):
                templates.show(
                    "report_card", report=report, metrics=_metrics(report), attention=_attention(report, overview)
                )
                links.link("report", f"Open {report.title}", [("id", report.id)])


def _metrics(report: Report) -> str:
    return "1 metric" if len(report.metrics) == 1 else f"{len(report.metrics)} metrics"


def _attention(report: Report, overview: Overview | None) -> str:
    """``3 need attention``; empty while some of the report's figures are not known."""
    shown = [one for one in overview.standings if report.id in one.reports] if overview else []
    if not shown or any(one.waiting for one in shown):
        return ""
    count = sum(bool(one.reasons or one.problem) for one in shown)
    return f"{count} {'needs' if count == 1 else 'need'} attention" if count else "none needs attention"
