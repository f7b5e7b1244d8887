"""What a slide says, in words short enough to be read from afar. Pure; ``words`` has the judgements on one figure."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.definitions.models import Contract, Metric, Rule
from data_access.questions import Row, Verdict
from pages.parts import numbers, words

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def headline(counts: Mapping[Verdict, int], *, latest: bool) -> str:
    """``One target is missed, two numbers cannot support a decision today``: in the order of ``counts``.

    ``latest``: the figures are the newest, so that *today* is true.
    """
    today = " today" if latest else ""
    said = {
        "missed": ("target is missed", "targets are missed"),
        "cannot_tell": (f"number cannot support a decision{today}", f"numbers cannot support a decision{today}"),
        "likely_missed": ("target is likely missed", "targets are likely missed"),
        "likely_met": ("target is likely met", "targets are likely met"),
        "met": ("target is met", "targets are met"),
    }
    parts = [f"{_number(count)} {said[verdict][count != 1]}" for verdict, count in counts.items() if count]
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def all_met(count: int) -> str:
    """``All five targets are met``."""
    if count > 2:
        return f"All {_number(count)} targets are met"
    return "The one target is met" if count == 1 else "Both targets are met"


def without_verdict(count: int, *, no_target: bool) -> str:
    """``Two numbers have no target.`` ``no_target``: that is why none of them has a verdict."""
    if no_target:
        text = f"{_number(count)} {'number has' if count == 1 else 'numbers have'} no target."
        return text[:1].upper() + text[1:]
    return f"For {_number(count)} {'number' if count == 1 else 'numbers'} there is no target, or no verdict on it."


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else numbers.count(count)


def doubt(row: Row, contract: Contract, *, fix: bool) -> str:
    """How many records are in doubt, the check that most of them fail and, where wanted, what to change for it."""
    said = words.doubt(row)
    rule, failing = most_blamed(row, contract)
    if not row.in_doubt or rule is None:
        return said
    by = "" if row.in_doubt == 1 else " all" if failing >= row.in_doubt else f" {numbers.count(failing)} of them"
    said = f"{said.rstrip('.')},{by} by the check “{rule.name}”."
    return f"{said} To put right: {rule.fix}" if fix and rule.fix else said


def most_blamed(row: Row, contract: Contract) -> tuple[Rule | None, int]:
    """The check that most of the records in doubt fail, and how many of them do."""
    id, failing = max(row.doubts, key=lambda one: one[1], default=("", 0))
    return next((rule for rule in contract.rules if rule.id == id and failing), None), failing


def certain(row: Row, metric: Metric) -> str:
    """What decides: ``For certain 58.1 to 66.9%, target 60%``."""
    aim = f"target\N{NO-BREAK SPACE}{numbers.target(row.target, metric)}" if row.target is not None else ""
    if not row.in_doubt:
        return aim.capitalize()
    said = f"For certain {words.span(row.low, row.high, metric)}"
    return f"{said}, {aim}" if aim else said


def likely(row: Row, metric: Metric) -> str:
    """The narrower range: ``Likely 60.8 to 63.5%``; empty where there is none."""
    known = row.likely_low is not None or row.likely_high is not None
    return f"Likely {words.span(row.likely_low, row.likely_high, metric)}" if row.in_doubt and known else ""
