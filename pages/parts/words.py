"""What the page says about one figure, in sentences. Pure; every word that judges a number is here."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.definitions.models import Metric
from data_access.questions import Row, Verdict
from pages.parts import dates, numbers

VERDICTS: dict[Verdict, str] = {
    "met": "Target met",
    "likely_met": "Likely met",
    "cannot_tell": "Cannot tell",
    "likely_missed": "Likely missed",
    "missed": "Target missed",
}
NOT_KNOWN = "not known"  # no value as recorded, and records in doubt


def headline(row: Row, metric: Metric, unchecked: Sequence[str], threshold: int) -> str:
    """Design §1's sentence: value, records in doubt, likely range, certain range, and the target.

    ``unchecked``: labels of the columns that no check looks at; when there are any, no range is claimed.
    """
    if row.suppressed:
        return suppressed(threshold)
    value = "No value can be given." if row.value is None else f"{numbers.figure(row.value, metric)}."
    if unchecked:
        return f"{value} {not_assessed(unchecked)}"
    if row.records == 0:
        return "No value: no records are counted here."
    parts = [value, doubt(row), _ranges(row, metric), target_sentence(row, metric)]
    return " ".join(part for part in parts if part)


def doubt(row: Row) -> str:
    """``41 of 512 records are in doubt.``"""
    if row.records is None or row.in_doubt is None:
        return ""
    if row.in_doubt == 0:
        return (
            f"None of the {numbers.records(row.records)} is in doubt."
            if row.records != 1
            else ("The 1 record is not in doubt.")
        )
    verb = "is" if row.in_doubt == 1 else "are"
    return f"{numbers.count(row.in_doubt)} of {numbers.records(row.records)} {verb} in doubt."


def weighed(row: Row) -> str:
    """How the records in doubt enter the confidence: those that may belong elsewhere count in part (certainty §4).

    Empty where all of them belong here for certain, so that the confidence is plainly one share of another.
    """
    if not row.confidence or not row.in_doubt or row.records is None:
        return ""
    certain = row.records - row.in_doubt
    expected = round(certain * (100 / row.confidence - 1))
    if expected >= row.in_doubt:
        return ""
    are = "is" if certain == 1 else "are"
    here = f"about {numbers.count(expected)}" if expected else "fewer than one"
    return (
        f"{numbers.records(certain)} {are} beyond doubt. Of the {numbers.count(row.in_doubt)} in doubt {here} may be "
        "expected to belong here."
    )


def _ranges(row: Row, metric: Metric) -> str:
    if not row.in_doubt or (row.value is None and row.low is None and row.high is None):
        return ""
    certain = _within(row.low, row.high, metric)
    likely = _within(row.likely_low, row.likely_high, metric)
    they, are = ("it", "is") if row.in_doubt == 1 else ("they", "are")
    if row.likely_low is None and row.likely_high is None:
        return f"For certain it {certain}."
    return f"If {they} {are} like the others it {likely}; for certain it {certain}."


def _within(low: float | None, high: float | None, metric: Metric) -> str:
    """``is between 58.1% and 66.9%``, with an open end in words."""
    if low is None and high is None:
        return "could be anything"
    # A ratio goes on for ever where it divides by almost nothing; the answer's notes say which it is.
    upper, lower = ("no upper limit is declared", "no lower limit is declared")
    if metric.type == "ratio":
        upper, lower = "it has no highest value", "it has no lowest value"
    if low is None:
        return f"is at most {numbers.figure(high or 0, metric)} ({lower})"
    if high is None:
        return f"is at least {numbers.figure(low, metric)} ({upper})"
    least, most = numbers.figure(low, metric), numbers.figure(high, metric)
    return f"is {least}" if least == most else f"is between {least} and {most}"


def target_sentence(row: Row, metric: Metric) -> str:
    """Where the range lies against the target: ``Below the 70% target either way.``"""
    if row.target is None:
        return ""
    aim = f"the {numbers.target(row.target, metric)} target"
    if row.verdict is None:
        return f"The target is {numbers.target(row.target, metric)}."
    if row.verdict == "cannot_tell":
        return f"It could be on either side of {aim}."
    good = row.verdict in ("met", "likely_met")
    side = _side(metric, good)
    if row.verdict.startswith("likely"):
        return f"Likely {side} {aim}, but not for certain."
    return f"{side.capitalize()} {aim}{' either way' if row.in_doubt else ''}."


def _side(metric: Metric, good: bool) -> str:
    if metric.better == "lower":
        return "at or below" if good else "above"
    return "at or above" if good else "below"


def card_range(row: Row, metric: Metric) -> str:
    """The card's line: ``Likely 60.8 to 63.5%, for certain 58.1 to 66.9% · target 60%``."""
    aim = f"target {numbers.target(row.target, metric)}" if row.target is not None else ""
    if not row.in_doubt:
        return aim.capitalize()
    certain = f"for certain {span(row.low, row.high, metric)}"
    known = row.likely_low is not None or row.likely_high is not None
    ranges = f"Likely {span(row.likely_low, row.likely_high, metric)}, {certain}" if known else certain.capitalize()
    return f"{ranges} · {aim}" if aim else ranges


def span(low: float | None, high: float | None, metric: Metric) -> str:
    """A range without a verb: ``60.8 to 63.5%``, ``at least 60.8%``."""
    if low is None and high is None:
        return "anything"
    if low is None:
        return f"at most {numbers.figure(high or 0, metric)}"
    return f"at least {numbers.figure(low, metric)}" if high is None else numbers.between(low, high, metric)


def change(row: Row, previous: Row | None, metric: Metric) -> str:
    """``▲ 3.1 points on September``, or why the two periods cannot be compared; empty without a figure."""
    if previous is None or row.value is None or previous.value is None or not (row.period and previous.period):
        return ""
    before = dates.earlier(previous.period, row.period, metric.grain)
    broken = [entry for entry in metric.history if entry.breaks_series and previous.period < entry.on <= row.period]
    if broken:
        return f"not comparable with {before}"
    moved = row.value - previous.value
    if float(numbers.rounded(moved, numbers.sensible(row.value, metric)).replace(",", "")) == 0:
        return f"no change on {before}"
    return f"{'▲' if moved > 0 else '▼'} {numbers.difference(moved, metric)} on {before}"


def verdict(row: Row, assessed: bool) -> str:
    """The verdict in two words. Without checks there is no range to judge by, whatever was recorded."""
    if row.verdict is None:
        return ""
    return VERDICTS[row.verdict] if assessed else "Not assessed"


def suppressed(threshold: int) -> str:
    """Why a small count is withheld."""
    return f"Not shown: it would tell of fewer than {threshold} people."


NOT_SHOWN = "not shown"


def withheld(hidden: int, every: int, threshold: int) -> str:
    """What a chart or table leaves out for the sake of few people; empty where it leaves out nothing."""
    if not hidden:
        return ""
    if hidden == every:
        return (
            f"Every figure here would tell of fewer than {threshold} people, so none is shown. "
            "Choose a longer time, or fewer filters."
        )
    are = "is" if hidden == 1 else "are"
    return f"{hidden} of {every} {are} not shown: each would tell of fewer than {threshold} people."


def not_assessed(unchecked: Sequence[str]) -> str:
    """Said in place of ranges and confidence when nothing checks what the figure is made of."""
    return f"How far it can be trusted is not assessed: no check looks at {numbers.listed(unchecked)}."


def within(label: str) -> str:
    """A label inside a sentence: ``District`` becomes ``district``, ``SEND team`` stays."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
