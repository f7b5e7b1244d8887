"""How long an owner's review of a definition lasts: ``review_every: 12 months``.

``check_metric.py`` refuses what cannot be read; the attestation beside a figure asks when a review is due.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import get_args

from data_access.definitions.models import Metric
from data_access.definitions.spans import Span, Unit

_UNITS: Mapping[str, Unit] = {unit: unit for unit in get_args(Unit)}
_WRITTEN = re.compile(r"\s*([1-9][0-9]{0,3})\s*([a-z]+?)s?\s*", re.IGNORECASE)


def review_interval(text: str) -> Span:
    """``"12 months"`` as a span; the unit is day, week, month or year. Raises ValueError."""
    match = _WRITTEN.fullmatch(text)
    if match is None or match[2].lower() not in _UNITS:
        raise ValueError(f"'{text}' is not a span of time; write a number and days, weeks, months or years")
    return Span(int(match[1]), _UNITS[match[2].lower()])


def review_due(metric: Metric) -> date | None:
    """The day on which the metric's definition is to be reviewed again; None when nothing was agreed or done."""
    if metric.reviewed is None or metric.review_every is None:
        return None
    return review_interval(metric.review_every).after(metric.reviewed)
