"""A governed report: its metrics as cards, under filters that act on all of them; or slide by slide, for a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data_access.errors import PlumblineError, Refused
from pages import problem, screen
from pages.parts import address as addresses
from pages.parts import (
    again,
    card,
    filters,
    legend,
    links,
    report_figures,
    report_list,
    section_table,
    shared_filters,
    templates,
)
from pages.parts.address import Address
from pages.parts.report_figures import Found
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.definitions.models import Report
    from data_access.viewer_portal import ViewerPortal

NOT_ALL = "Some of the data cannot be read just now. This page draws itself anew as soon as there are others."


def render(portal: ViewerPortal) -> None:
    """Draws the report that the address names; raises Refused where the viewer may not open it."""
    id = addresses.one("id")
    if id is None:
        st.title("Reports", anchor=False)
        report_list.draw(portal.reports())
        return
    report = portal.report(id)
    if screen.wanted(portal):
        _screen(portal.on_shared_screen(), report)
        return
    shared = shared_filters.of(portal, report)
    address = addresses.read(addresses.current(), shared.allowed)
    st.title(report.title, anchor=False)
    if filters.stopped(address.unusable):
        return
    found = report_figures.of(portal, shared, address)
    with st.container(key="title-line", horizontal=True, vertical_alignment="center", gap="small"):
        data_to = report_figures.data_to(found)
        templates.show("report_line", report=report, data_to=data_to, scope=shared.scope)
        links.link("report", "Shared screen", addresses.carried(address, shared.allowed.choices, id=id, screen="1"))
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
    if shared.failed:
        again.draw(portal, said=NOT_ALL, anyway=False)
    legend.draw()


def _screen(shared: ViewerPortal, report: Report) -> None:
    """What goes wrong is told as a room may read it, whoever is signed in."""
    try:
        screen.render(shared, report)
    except Refused:
        raise
    except PlumblineError as error:
        problem.explain(error, shared)


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
