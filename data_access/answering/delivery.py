"""Whether a dataset's next data are late, by what its contract agrees (``slaProperties``)."""

from __future__ import annotations

from datetime import date

from data_access.definitions.models import Contract
from data_access.definitions.spans import Span, last_of_month
from data_access.questions import Delivery


def late(contract: Contract, as_of: date, today: date) -> Delivery | None:
    """What is late, if anything is: the next data are due at the data date + frequency + latency.

    On the due day itself nothing is late. Without an agreed frequency nothing ever is.
    """
    frequency = contract.sla.get("frequency")
    if frequency is None:
        return None
    due = _next(as_of, frequency)
    if latency := contract.sla.get("latency"):
        due = _next(due, latency)
    return Delivery(contract, as_of, due, (today - due).days) if today > due else None


def told_up_to(contract: Contract, as_of: date | None, today: date) -> date:
    """The last day that the data can tell of: today or, where the next data are late, the day up to which they came."""
    return as_of if as_of is not None and late(contract, as_of, today) else today


def _next(start: date, span: Span) -> date:
    """One span later. Months after the end of a month end with the end of one."""
    day = span.after(start)
    ends_a_month = start.day == last_of_month(start.year, start.month)
    if span.unit in ("month", "year") and ends_a_month:
        return day.replace(day=last_of_month(day.year, day.month))
    return day
