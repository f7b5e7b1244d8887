"""Why a metric's latest figure needs attention, how pressing it is, and which of its records are awaited. Pure."""

from __future__ import annotations

from typing import get_args

from data_access.definitions.models import ConfidenceBands, Contract
from data_access.questions import Reason, Row, Standing, Trend

RANKS = {reason: rank for rank, reason in enumerate(get_args(Reason))}


def reasons(trend: Trend, bands: ConfidenceBands) -> tuple[Reason, ...]:
    """Why the figure needs attention, the weightiest reason first; none for one that is withheld or counts nothing."""
    row = trend.row
    if row.suppressed or not row.records:
        return ()
    if trend.answer.assessed is not True:
        return ("not_assessed",)
    found: list[Reason] = []
    if row.verdict == "missed" or row.verdict == "likely_missed" or row.verdict == "cannot_tell":
        found.append(row.verdict)
    if row.confidence is not None and row.confidence < bands.medium:
        found.append("low_confidence")
    return tuple(found)


def awaited(trend: Trend, contract: Contract) -> tuple[tuple[Row, int], ...]:
    """Rows with records that came late or not at all, newest first, with how many.

    Looked at are the figure's period, the one before it and the one under way. Records are counted by the check of
    timeliness that most of them fail: one record may fail several.
    """
    timely = {rule.id for rule in contract.rules if rule.dimension == "timeliness"}
    place = trend.series.index(trend.row)
    near = trend.series[max(0, place - 1) :]
    counted = [(row, max((n for rule, n in row.doubts if rule in timely), default=0)) for row in reversed(near)]
    return tuple((row, n) for row, n in counted if n)


def urgency(standing: Standing) -> tuple[int, float, str]:
    """What to sort by: the weightiest reason; then how far off the target, or how little is beyond doubt; the name."""
    if standing.trend is None or not standing.reasons:
        return len(RANKS), 0.0, standing.metric.name
    row, first = standing.trend.row, standing.reasons[0]
    weight = row.confidence if row.confidence is not None else 100.0
    if first in ("missed", "likely_missed") and row.value is not None and row.target is not None:
        weight = -abs(row.value - row.target) / (abs(row.target) or 1.0)
    return RANKS[first], weight, standing.metric.name
