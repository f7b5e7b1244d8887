"""Whether a column's checks leave any value that passes them all: without one, every record is in doubt for ever.

``contract.py`` calls :func:`check_domains` once all rules are known. Only codes can be tried one by one; for the
rest the limits are held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column, Rule


def check_domains(
    findings: Findings, columns: Mapping[str, Column], places: Mapping[str, KeyPath], rules: Sequence[Rule]
) -> None:
    """Report each column for which no value is valid."""
    for name, column in columns.items():
        own = [rule for rule in rules if rule.columns == (name,)]
        lists = [rule.values for rule in own if rule.kind == "values" and rule.values]
        if lists and not any(_passes(code, column, own) for code in lists[0]):
            listed = ", ".join(lists[0][:5])
            reason = f"no value is valid: none of {listed} passes all checks of '{column.name}'"
            findings.add(places[name], f"{reason}; let its lists, limits and patterns share a value")
        elif _leave_nothing(column, own):
            reason = f"no value is valid: the limits {_words(column)} leave nothing between them"
            findings.add((*places[name], "logicalTypeOptions"), reason)


def _passes(code: str, column: Column, rules: Sequence[Rule]) -> bool:
    """Whether a code passes every list, limit and pattern of its column."""
    return all(_meets(code, column, rule) for rule in rules)


def _meets(code: str, column: Column, rule: Rule) -> bool:
    if rule.kind == "values":
        return not rule.values or code in rule.values
    if rule.kind == "pattern" and rule.pattern is not None:
        return re.fullmatch(rule.pattern, code) is not None
    if rule.kind == "limits":
        return _within(float(len(code)) if rule.length else _ordered(code, column), rule)
    return True


def _within(value: str | float | None, rule: Rule) -> bool:
    """Whether a value lies within the rule's limits; yes where it cannot be told."""
    low, high = rule.minimum, rule.maximum
    if value is None:
        return True
    above = low is None or low < value or (low == value and not rule.exclusive_minimum)  # type: ignore[operator]
    return above and (high is None or value < high or (high == value and not rule.exclusive_maximum))  # type: ignore[operator]


def _ordered(code: str, column: Column) -> str | float | None:
    """A code as the column's limits are written: a number, or the ISO text of a date."""
    try:
        return float(code) if column.type in ("integer", "number") else code
    except ValueError:
        return None  # reported as no number where the code stands


def _leave_nothing(column: Column, rules: Sequence[Rule]) -> bool:
    """Whether the ends are one value that an exclusive limit takes away."""
    limits = [rule for rule in rules if rule.kind == "limits" and not rule.length]
    return any(
        column.minimum is not None
        and column.minimum == column.maximum
        and (rule.exclusive_minimum or rule.exclusive_maximum)
        for rule in limits
    )


def _words(column: Column) -> str:
    return " and ".join(f"{end:g}" if isinstance(end, float) else str(end) for end in (column.minimum, column.maximum))
