"""Why a metric needs attention and what would help, in sentences. Pure; ``words`` judges single figures."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.definitions.models import ConfidenceBands
from data_access.questions import Reason, Row, Standing
from pages.parts import dates, figures, numbers, screen_words, words


@dataclass(frozen=True)
class Kind:
    """One kind of attention: the first of a standing's reasons decides which it is."""

    id: str
    reasons: tuple[Reason, ...]
    title: str
    meaning: str


KINDS = (
    Kind(
        "missed",
        ("missed",),
        "Target missed",
        "No record in doubt would change that. Open one to see where it is missed, and since when.",
    ),
    Kind(
        "likely-missed",
        ("likely_missed",),
        "Likely missed",
        "Missed if the records in doubt are like the others, which is not certain. The figure is as recorded.",
    ),
    Kind(
        "cannot-tell",
        ("cannot_tell",),
        "Cannot tell",
        "Met or missed depends on the records in doubt. Have them put right before anything is decided.",
    ),
    Kind("low-confidence", ("low_confidence",), "Low confidence", "Too many of the records behind it are in doubt."),
    Kind("not-assessed", ("not_assessed",), "Not assessed", "No check looks at what these are made of."),
)


def why(standing: Standing, bands: ConfidenceBands) -> str:
    """One or two sentences for the standing's first reason."""
    if standing.trend is None:
        return standing.problem
    row, metric, first = standing.trend.row, standing.metric, next(iter(standing.reasons), None)
    if first == "not_assessed":
        return words.not_assessed(figures.of_trend(standing.trend).unchecked)
    doubt = screen_words.doubt(row, standing.contract, fix=False)
    side, certain = words.target_sentence(row, metric).rstrip("."), words.span(row.low, row.high, metric)
    if first == "missed":
        return f"{_by_how_far(standing, row)} {words.doubt(row)}"
    if first == "likely_missed":
        return f"{side}: likely {words.span(row.likely_low, row.likely_high, metric)}, for certain {certain}. {doubt}"
    if first == "cannot_tell":
        return f"{side}: for certain it is {certain}. {doubt}"
    if first == "low_confidence" and row.confidence is not None:
        known = numbers.beyond_doubt(row.confidence)
        return f"Only {known} of every 100 records are beyond doubt, fewer than the {bands.medium:g} needed. {doubt}"
    return doubt


def _by_how_far(standing: Standing, row: Row) -> str:
    metric = standing.metric
    if row.value is None or row.target is None or metric.target is None:
        return words.target_sentence(row, metric)
    far = abs(row.value - row.target)
    nothing = round(far, numbers.places(metric)) == 0
    side = "above" if metric.better == "lower" else "below"
    how_far = "Just" if nothing else numbers.difference(far, metric)
    said = f"{how_far} {side} the {numbers.target(row.target, metric)} target"
    if nothing or far > metric.target.tolerance:
        return f"{said}."
    return f"{said}, within its tolerance of {numbers.tolerance(metric.target.tolerance, metric)}."


def to_do(standing: Standing) -> str:
    """What to change so that fewer records are in doubt; empty where that would change nothing."""
    if standing.trend is None or not standing.reasons or standing.reasons[0] in ("missed", "not_assessed"):
        return ""
    rule, _ = screen_words.most_blamed(standing.trend.row, standing.contract)
    return (rule.fix or "") if rule else ""


def who(standing: Standing) -> str:
    """Who looks after the records: the steward, else the owner."""
    person = standing.contract.contact
    return person.name if person else ""


def whose(standing: Standing) -> str:
    """The period, the viewer's own slice where it is one, and the owner."""
    parts = [figures.of_trend(standing.trend).period] if standing.trend else []
    parts += [f"only {label}: {numbers.listed(values, 'or')}" for label, values in standing.slice]
    owner = standing.contract.member("owner")
    return " · ".join([*parts, *([f"owner {owner.name}"] if owner else [])])


def awaited(standing: Standing) -> str:
    """``1,204 of 13,960 records of October 2026 came late or not at all.``"""
    grain = standing.metric.grain
    said = [
        f"{numbers.count(n)} of {numbers.records(row.records or n)} of {dates.period(row.period, grain)}"
        for row, n in standing.awaited
        if row.period
    ]
    return f"{numbers.listed(said)} came late or not at all."
