"""What both charts share: the range of values drawn, the axis of values, words on hover, fonts and colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from data_access.definitions.models import Metric
from data_access.questions import Row
from pages.parts import numbers, words
from pages.parts.palette import Palette

Domain = tuple[float, float]
FONT = '"Source Sans", sans-serif'
TOOLTIP = [
    alt.Tooltip("name:N", title=" "),
    alt.Tooltip("words:N", title="Figure"),
    alt.Tooltip("range:N", title="Range"),
    alt.Tooltip("doubt:N", title="Records"),
]


def domain(rows: Sequence[Row], metric: Metric, ranges: bool) -> Domain:
    """The least and greatest value on the axis: all that is drawn, with a little room, never beyond 0 to 100%."""
    named = [row.value for row in rows] + [row.target for row in rows]
    if ranges:
        named += [bound for row in rows for bound in (row.low, row.high)]
    known = [value for value in named if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = max((high - low) * 0.12, 1.0 if metric.unit == "percent" else abs(high) * 0.02, 1e-6)
    top = high + room * 1.5  # the chosen figure is written above its point
    if metric.unit == "percent" and high <= 100:
        top = min(top, 100 + room * 0.9)
    return (max(0.0, low - room) if low >= 0 else low - room, top)


def value_axis(metric: Metric, domain: Domain, orient: Literal["left", "bottom"]) -> alt.Axis:
    """The axis of values, labelled with their unit."""
    wide = domain[1] - domain[0] >= 5 or metric.type in ("count", "count_distinct")
    sign = f"'{numbers.before_unit(metric)}' + datum.label + '{numbers.after_unit(metric)}'"
    beyond = " " if metric.unit != "percent" else "datum.value > 100 ? '' : "
    return alt.Axis(
        orient=orient,
        format=",.0f" if wide else ",.1f" if domain[1] - domain[0] >= 0.5 else ",.4~f",
        labelExpr=beyond.strip() + " " + sign,
        tickCount=5,
        title=None,
        domain=False,
        ticks=False,
        grid=True,
    )


def edges(row: Row, domain: Domain, ranges: bool) -> dict[str, float | None]:
    """Where the two ranges of a figure begin and end; an open end runs to the edge of the chart."""

    def ends(low: float | None, high: float | None, known: bool) -> list[float | None]:
        return [domain[0] if low is None else low, domain[1] if high is None else high] if known else [None, None]

    drawn = ranges and row.value is not None
    likely = drawn and (row.likely_low is not None or row.likely_high is not None)
    values = [*ends(row.low, row.high, drawn), *ends(row.likely_low, row.likely_high, likely)]
    return dict(zip(("low", "high", "likely_low", "likely_high"), values, strict=True))


def words_of(row: Row, metric: Metric, ranges: bool) -> dict[str, str]:
    """The words on hover: the figure, its range and how many records are in doubt."""
    figure = "not shown" if row.suppressed else "no value" if row.value is None else numbers.figure(row.value, metric)
    return {
        "words": figure + (" (part of the period)" if row.partial and row.value is not None else ""),
        "range": words.card_range(row, metric) if ranges and row.value is not None else "",
        "doubt": words.doubt(row),
    }


def label(
    base: alt.Chart, palette: Palette, text: str, y: Any, x: Any = None, colour: str | None = None, **style: Any
) -> list[alt.Chart]:
    """Text with a rim in the card's colour, so that it can be read over lines and bands."""
    where: dict[str, Any] = {"y": y, "text": text} if x is None else {"x": x, "y": y, "text": text}
    rim = base.mark_text(stroke=palette.surface, strokeWidth=4, strokeJoin="round", color=palette.surface, **style)
    return [rim.encode(**where), base.mark_text(color=colour or palette.ink, **style).encode(**where)]


def shortened(name: str, most: int) -> str:
    """A long name cut in its middle: the end often tells one name from the next."""
    if len(name) <= most:
        return name
    end = most // 3
    return f"{name[: most - end - 1].rstrip()}…{name[-end:].lstrip()}"


def finished(chart: Any, points: list[dict[str, Any]], palette: Palette, height: int) -> dict[str, Any]:
    """The chart as a dictionary in the portal's fonts and colours; its width is the card's.

    ``points`` stand once at the top, for every layer that has no data of its own.
    """
    styled = chart.properties(
        height=height, background="transparent", padding={"left": 0, "right": 4, "top": 4, "bottom": 0}
    )
    styled = styled.configure(
        aria=False,
        mark=alt.MarkConfig(aria=False),  # the chart's words are its alternative; each mark's would be noise
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=palette.faint,
            labelFontSize=13,
            gridColor=palette.grid,
            domainColor=palette.track,
            tickColor=palette.track,
            labelFont=FONT,
        ),
        text=alt.MarkConfig(font=FONT),
    )
    return {**styled.to_dict(), "data": {"values": points}}
