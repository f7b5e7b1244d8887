"""Fit for purpose: the owner's attestation in words; never a percentage (design §1, FACT)."""

from __future__ import annotations

import re
from datetime import date

from data_access.definitions.models import Contract, Metric


def fit(metric: Metric, contract: Contract, today: date) -> str:
    """*attested on <date> by <owner>*, *due for review*, or *flagged* with the reason.

    Flagged: the dataset states no limitations, nobody owns it, or a break in the series is not explained.
    Due for review: never reviewed, or longer ago than ``review_every``.
    """
    owner = contract.member("owner")
    if owner is None:
        return "flagged: nobody owns this dataset"
    if not contract.limitations:
        return "flagged: the dataset's limitations are not stated"
    if any(entry.breaks_series and not entry.what.strip() for entry in metric.history):
        return "flagged: a break in the series is not explained"
    if metric.reviewed is None:
        return "due for review: never reviewed"
    due = review_due(metric)
    if due is not None and due < today:
        return f"due for review since {words(due)}"
    return f"attested on {words(metric.reviewed)} by {owner.name}"


def review_due(metric: Metric) -> date | None:
    """When the definition is next due for review; None when no interval is set or it was never reviewed."""
    found = re.fullmatch(r"\s*(\d+)\s*(day|week|month|year)s?\s*", metric.review_every or "")
    if metric.reviewed is None or found is None:
        return None
    number, unit = int(found[1]), found[2]
    if unit in ("day", "week"):
        return date.fromordinal(metric.reviewed.toordinal() + number * (7 if unit == "week" else 1))
    place = metric.reviewed.year * 12 + metric.reviewed.month - 1 + number * (12 if unit == "year" else 1)
    # 31 January and a month is the end of February.
    year, month = place // 12, place % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(metric.reviewed.day, last))


def words(day: date) -> str:
    """31 Oct 2026."""
    return f"{day.day} {day:%b %Y}"
