"""Numbers with their units, as a person reads them. Rounded for display; never rounded up to a promise."""

from __future__ import annotations

import math
from collections.abc import Sequence

from data_access.definitions.models import ConfidenceBands, Metric

_COUNTS = ("count", "count_distinct")


def places(metric: Metric) -> int:
    """Decimal places of the metric's figures: none for counts, two for pounds, else one."""
    if metric.type in _COUNTS:
        return 0
    return 2 if metric.unit == "pounds" else 1


def sensible(value: float, metric: Metric) -> int:
    """Decimal places of one figure: none in the tens of thousands, two digits of a small plain number (``0.0034``)."""
    if abs(value) >= 10_000 and metric.unit != "percent":
        return 0
    small = metric.unit == "number" and metric.type not in _COUNTS and 0 < abs(value) < 1
    return min(6, 1 - math.floor(math.log10(abs(value)))) if small else places(metric)


def plain(value: float, metric: Metric) -> str:
    """The figure without its unit: ``62.0``, ``1,204``.

    Rounding never carries a figure onto the target: 82.96 against a target of 83 is ``82.96``, or the page
    would say "83.0%, below the 83% target".
    """
    aim = metric.target.value if metric.target else None
    for more in range(3):
        text = rounded(value, sensible(value, metric) + more)
        if aim is None or value == aim or float(text.replace(",", "")) != aim:
            return text
    return text


def rounded(value: float, decimals: int) -> str:
    """With thousands, and never ``-0``."""
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def before_unit(metric: Metric) -> str:
    """What stands before the figure: the pound sign."""
    return "£" if metric.unit == "pounds" else ""


def after_unit(metric: Metric) -> str:
    """What stands after the figure: ``%`` or `` days``."""
    return {"percent": "%", "days": " days"}.get(metric.unit, "")


def figure(value: float, metric: Metric) -> str:
    """The figure with its unit: ``62.0%``, ``£1,204.50``, ``12.0 days``."""
    return f"{_signed(plain(value, metric), metric)}{after_unit(metric)}"


def _signed(text: str, metric: Metric) -> str:
    """The pound sign stands after the minus: ``-£3.00``."""
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{before_unit(metric)}{text.removeprefix('-')}"


def between(low: float, high: float, metric: Metric) -> str:
    """Two figures with the unit said once: ``60.8 to 63.5%``."""
    if plain(low, metric) == plain(high, metric):
        return figure(low, metric)
    first, last = (_signed(plain(end, metric), metric) for end in (low, high))
    return f"{first} to {last}{after_unit(metric)}"


def ends(low: float | None, high: float | None, metric: Metric) -> str:
    """A range as narrow as a table's cell: ``60.8–63.5``; an open end is a question mark."""
    first, last = ("?" if end is None else plain(end, metric) for end in (low, high))
    return f"{first}–{last}"


def target(value: float, metric: Metric) -> str:
    """A target without empty decimals: ``70%``, ``7.5 days``."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{before_unit(metric)}{text}{after_unit(metric)}"


def difference(value: float, metric: Metric) -> str:
    """How far apart two figures are, without sign: ``3.1 points``, ``31``, ``£4.00``."""
    text = rounded(abs(value), sensible(value, metric))
    if metric.unit == "percent":
        return f"{text} {'point' if text == '1.0' else 'points'}"
    return f"{before_unit(metric)}{text}{after_unit(metric)}"


def tolerance(value: float, metric: Metric) -> str:
    """A tolerance without empty decimals: ``5 points``."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    if metric.unit == "percent":
        return f"{text} {'point' if text == '1' else 'points'}"
    return f"{before_unit(metric)}{text}{after_unit(metric)}"


def count(number: int) -> str:
    """A whole number with thousands: ``1,204``."""
    return f"{number:,}"


def records(number: int) -> str:
    """``1 record``, ``512 records``."""
    return f"{number:,} {'record' if number == 1 else 'records'}"


def beyond_doubt(percent: float) -> str:
    """A confidence, or one of its parts, of 100: rounded down, and 100 only when nothing is in doubt.

    The small step before rounding down keeps 93 at 93 when floating point made it 92.999999999.
    """
    return "100" if percent >= 100 else str(min(99, math.floor(percent + 1e-9)))


def band(confidence: float, bands: ConfidenceBands) -> str:
    """High, Medium or Low by the portal's bands."""
    if confidence >= bands.high:
        return "High"
    return "Medium" if confidence >= bands.medium else "Low"


def listed(names: Sequence[str], last: str = "and") -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
