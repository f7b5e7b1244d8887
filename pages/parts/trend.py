"""The trend on a metric's page: its heading, the chart or the same figures as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data_access.questions import Row
from data_access.take_away.table import Part, Table
from pages.parts import dates, numbers, palette, switch, tables, templates, trend_chart, words
from pages.parts.address import Address
from pages.parts.figures import Figure

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

_EACH = {"day": "By day", "week": "By week", "month": "By month", "quarter": "By quarter", "year": "By year"}


def draw(portal: ViewerPortal, figure: Figure, address: Address, report: str | None) -> None:
    """Draws the trend in its own card. ``report``: the report it is shown for."""
    metric, assessed = figure.answer.metric, not figure.unchecked
    title = f"{_EACH[metric.grain]}{', with the range of what it could be' if assessed else ''}"
    with st.container(key="trend-chart", border=True):
        as_table = switch.heading(portal, title, "trend", address, _table(figure, report))
        if as_table:
            named = [(_name(row, figure), row) for row in reversed(figure.series)]
            tables.draw(
                f"{metric.name}, {_EACH[metric.grain].lower()}",
                "Period",
                named,
                metric,
                assessed,
                portal.settings.disclosure.threshold,
            )
            return
        withheld = sum(row.suppressed for row in figure.series)
        hidden = words.withheld(withheld, len(figure.series), portal.settings.disclosure.threshold)
        if not any(row.value is not None for row in figure.series):
            templates.show("line", text=hidden or "There is no figure to draw for this time and these filters.")
            return
        spec = trend_chart.spec(figure.series, metric, figure.row, assessed, palette.current())
        st.vega_lite_chart(spec, theme=None, width="stretch", alt=_words(figure))
        if hidden:
            st.caption(hidden)


def _table(figure: Figure, report: str | None) -> Table:
    metric, asked, row = figure.answer.metric, figure.answer.query, figure.row
    rows = replace(asked, over=metric.grain)  # of own dates, the figure's answer has one row
    chosen = replace(asked, over=None, start=row.period, end=row.period_end) if row.period else asked
    title = f"{metric.name}, {_EACH[metric.grain].lower()}"
    return Table(f"{metric.id}-by-{metric.grain}", title, (Part(rows, chosen),), report)


def _name(row: Row, figure: Figure) -> str:
    name = dates.period(row.period, figure.answer.metric.grain) if row.period else ""
    return f"{name} (part)" if row.partial else name


def _words(figure: Figure) -> str:
    """The chart in words, for those who do not see it."""
    metric = figure.answer.metric
    known = [row for row in figure.series if row.value is not None and row.period]
    if not known:
        return f"Line chart of {metric.name}: there are no figures to draw."
    first, last = known[0], known[-1]
    least, most = min(known, key=lambda row: row.value or 0), max(known, key=lambda row: row.value or 0)

    def said(row: Row) -> str:
        return f"{numbers.figure(row.value or 0, metric)} in {_name(row, figure)}"

    aim = f" The target is {numbers.target(last.target, metric)}." if last.target is not None else ""
    return (
        f"Line chart of {metric.name}, {_EACH[metric.grain].lower()}: from {said(first)} to {said(last)}; "
        f"lowest {said(least)}, highest {said(most)}.{aim} Every figure with its range is in the table."
    )
