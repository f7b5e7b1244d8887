"""The way back from a metric: home, and the report it was opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Metric, Report
from pages.parts import address as addresses
from pages.parts import links
from pages.parts.address import Address

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def reports_of(portal: ViewerPortal, metric: Metric) -> tuple[Report, ...]:
    """The reports open to the viewer that hold the metric."""
    return tuple(report for report in portal.reports() if metric.id in report.metrics)


def draw(portal: ViewerPortal, report: Report | None, metric: Metric, address: Address) -> None:
    """Links to home and to the report that holds the metric, with the period and filters kept."""
    with st.container(key="breadcrumb", horizontal=True, gap="small"):
        links.link("home", "Home")
        if report is not None:
            # Whoever reads a metric sits at a desk: back to the report's page, not to its slides.
            screen = "0" if portal.opens_on_shared_screen(report) else None
            parameters = addresses.carried(address, metric.dimensions, id=report.id, screen=screen)
            links.link("report", report.title, parameters)
