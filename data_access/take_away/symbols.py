"""The symbols beside a figure, as official statistics write them, and when each stands there."""

from __future__ import annotations

from datetime import date

from data_access.definitions.models import Metric
from data_access.questions import Answer, Row

SYMBOLS = {
    "[c]": "confidential: the figure is withheld, because it, or the figures beside it, would tell of very few people",
    "[x]": "not available: no value can be given, for instance because nothing is counted here",
    "[p]": "provisional: the period is not over, or is cut by the dates asked for",
    "[b]": "break in series: the definition changed in this period, so earlier figures cannot be compared",
    "[u]": (
        "low reliability: it cannot be told whether the target is met, or the confidence is low, or nothing checks "
        "what the figure is made of"
    ),
}


def symbols(answer: Answer, row: Row, medium: float) -> str:
    """The symbols of a row, a space between them. ``medium``: below this confidence it is low."""
    start, end = span(answer, row)
    applies = {
        "[c]": row.suppressed,
        "[x]": row.value is None and not row.suppressed,
        "[p]": row.partial,
        "[b]": start is not None and end is not None and _broken(answer.metric, start, end),
        "[u]": row.value is not None and _unreliable(answer, row, medium),
    }
    return " ".join(symbol for symbol in SYMBOLS if applies[symbol])


def span(answer: Answer, row: Row) -> tuple[date | None, date | None]:
    """The first and the last day that a row tells of: its period's, else those asked for."""
    if row.period is not None:
        return row.period, row.period_end
    return answer.query.start, answer.query.end


def _broken(metric: Metric, start: date, end: date) -> bool:
    return any(entry.breaks_series and start <= entry.on <= end for entry in metric.history)


def _unreliable(answer: Answer, row: Row, medium: float) -> bool:
    low = row.confidence is not None and row.confidence < medium
    return answer.assessed is not True or row.verdict == "cannot_tell" or low
