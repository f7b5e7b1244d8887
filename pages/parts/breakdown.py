"""A metric split by one dimension, in its own card: sorted dots with their ranges, or a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data_access.questions import Answer, Row
from data_access.take_away.table import Part, Table
from pages.parts import address as addresses
from pages.parts import breakdown_chart, numbers, palette, switch, tables, templates, widgets, words
from pages.parts.address import Address

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

_MOST = 40  # rows in the chart; the table has them all


def draw(
    portal: ViewerPortal,
    answer: Answer,
    names: Sequence[tuple[str, Row]],
    label: str,
    period: str,
    address: Address,
    choices: dict[str, str],
    report: str | None,
) -> None:
    """``names``: each row with its value's name; ``label``: the dimension's; ``choices``: the others to split by;
    ``report``: the report it is shown for."""
    metric, assessed = answer.metric, answer.assessed is True
    rows = breakdown_chart.ordered(names)
    title = f"{metric.name} by {label}, {period}"
    part = Part(answer.query, replace(answer.query, by=()))
    hidden = words.withheld(sum(row.suppressed for _, row in rows), len(rows), portal.settings.disclosure.threshold)
    table = Table(f"{metric.id}-by-{answer.query.by[0]}", title, (part,), report)
    with st.container(key="breakdown", border=True):
        as_table = switch.heading(portal, f"By {words.within(label)}, {period}", "breakdown", address, table)
        if len(choices) > 1:
            _choose(answer.query.by[0], choices)
        if as_table:
            tables.draw(title, label, rows, metric, assessed, portal.settings.disclosure.threshold)
        elif not any(row.value is not None for _, row in rows):
            templates.show("line", text=hidden or "There is no figure to draw for this time and these filters.")
        else:
            target = next((row.target for _, row in rows if row.target is not None), None)
            spec = breakdown_chart.spec(rows[:_MOST], metric, target, assessed, palette.current(), "not shown")
            st.vega_lite_chart(spec, theme=None, width="stretch", alt=_words(rows, answer, label))
            if len(rows) > _MOST:
                st.caption(f"The first {_MOST} of {len(rows)} are drawn; the table has them all.")


def _choose(chosen: str, choices: dict[str, str]) -> None:
    key = widgets.key("by", chosen)
    st.segmented_control(
        "Split by",
        list(choices),
        format_func=lambda name: choices[name],
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=_write,
        args=(key,),
    )


def _write(key: str) -> None:
    addresses.write({"by": [st.session_state[key]]})


def _words(rows: Sequence[tuple[str, Row]], answer: Answer, label: str) -> str:
    """The chart in words, for those who do not see it."""
    known = [(name, row) for name, row in rows if row.value is not None and row.keys[0] is not None]
    withheld = sum(row.suppressed for _, row in rows)
    said = [f"Dot chart of {answer.metric.name} by {label}."]
    if known:
        (high, first), (low, last) = known[0], known[-1]
        said.append(
            f"Highest {high}, {numbers.figure(first.value or 0, answer.metric)}; "
            f"lowest {low}, {numbers.figure(last.value or 0, answer.metric)}."
        )
    if withheld:
        said.append(f"{withheld} not shown.")
    return " ".join([*said, "Every figure with its range is in the table."])
