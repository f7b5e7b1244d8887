"""The trend: a line with the certain and the likely range as bands, the target and breaks in the series.

Built with Altair once for the same rows and colours, then kept as a ready dictionary: that is what
makes drawing it cheap. Periods stand on an ordinal axis under their own names, financial years too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from data_access.definitions.models import Metric
from data_access.questions import Row
from pages.parts import chart_frame, dates, numbers
from pages.parts.chart_frame import Domain
from pages.parts.palette import Palette

_NAMES = 5  # on the time axis; more would touch on a phone


@lru_cache(maxsize=256)
def spec(rows: tuple[Row, ...], metric: Metric, chosen: Row, ranges: bool, palette: Palette) -> dict[str, Any]:
    """A Vega-Lite specification; ``ranges`` is False for a metric that is not assessed."""
    domain = chart_frame.domain(rows, metric, ranges)
    points = _points(rows, metric, chosen, ranges, domain)
    base = alt.Chart().encode(x=_time([point["name"] for point in points]))
    value = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=chart_frame.value_axis(metric, domain, "left"),
    )
    dot = palette.dot
    layers = [
        *(_bands(base, palette) if ranges else []),
        *_target(chosen.target, rows, metric, palette),
        *_breaks(points, rows, metric, palette),
        base.mark_line(color=dot, strokeWidth=2.25, strokeJoin="round").encode(y=value),
        base.mark_line(color=dot, strokeWidth=2, strokeDash=[3, 3]).encode(y="under_way:Q"),
        base.mark_point(filled=True, size=34, opacity=1, color=dot).encode(y="value:Q"),
        base.mark_point(filled=True, size=48, opacity=1, fill=palette.surface, stroke=dot, strokeWidth=2).encode(
            y="partial:Q"
        ),
        base.mark_point(filled=True, size=110, opacity=1, color=dot).encode(y="chosen:Q"),
        *chart_frame.label(base, palette, "words:N", "chosen:Q", dy=-15, fontWeight=600, fontSize=14),
        # An unseen column over each period: its words come up wherever the pointer is.
        base.mark_rule(strokeWidth=16, opacity=0).encode(tooltip=chart_frame.TOOLTIP),
    ]
    return chart_frame.finished(alt.layer(*layers), points, palette, height=290)


def _time(names: Sequence[str]) -> alt.X:
    every = max(1, -(-len(names) // _NAMES))
    axis = alt.Axis(values=list(names)[::-1][::every], labelAngle=0, labelOverlap="greedy", grid=False, title=None)
    return alt.X("name:O", sort=None, scale=alt.Scale(type="point", domain=list(names), padding=0.5), axis=axis)


def _points(rows: Sequence[Row], metric: Metric, chosen: Row, ranges: bool, domain: Domain) -> list[dict[str, Any]]:
    """One point a period. A column is null where its mark has nothing to draw there."""
    points: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        next_partial = place + 1 < len(rows) and rows[place + 1].partial
        edges = chart_frame.edges(row, domain, ranges)
        alone = not any(
            near.value is not None for near in [*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2]]
        )
        points.append(
            {
                "name": dates.short_period(row.period, metric.grain) if row.period else "",
                "value": None if row.partial else row.value,
                "partial": row.value if row.partial else None,
                "under_way": row.value if row.partial or next_partial else None,
                "chosen": row.value if row.period == chosen.period else None,
                **edges,
                "alone_low": edges["low"] if alone else None,
                "alone_high": edges["high"] if alone else None,
                **chart_frame.words_of(row, metric, ranges),
            }
        )
    return points


def _bands(base: alt.Chart, palette: Palette) -> list[alt.Chart]:
    return [
        base.mark_area(color=palette.certain_band, opacity=1).encode(y="low:Q", y2="high:Q"),
        base.mark_rule(color=palette.certain_band, strokeWidth=12).encode(y="alone_low:Q", y2="alone_high:Q"),
        base.mark_area(color=palette.likely_band, opacity=1).encode(y="likely_low:Q", y2="likely_high:Q"),
    ]


def _target(target: float | None, rows: Sequence[Row], metric: Metric, palette: Palette) -> list[alt.Chart]:
    """A dashed line; its words stand at the left, on the side where the first figures are not."""
    if target is None:
        return []
    first = [row.value for row in rows[:5] if row.value is not None]
    above = bool(first) and sum(first) / len(first) > target
    aim = alt.Chart(alt.Data(values=[{"target": target, "words": f"Target {numbers.target(target, metric)}"}]))
    return [
        aim.mark_rule(color=palette.target, strokeDash=[6, 4], strokeWidth=1.25).encode(y="target:Q"),
        *chart_frame.label(
            aim, palette, "words:N", "target:Q", x=alt.value(0), align="left", dx=4, dy=11 if above else -9, fontSize=13
        ),
    ]


def _breaks(points: Sequence[dict[str, Any]], rows: Sequence[Row], metric: Metric, palette: Palette) -> list[alt.Chart]:
    """A line at the first period after each break in the series, with its date."""
    marks: list[alt.Chart] = []
    for entry in metric.history:
        after = [place for place, row in enumerate(rows) if row.period and row.period >= entry.on]
        if not entry.breaks_series or not after or after[0] == 0:
            continue
        late = after[0] > len(rows) / 2
        event = alt.Chart(
            alt.Data(values=[{"name": points[after[0]]["name"], "what": f"{dates.day(entry.on)}: {entry.what}"}])
        )
        event = event.encode(x=_time([point["name"] for point in points]))
        marks.append(event.mark_rule(color=palette.event, strokeWidth=1.5))
        side = {"align": "right", "dx": -6} if late else {"align": "left", "dx": 6}
        marks += chart_frame.label(
            event, palette, "what:N", alt.value(4), colour=palette.event, fontSize=13, limit=280, **side
        )
    return marks
