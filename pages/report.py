"""A governed report: its metrics as cards, under filters that act on all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Metric, Report
from data_access.errors import PlumblineError
from pages.parts import address as addresses
from pages.parts import card, dates, figures, filters, report_list, section_table, shared_filters, templates
from pages.parts.address import Address
from pages.parts.figures import Figure
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

Found = dict[str, Figure | str]  # for each metric its figure, or why there is none


def render(portal: ViewerPortal) -> None:
    """Draws the report that the address names; raises Refused where the viewer may not open it."""
    id = addresses.one("id")
    if id is None:
        st.title("Reports", anchor=False)
        report_list.draw(portal.reports())
        return
    report = portal.report(id)
    shared = shared_filters.of(portal, report)
    address = addresses.read(addresses.current(), shared.allowed)
    st.title(report.title, anchor=False)
    if filters.stopped(address.unusable):
        return
    found = {metric.id: _figure(portal, metric, address, shared) for metric in shared.metrics.values()}
    _line(report, shared, found)
    filters.draw(address, shared.periods, shared.grain, shared.allowed.choices, shared.allowed.labels)
    for number, section in enumerate(report.sections):
        st.header(section.title, anchor=False)
        if section.note:
            templates.show("note", text=section.note)
        with st.container(key=f"grid-{number}"):
            for metric_id in section.metrics:
                _card(portal, metric_id, address, shared, found)
        if section.breakdown:
            metrics = [shared.metrics[one] for one in section.metrics if one in shared.metrics]
            section_table.draw(portal, f"section-{number}", metrics, section.breakdown, address, shared)


def _figure(portal: ViewerPortal, metric: Metric, address: Address, shared: Shared) -> Figure | str:
    usable = shared.narrowed(metric, address)
    if isinstance(usable, str):
        return usable
    try:
        return figures.ask(portal, metric, usable, shared.report.id) or "There are no records of that time."
    except PlumblineError as problem:
        return problem.message


def _line(report: Report, shared: Shared, found: Found) -> None:
    days = sorted({one.answer.as_of for one in found.values() if isinstance(one, Figure) and one.answer.as_of})
    data_to = "" if not days else dates.day(days[0]) if len(days) == 1 else f"{dates.day(days[0])} or later"
    templates.show("report_line", report=report, data_to=data_to, scope=shared.scope)


def _card(portal: ViewerPortal, metric_id: str, address: Address, shared: Shared, found: Found) -> None:
    if metric_id not in shared.metrics:
        card.draw_without_figure(metric_id, "A metric you may not open", shared.refusals[metric_id])
        return
    metric, figure = shared.metrics[metric_id], found[metric_id]
    if isinstance(figure, str):
        card.draw_without_figure(metric_id, metric.name, figure)
        return
    link = addresses.carried(address, metric.dimensions, id=metric.id, report=shared.report.id)
    card.draw(metric, figure, portal.settings, link, shared.remarks(metric, address, figure))
