"""The breakdown: a dot for each value of a dimension, highest first, with its ranges as whiskers and the target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import altair as alt

from data_access.definitions.models import Metric
from data_access.questions import Row
from pages.parts import chart_frame, numbers
from pages.parts.palette import Palette

Named = tuple[tuple[str, Row], ...]


def ordered(rows: Sequence[tuple[str, Row]]) -> Named:
    """Highest figure first; then those without a figure; the records whose value is not known come last."""

    def place(one: tuple[str, Row]) -> tuple[bool, bool, float, str]:
        name, row = one
        return row.keys[0] is None, row.value is None, -(row.value or 0.0), name

    return tuple(sorted(rows, key=place))


@lru_cache(maxsize=256)
def spec(
    rows: Named, metric: Metric, target: float | None, ranges: bool, palette: Palette, absent: str
) -> dict[str, Any]:
    """A Vega-Lite specification; ``absent`` is said in place of a figure that is not shown."""
    domain = chart_frame.domain([row for _, row in rows], metric, ranges)
    points = [_point(place, name, row, metric, ranges, domain, absent) for place, (name, row) in enumerate(rows)]
    names, figures, long = ([point[key] for point in points] for key in ("name", "words", "long"))
    wide = "containerSize()[0] > 520"  # on a phone, shorter names, and figures without their ranges
    base = alt.Chart()
    places = alt.Scale(domain=list(range(len(points))))  # those without a figure keep their row
    left = alt.Y(
        "place:O",
        title=None,
        scale=places,
        axis=_names(
            _either(wide, *[[chart_frame.shortened(name, most) for name in names] for most in (32, 18)]),
            "left",
            palette,
        ),
    )
    right = alt.Y("place:O", title=None, scale=places, axis=_names(_either(wide, long, figures), "right", palette))
    value = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=chart_frame.value_axis(metric, domain, "bottom"),
    )
    layers = [*_target(target, metric, palette)]
    if ranges:
        layers += [
            base.mark_rule(color=palette.certain, strokeWidth=2).encode(y=left, x="low:Q", x2="high:Q"),
            base.mark_rule(color=palette.likely, strokeWidth=8, strokeCap="round").encode(
                y=left, x="likely_low:Q", x2="likely_high:Q"
            ),
        ]
    layers.append(
        base.mark_point(filled=True, size=95, opacity=1, color=palette.dot).encode(
            y=left, x=value, tooltip=chart_frame.TOOLTIP
        )
    )
    figures_layer = base.mark_point(opacity=0, size=1).encode(y=right, x="value:Q")
    chart = alt.layer(alt.layer(*layers), figures_layer).resolve_scale(y="independent")
    # 27 for each row, and the axis and the target's words above and below.
    return chart_frame.finished(chart, points, palette, height=27 * len(points) + 56)


def _either(test: str, yes: Sequence[str], no: Sequence[str]) -> str:
    return f"({test} ? {json.dumps(yes)} : {json.dumps(no)})[datum.value]"


def _point(
    place: int, name: str, row: Row, metric: Metric, ranges: bool, domain: chart_frame.Domain, absent: str
) -> dict[str, Any]:
    said = chart_frame.words_of(row, metric, ranges)
    if row.value is None:
        said["words"] = absent if row.suppressed else "no value"
    between = (
        f"\u2003{numbers.ends(row.low, row.high, metric)}" if ranges and row.value is not None and row.in_doubt else ""
    )
    return {
        "place": place,
        "name": name,
        **said,
        "value": row.value,
        **chart_frame.edges(row, domain, ranges),
        "long": said["words"] + between,
    }


def _names(expression: str, orient: Literal["left", "right"], palette: Palette) -> alt.Axis:
    return alt.Axis(
        orient=orient,
        labelExpr=expression,
        labelColor=palette.ink,
        labelFontSize=14,
        labelLimit=0,
        domain=False,
        ticks=False,
        grid=False,
        labelPadding=8,
        title=None,
    )


def _target(target: float | None, metric: Metric, palette: Palette) -> list[alt.Chart]:
    if target is None:
        return []
    aim = alt.Chart(alt.Data(values=[{"target": target, "words": f"Target {numbers.target(target, metric)}"}]))
    return [
        aim.mark_rule(color=palette.target, strokeDash=[6, 4], strokeWidth=1.25).encode(x="target:Q"),
        aim.mark_text(dy=-7, color=palette.ink, fontSize=13, baseline="bottom").encode(
            x="target:Q", y=alt.value(0), text="words:N"
        ),
    ]
