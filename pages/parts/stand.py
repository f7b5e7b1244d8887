"""A metric or a report as one line of a list: its name, what is said of it, its figure and verdict, all one link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Report
from data_access.questions import Standing
from pages.parts import attention_words, links, numbers, templates, words

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def draw(
    portal: ViewerPortal,
    key: str,
    standing: Standing,
    sentence: str,
    faint: Sequence[str],
    *,
    level: int,
    todo: str = "",
) -> None:
    """Draws a metric: under its name the ``sentence``, what is to do, and the ``faint`` lines; empty ones are left out.

    ``level``: of the name as a heading, one below the list's own.
    """
    with st.container(key=f"stand-{key}"):
        templates.show(
            "stand",
            name=standing.metric.name,
            sentence=sentence,
            todo=todo,
            who=attention_words.who(standing),
            faint=[line for line in faint if line],
            level=level,
            **_figure(standing),
        )
        _link(portal, standing)


def draw_report(key: str, report: Report, *, level: int) -> None:
    """Draws a report in the same way; it has no figure."""
    sections = " · ".join(section.title for section in report.sections)
    faint = [f"{report.forum} · owner {report.owner}"]
    with st.container(key=f"stand-{key}"):
        templates.show(
            "stand", name=report.title, sentence=f"Report: {sections}", todo="", faint=faint, level=level, **_NO_FIGURE
        )
        links.link("report", f"Open {report.title}", [("id", report.id)])


_NO_FIGURE: dict[str, object] = {
    "before": "", "value": None, "after": "", "change": "", "verdict": None, "verdict_words": "", "certain": False,
}  # fmt: skip


def _figure(standing: Standing) -> dict[str, object]:
    if standing.trend is None or standing.trend.row.value is None:
        return _NO_FIGURE
    metric, row = standing.metric, standing.trend.row
    assessed = standing.trend.answer.assessed is True
    return {
        "before": numbers.before_unit(metric),
        "value": numbers.plain(row.value or 0, metric),
        "after": numbers.after_unit(metric),
        "change": words.change(row, standing.trend.previous, metric),
        "verdict": row.verdict if assessed else "cannot_tell",
        "verdict_words": words.verdict(row, assessed) if assessed else "Not assessed",
        "certain": assessed and row.verdict in ("met", "missed"),
    }


def _link(portal: ViewerPortal, standing: Standing) -> None:
    """To the metric's page, as its report shows it; to the report for somebody who has only that; else to nothing."""
    report = next(iter(standing.reports), None)
    if portal.page("metric").allowed:
        way = [("id", standing.metric.id), *([("report", report)] if report else [])]
        links.link("metric", f"Open {standing.metric.name}", way)
    elif report and portal.page("report").allowed:
        links.link("report", f"Open the report with {standing.metric.name}", [("id", report)])
