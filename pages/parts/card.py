"""A metric's card: one piece of HTML and one link stretched over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data_access.definitions.models import Metric, PortalSettings
from data_access.questions import Row
from pages.parts import graphic, links, numbers, palette, templates, words
from pages.parts.figures import Figure


def draw(
    metric: Metric,
    figure: Figure,
    settings: PortalSettings,
    parameters: Sequence[tuple[str, str]],
    remarks: Sequence[str],
) -> None:
    """Draws the card; ``parameters`` of its link, ``remarks`` on what of the page's choices it cannot follow."""
    with st.container(key=f"metric-{metric.id}", border=True, height="stretch"):
        templates.show("card", **values(metric, figure, settings), remarks=list(remarks))
        links.link("metric", f"Open {metric.name}", parameters)


def draw_without_figure(id: str, name: str, reason: str) -> None:
    """The card of a metric for which there is no figure to show, with the reason."""
    with st.container(key=f"metric-{id}", border=True, height="stretch"):
        templates.show("card_empty", name=name, reason=reason)


def values(metric: Metric, figure: Figure, settings: PortalSettings, *, grows: bool = False) -> dict[str, object]:
    """What a card says of a figure, for its template; ``grows``: the graphic's marks grow with its size."""
    row, colours = figure.row, palette.current()
    assessed = not figure.unchecked
    drawn, series = (
        (row, figure.series) if assessed else (_without_range(row), [_without_range(r) for r in figure.series])
    )
    ranges = words.card_range(row, metric) if assessed and row.value is not None else ""
    return {
        "name": metric.name,
        "verdict": row.verdict if assessed or row.verdict is None else "cannot_tell",
        "verdict_words": words.verdict(row, assessed),
        "certain": assessed and row.verdict in ("met", "missed"),
        "before": numbers.before_unit(metric),
        "value": None if row.value is None else numbers.plain(row.value, metric),
        "after": numbers.after_unit(metric),
        "no_value": no_value(row, settings),
        "change": words.change(row, figure.previous, metric),
        "range_image": templates.image(graphic.range_svg(drawn, metric, colours, grows=grows)),
        "range_alt": _range_alt(row, metric, ranges),
        "range_words": ranges,
        "doubt": ""
        if row.suppressed or row.records == 0
        else words.doubt(row)
        if assessed
        else words.not_assessed(figure.unchecked),
        "confidence": None if row.confidence is None or not assessed else numbers.beyond_doubt(row.confidence),
        "band": "" if row.confidence is None else numbers.band(row.confidence, settings.confidence),
        "assessed": assessed,
        "spark_image": templates.image(graphic.spark_svg(series, colours)),
        "spark_alt": _spark_alt(figure, metric),
    }


def _without_range(row: Row) -> Row:
    """A row of a metric that is not assessed: it claims no range, so none is drawn."""
    return replace(row, low=row.value, high=row.value, likely_low=row.value, likely_high=row.value, in_doubt=0)


def no_value(row: Row, settings: PortalSettings) -> str:
    """Why a figure has no value."""
    if row.suppressed:
        return words.suppressed(settings.disclosure.threshold)
    return "No records are counted here." if row.records == 0 else "No value can be given."


def _range_alt(row: Row, metric: Metric, ranges: str) -> str:
    if row.value is None:
        return "No value to draw."
    return f"Value {numbers.figure(row.value, metric)}. {ranges}".strip()


def _spark_alt(figure: Figure, metric: Metric) -> str:
    known = [row.value for row in figure.series if row.value is not None]
    if not known:
        return "No earlier figures."
    return (
        f"Last {len(figure.series)} periods, from {numbers.figure(known[0], metric)} "
        f"to {numbers.figure(known[-1], metric)}."
    )
