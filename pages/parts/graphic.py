"""The card's two graphics as SVG text: the range with its target tick, and the sparkline with its band.

Both hold numbers and palette colours only, never text from data. Positions are percentages of the
image's own box, so the drawing stretches with the card while its dots stay round.
"""

from __future__ import annotations

from collections.abc import Sequence

from data_access.definitions.models import Metric
from data_access.questions import Row
from pages.parts.palette import Palette

Scale = tuple[float, float]


def scale(row: Row, metric: Metric) -> Scale:
    """The least and greatest value drawn: everything the card names, with room, at least 30 points wide."""
    named = [v for v in (row.value, row.low, row.high, row.likely_low, row.likely_high, row.target) if v is not None]
    low, high = (min(named), max(named)) if named else (0.0, 100.0)
    share = metric.unit == "percent"
    room = max((high - low) * 1.7, 30.0 if share else abs(high) * 0.3, 1e-9)
    middle = (low + high) / 2
    low, high = middle - room / 2, middle + room / 2
    if low < 0 <= min(named, default=0):
        low, high = 0.0, high - low
    if share and max(named, default=0) <= 100:
        return max(0.0, low - max(0.0, high - 100)), min(high, 100.0)
    return low, high


def range_svg(row: Row, metric: Metric, palette: Palette, *, grows: bool = False) -> str:
    """Thin line = certain, thick = likely, dot = value, tick = target. An open end runs off the track.

    ``grows``: the marks grow with their image, for a screen seen from afar; else only the distances do.
    """
    low, high = scale(row, metric)

    def at(value: float | None, otherwise: float) -> float:
        return otherwise if value is None else 3 + 94 * (value - low) / (high - low)

    marks = [_bar(3, 97, 3, palette.track)]
    if row.value is not None:
        if row.in_doubt:
            marks.append(_bar(at(row.low, 0), at(row.high, 100), 3, palette.certain))
            if row.likely_low is not None or row.likely_high is not None:
                marks.append(_bar(at(row.likely_low, 0), at(row.likely_high, 100), 10, palette.likely))
        if row.target is not None:
            x = at(row.target, 0)
            marks.append(
                f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="2" y2="26" stroke="{palette.target}" stroke-width="2"/>'
            )
        marks.append(
            f'<circle cx="{at(row.value, 0):.2f}%" cy="14" r="6.5" fill="{palette.dot}" '
            f'stroke="{palette.surface}" stroke-width="1.5"/>'
        )
    return _svg("".join(marks), 300, 28, grows=True) if grows else _svg("".join(marks))


def _bar(start: float, end: float, thick: float, colour: str) -> str:
    return (
        f'<rect x="{start:.2f}%" width="{max(0.0, end - start):.2f}%" y="{14 - thick / 2}" height="{thick}" '
        f'rx="{thick / 2}" fill="{colour}"/>'
    )


def swatches(palette: Palette) -> dict[str, str]:
    """Each mark of the range alone, for the key on the home page."""
    dot = f'<circle cx="22" cy="14" r="6.5" fill="{palette.dot}"/>'
    tick = f'<line x1="22" x2="22" y1="2" y2="26" stroke="{palette.target}" stroke-width="2"/>'
    drawn = {
        "dot": dot,
        "likely": _bar(5, 95, 10, palette.likely),
        "certain": _bar(5, 95, 3, palette.certain),
        "target": tick,
    }
    return {name: _svg(mark, 44, 28) for name, mark in drawn.items()}


def spark_svg(rows: Sequence[Row], palette: Palette) -> str:
    """The last periods: a line with the certain range as its band; gaps where there is no figure."""
    known = [v for row in rows for v in (row.value, row.low, row.high) if v is not None]
    if not known:
        return _svg("", 120, 34)
    low, high = min(known), max(known)
    height = (high - low) or 1.0
    step = 112 / max(1, len(rows) - 1)

    def y(value: float) -> str:
        return f"{30 - 26 * (value - low) / height:.1f}"

    parts = []
    for run in _runs(rows):
        xs = [4 + step * number for number, _ in run]
        if len(run) > 1:
            top = [f"{x:.1f},{y(_either(row.high, high))}" for x, (_, row) in zip(xs, run, strict=True)]
            bottom = [f"{x:.1f},{y(_either(row.low, low))}" for x, (_, row) in zip(xs, run, strict=True)]
            parts.append(f'<polygon points="{" ".join(top + bottom[::-1])}" fill="{palette.likely_band}"/>')
        points = [f"{x:.1f},{y(row.value or 0)}" for x, (_, row) in zip(xs, run, strict=True)]
        parts.append(
            f'<polyline points="{" ".join(points)}" fill="none" stroke="{palette.dot}" stroke-width="1.75" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    last = [(number, row.value) for number, row in enumerate(rows) if row.value is not None][-1]
    parts.append(f'<circle cx="{4 + step * last[0]:.1f}" cy="{y(last[1])}" r="2.6" fill="{palette.dot}"/>')
    return _svg("".join(parts), 120, 34)


def _either(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _runs(rows: Sequence[Row]) -> list[list[tuple[int, Row]]]:
    """The rows that have a value, in unbroken runs, each with its place."""
    runs: list[list[tuple[int, Row]]] = [[]]
    for number, row in enumerate(rows):
        if row.value is not None:
            runs[-1].append((number, row))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _svg(inside: str, width: int | None = None, height: int | None = None, *, grows: bool = False) -> str:
    """Without a size of its own the drawing takes that of its image, and percentages follow."""
    size = f' width="{width}" height="{height}"' if width and height else ""
    size += f' viewBox="0 0 {width} {height}"' if grows else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg"{size}>{inside}</svg>'
