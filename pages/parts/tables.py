"""The figures behind a chart as a plain HTML table: read by screen readers, without a download of its own."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.definitions.models import Metric
from data_access.questions import Row
from pages.parts import numbers, templates, words

_NONE = "–"


def draw(
    caption: str, first: str, rows: Sequence[tuple[str, Row]], metric: Metric, assessed: bool, threshold: int
) -> None:
    """A row for each (name, figure); ``first`` heads the names' column."""
    heads = ["Figure", "Likely", "For certain", "Confidence", "In doubt"] if assessed else ["Figure", "Records"]
    judged = assessed and any(row.verdict for _, row in rows)
    if judged:
        heads.insert(3, f"Against {numbers.target(next(r.target for _, r in rows if r.verdict) or 0, metric)}")
    body = [
        {"name": name, "cells": _cells(row, metric, assessed, judged), "withheld": row.suppressed} for name, row in rows
    ]
    templates.show(
        "table", caption=caption, first=first, heads=heads, body=body, withheld=words.suppressed(threshold).rstrip(".")
    )


def _cells(row: Row, metric: Metric, assessed: bool, judged: bool) -> list[str]:
    ranged = assessed and bool(row.in_doubt) and not row.suppressed
    nothing = words.NOT_KNOWN if ranged else _NONE
    figure = nothing if row.value is None else numbers.figure(row.value, metric)
    records = _NONE if row.records is None else numbers.count(row.records)
    if not assessed:
        return [figure, records]
    cells = [
        figure,
        words.span(row.likely_low, row.likely_high, metric) if ranged else _NONE,
        words.span(row.low, row.high, metric) if ranged else _NONE,
        _NONE if row.confidence is None else numbers.beyond_doubt(row.confidence),
        _NONE if row.in_doubt is None else f"{numbers.count(row.in_doubt)} of {records}",
    ]
    if judged:
        cells.insert(3, words.VERDICTS[row.verdict] if row.verdict else _NONE)
    return cells
