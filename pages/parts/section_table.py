"""A report section split by a dimension: a row for each value, a column for each metric, ranges included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import BLANK, Metric
from data_access.errors import PlumblineError, StateError
from data_access.questions import Answer, Row
from data_access.take_away.table import Part, Table
from pages.parts import figures, numbers, take_away, templates, words
from pages.parts.address import Address
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def draw(
    portal: ViewerPortal, key: str, metrics: Sequence[Metric], dimension: str, address: Address, shared: Shared
) -> None:
    """Draws the table for those of the section's metrics that have the dimension; nothing when none has."""
    found = [answer for metric in metrics if (answer := _answer(portal, metric, dimension, address, shared))]
    answers = [answer for answer in found if isinstance(answer, Answer)]
    label = shared.label(dimension)
    for problem in dict.fromkeys(problem for problem in found if isinstance(problem, str)):
        templates.show("line", text=f"By {words.within(label)} nothing can be shown. {problem}")
    if not answers:
        return
    names: dict[str, dict[str, Row]] = {}
    for answer in answers:
        for row in answer.rows:
            names.setdefault(portal.label(answer.metric.id, dimension, row.keys[0]), {})[answer.metric.id] = row
    body = [
        {"name": name, "cells": [_cell(rows.get(answer.metric.id), answer) for answer in answers]}
        for name, rows in sorted(names.items(), key=lambda one: (_apart(one[1]), one[0]))
    ]
    title, table = f"By {words.within(label)}", _table(answers, dimension, shared)
    with st.container(key=key, border=True):
        with st.container(key=f"heading-{key}", horizontal=True, vertical_alignment="center", gap="small"):
            templates.show("table_title", text=title)
            take_away.draw(portal, key, table)
        # Two sections may be broken down by the same: each region's name has its section's.
        templates.show(
            "section_table", title=table.title, first=label, heads=[answer.metric.name for answer in answers], body=body
        )
        every = [row for rows in names.values() for row in rows.values()]
        hidden = sum(row.suppressed for row in every)
        if said := words.withheld(hidden, len(every), portal.settings.disclosure.threshold):
            templates.show("line", text=said)


def _table(answers: Sequence[Answer], dimension: str, shared: Shared) -> Table:
    report = shared.report
    section = next(one for one in report.sections if answers[0].metric.id in one.metrics)
    parts = tuple(Part(answer.query, replace(answer.query, by=())) for answer in answers)
    title = f"{section.title}, by {words.within(shared.label(dimension))}"
    return Table(f"{report.id}-{section.title}-by-{dimension}", title, parts, report.id)


def _answer(
    portal: ViewerPortal, metric: Metric, dimension: str, address: Address, shared: Shared
) -> Answer | str | None:
    """The metric's figures by the dimension, or why there are none; None where it has nothing to do with it."""
    usable = shared.narrowed(metric, address)
    if dimension not in metric.dimensions or isinstance(usable, str):
        return None
    try:
        return figures.breakdown(portal, metric, usable, dimension, shared.report.id)
    except StateError:  # of this no answer can be recorded, nor of any other
        raise
    except PlumblineError as problem:
        return problem.told


def _apart(rows: dict[str, Row]) -> int:
    """Named values first, then records without one, then those whose value is in doubt."""
    keys = {row.keys[0] for row in rows.values()}
    return 2 if None in keys else 1 if BLANK in keys else 0


def _cell(row: Row | None, answer: Answer) -> dict[str, str | None]:
    assessed = answer.assessed is True
    if row is None or (row.value is None and not row.suppressed and not (assessed and row.in_doubt)):
        return {"figure": "–", "range": "", "verdict": None, "words": ""}
    if row.suppressed:
        return {"figure": "", "range": words.NOT_SHOWN, "verdict": None, "words": ""}
    return {
        "figure": words.NOT_KNOWN if row.value is None else numbers.figure(row.value, answer.metric),
        "range": numbers.ends(row.low, row.high, answer.metric) if assessed and row.in_doubt else "",
        "verdict": row.verdict if assessed else None,
        "words": words.verdict(row, assessed),
    }
