"""A report section split by a dimension: a row for each value, a column for each metric, ranges included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import BLANK, Metric
from data_access.errors import PlumblineError
from data_access.questions import Answer, Row
from pages.parts import figures, numbers, templates, words
from pages.parts.address import Address
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def draw(
    portal: ViewerPortal, key: str, metrics: Sequence[Metric], dimension: str, address: Address, shared: Shared
) -> None:
    """Draws the table for those of the section's metrics that have the dimension; nothing when none has."""
    answers = [answer for metric in metrics if (answer := _answer(portal, metric, dimension, address, shared))]
    if not answers:
        return
    label = shared.label(dimension)
    names: dict[str, dict[str, Row]] = {}
    for answer in answers:
        for row in answer.rows:
            names.setdefault(portal.label(answer.metric.id, dimension, row.keys[0]), {})[answer.metric.id] = row
    threshold = portal.settings.disclosure.threshold
    body = [
        {"name": name, "cells": [_cell(rows.get(answer.metric.id), answer, threshold) for answer in answers]}
        for name, rows in sorted(names.items(), key=lambda one: (_apart(one[1]), one[0]))
    ]
    title = f"By {words.within(label)}"
    with st.container(key=key, border=True):
        templates.show(
            "section_table", title=title, first=label, heads=[answer.metric.name for answer in answers], body=body
        )


def _answer(portal: ViewerPortal, metric: Metric, dimension: str, address: Address, shared: Shared) -> Answer | None:
    usable = shared.narrowed(metric, address)
    if dimension not in metric.dimensions or isinstance(usable, str):
        return None
    try:
        return figures.breakdown(portal, metric, usable, dimension, shared.report.id)
    except PlumblineError:
        return None  # the metric's card says why


def _apart(rows: dict[str, Row]) -> int:
    """Named values first, then records without one, then those whose value is in doubt."""
    keys = {row.keys[0] for row in rows.values()}
    return 2 if None in keys else 1 if BLANK in keys else 0


def _cell(row: Row | None, answer: Answer, threshold: int) -> dict[str, str | None]:
    if row is None or (row.value is None and not row.suppressed):
        return {"figure": "–", "range": "", "verdict": None, "words": ""}
    if row.suppressed or row.value is None:
        return {"figure": "", "range": words.suppressed(threshold).rstrip("."), "verdict": None, "words": ""}
    assessed = answer.assessed is True
    return {
        "figure": numbers.figure(row.value, answer.metric),
        "range": numbers.ends(row.low, row.high, answer.metric) if assessed and row.in_doubt else "",
        "verdict": row.verdict if assessed else None,
        "words": words.verdict(row, assessed),
    }
