"""Fit for purpose: the owner's attestation in words; never a percentage."""

from __future__ import annotations

from datetime import date

from data_access.definitions.models import Contract, Metric
from data_access.definitions.review import review_due


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


def words(day: date) -> str:
    """31 Oct 2026."""
    return f"{day.day} {day:%b %Y}"
