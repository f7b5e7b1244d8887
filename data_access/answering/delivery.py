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
        due = latency.after(due)
    return Delivery(contract, as_of, due, (today - due).days) if today > due else None


def _next(as_of: date, frequency: Span) -> date:
    """The data date of the next delivery. Data up to the end of a month are followed by data up to the end of one."""
    day = frequency.after(as_of)
    ends_a_month = as_of.day == last_of_month(as_of.year, as_of.month)
    if frequency.unit in ("month", "year") and ends_a_month:
        return day.replace(day=last_of_month(day.year, day.month))
    return day
