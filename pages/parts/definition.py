"""What is counted and where it comes from: definition, source, versions; dataset, people, purpose, limits."""

from __future__ import annotations

import streamlit as st

from data_access.definitions.models import Contract, Metric
from pages.parts import dates, numbers, templates


def draw(metric: Metric, contract: Contract) -> None:
    """Draws the two cards of explanation."""
    with st.container(key="explanation"):
        with st.container(key="definition", border=True, height="stretch"):
            templates.show(
                "definition",
                metric=metric,
                target=_target(metric),
                reviewed=_reviewed(metric),
                history=[
                    {"version": one.version, "on": dates.day(one.on), "what": one.what, "breaks": one.breaks_series}
                    for one in sorted(metric.history, key=lambda one: -one.version)
                ],
            )
        with st.container(key="dataset", border=True, height="stretch"):
            templates.show(
                "dataset", contract=contract, owner=contract.member("owner"), steward=contract.member("steward")
            )


def _target(metric: Metric) -> str:
    if metric.target is None:
        return "None is set."
    aim = numbers.target(metric.target.value, metric)
    better = {"higher": ", or more", "lower": ", or less", "neither": ""}[metric.better]
    tolerance = numbers.tolerance(metric.target.tolerance, metric) if metric.target.tolerance else ""
    return f"{aim}{better}{f' (tolerance {tolerance})' if tolerance else ''}"


def _reviewed(metric: Metric) -> str:
    if metric.reviewed is None:
        return "Not yet."
    return f"{dates.day(metric.reviewed)}{f', every {metric.review_every}' if metric.review_every else ''}"
