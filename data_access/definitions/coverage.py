"""Which columns the checks of a contract look at, and warnings where a metric reads one that too few look at.

A check looks at the columns that it makes doubtful when it fails (certainty §4, "Not assessed"). ``load.py``
warns; the certainty of an answer asks the same of the columns that one question reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Contract, Metric, Rule
from data_access.definitions.sql import SqlProblem, columns_of, parse_condition, parse_value


def looking_at(contract: Contract) -> dict[str, tuple[Rule, ...]]:
    """For each column of the contract, the rules that look at it."""
    return {name: tuple(rule for rule in contract.rules if name in rule.columns) for name in contract.columns}


def columns_read(metric: Metric, contract: Contract) -> tuple[str, ...]:
    """Every column that some question about the metric reads: its SQL, time, dimensions and the record key."""
    read: list[str] = []
    for text in (metric.where, metric.numerator):
        if text is not None:
            read += _columns(text, contract, condition=True)
    for text in (metric.measure, metric.per):
        if text is not None:
            read += _columns(text, contract, condition=False)
    read += [metric.time, *metric.dimensions, *contract.record_key]
    return tuple(dict.fromkeys(name for name in read if name in contract.columns))


def _columns(text: str, contract: Contract, condition: bool) -> tuple[str, ...]:
    """The columns of one expression; none when it is refused, which is reported where the metric is checked."""
    try:
        if condition:
            return columns_of(parse_condition(text, contract.columns))
        return columns_of(parse_value(text, contract.columns, numeric=False))
    except SqlProblem:
        return ()


def warn_uncovered(
    findings: Findings, contract: Contract, metrics: Iterable[Metric], places: Mapping[str, KeyPath]
) -> None:
    """Warn, at the column, where metrics read it and no check looks at it, or only that it is not blank."""
    readers: dict[str, list[str]] = {}
    for metric in metrics:
        for column in columns_read(metric, contract):
            readers.setdefault(column, []).append(metric.id)
    for column, rules in looking_at(contract).items():
        if column not in readers:
            continue
        by = f"read by {', '.join(readers[column])}"
        if not rules:
            reason = f"no check looks at '{column}', {by}: figures that use it will be 'not assessed'"
            findings.add(places[column], reason, severity="warning")
        elif all(rule.kind == "required" for rule in rules):
            reason = f"that it is not blank is the only check of '{column}', {by}: a wrong value would go unnoticed"
            findings.add(places[column], reason, severity="warning")
