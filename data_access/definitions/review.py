"""How long an owner's review of a definition lasts: ``review_every: 12 months``.

``check_metric.py`` refuses what cannot be read; the attestation beside a figure asks when a review is due.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from data_access.definitions.models import Metric

_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_WRITTEN = re.compile(r"\s*([1-9][0-9]{0,3})\s*([a-z]+?)s?\s*", re.IGNORECASE)


def review_interval(text: str) -> tuple[int, str]:
    """``"12 months"`` as ``(12, "month")``; the unit is day, week, month or year. Raises ValueError."""
    match = _WRITTEN.fullmatch(text)
    if match is None or match[2].lower() not in _UNITS:
        raise ValueError(f"'{text}' is not a span of time; write a number and days, weeks, months or years")
    return int(match[1]), match[2].lower()


def review_due(metric: Metric) -> date | None:
    """The day on which the metric's definition is to be reviewed again; None when nothing was agreed or done."""
    if metric.reviewed is None or metric.review_every is None:
        return None
    count, unit = review_interval(metric.review_every)
    if unit in ("day", "week"):
        return metric.reviewed + timedelta(days=count * (7 if unit == "week" else 1))
    months = metric.reviewed.month - 1 + count * (12 if unit == "year" else 1)
    year, month = metric.reviewed.year + months // 12, months % 12 + 1
    return date(year, month, min(metric.reviewed.day, calendar.monthrange(year, month)[1]))
