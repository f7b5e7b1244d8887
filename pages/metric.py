"""One metric: its trend, its breakdown and how far the number can be trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Contract, Metric
from pages.parts import address as addresses
from pages.parts import (
    breadcrumb,
    breakdown,
    confidence_panel,
    dates,
    definition,
    figures,
    filters,
    legend,
    own_records,
    templates,
    trend,
)
from pages.parts.address import Address, Allowed
from pages.parts.figures import Figure

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def render(portal: ViewerPortal) -> None:
    """Draws the metric that the address names; raises Refused where the viewer may not see it."""
    id = addresses.one("id")
    if id is None:
        st.title("Metric", anchor=False)
        templates.show("line", text="This address names no metric. Open one from a report.")
        return
    metric, contract = portal.metric(id)
    reports = breadcrumb.reports_of(portal, metric)
    report = next((one for one in reports if one.id == addresses.one("report")), next(iter(reports), None))
    report_id = report.id if report else None
    allowed = replace(_allowed(portal, metric, contract, report_id), reports=tuple(one.id for one in reports))
    address = addresses.read(addresses.current(), allowed)
    breadcrumb.draw(portal, report, metric, address)
    st.title(metric.name, anchor=False)
    if filters.stopped(address.unusable):
        return
    figure = figures.ask(portal, metric, address, report_id)
    _line(metric, contract, figure, address, allowed, own_records.words(portal, report))
    filters.draw(address, portal.periods(id), metric.grain, allowed.choices, allowed.labels)
    if figure is None:
        templates.show("line", text="There are no records of that time.")
        return
    with st.container(key="layout"):
        with st.container(key="layout-main"):
            trend.draw(portal, figure, address, report_id)
            _breakdown(portal, figure, address, allowed, report_id)
        with st.container(key="layout-side"):
            confidence_panel.draw(figure, portal.settings)
        definition.draw(metric, contract)
    legend.draw()


def _allowed(portal: ViewerPortal, metric: Metric, contract: Contract, report_id: str | None) -> Allowed:
    choices = {
        name: {one.value: one.label for one in portal.choices(metric.id, name, report_id)} for name in metric.dimensions
    }
    labels = {name: contract.columns[name].label if name in contract.columns else name for name in metric.dimensions}
    periods = portal.periods(metric.id)
    return Allowed(
        choices,
        labels,
        tuple(one.start for one in periods),
        periods[-1].end if periods else None,
        tables=("trend", "breakdown"),
        by=metric.dimensions,
    )


def _line(
    metric: Metric, contract: Contract, figure: Figure | None, address: Address, allowed: Allowed, scope: str
) -> None:
    chosen = [scope] if scope else []
    chosen += [
        f"{allowed.labels[name]}: {', '.join(allowed.choices[name][value] for value in values)}"
        for name, values in address.where
    ]
    owner, as_of = contract.member("owner"), figure.answer.as_of if figure else None
    templates.show(
        "metric_line",
        period=figure.period if figure else "No records of that time",
        chosen=" · ".join(chosen) or "all records",
        owner=owner.name if owner else "",
        data_to=dates.day(as_of) if as_of else "",
        version=metric.version,
    )


def _breakdown(portal: ViewerPortal, figure: Figure, address: Address, allowed: Allowed, report_id: str | None) -> None:
    metric = figure.answer.metric
    dimension = address.by or next(iter(metric.dimensions), None)
    answer = figures.breakdown(portal, metric, address, dimension, report_id) if dimension else None
    if answer is None or dimension is None:
        return
    named = [(portal.label(metric.id, dimension, row.keys[0]), row) for row in answer.rows]
    label, choices = allowed.labels[dimension], dict(allowed.labels)
    breakdown.draw(portal, answer, named, label, figure.period, address, choices, report_id)
