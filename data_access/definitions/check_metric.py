"""What a metric says, held against the contract of its dataset and against itself.

``load.py`` calls :func:`check_metric` for every metric that has the right shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data_access.definitions.document import Findings, KeyPath, missing
from data_access.definitions.models import Column, Contract, Metric
from data_access.definitions.review import review_interval
from data_access.definitions.sql import SqlProblem, columns_of, is_bare_column, parse_condition, parse_value, report
from data_access.errors import nearest

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "count": (),
    "share": ("numerator",),
    "count_distinct": ("measure",),
    "sum": ("measure",),
    "average": ("measure",),
    "median": ("measure",),
    "percentile": ("measure", "percentile"),
    "ratio": ("measure", "per"),
}
_ONLY_FOR = {
    "numerator": "share",
    "measure": "sum, average, median, percentile, count_distinct and ratio",
    "per": "ratio",
    "percentile": "the type percentile",
}


def check_metric(findings: Findings, path: KeyPath, metric: Metric, contract: Contract | None, today: date) -> None:
    """Report everything that is wrong. ``contract`` is None when the dataset's own file has no usable columns."""
    _check_type(findings, path, metric)
    _check_numbers(findings, path, metric)
    _check_dates(findings, path, metric, today)
    if contract is not None:
        _check_columns(findings, path, metric, contract)
        _check_sql(findings, path, metric, contract)


def _check_type(findings: Findings, path: KeyPath, metric: Metric) -> None:
    if not findings.is_sure((*path, "type")):
        return
    needed = _NEEDS[metric.type]
    for key, types in _ONLY_FOR.items():
        given = getattr(metric, key) is not None
        if key in needed and not given:
            findings.add((*path, key), f"{missing(key)}: a metric of type '{metric.type}' needs it")
        elif given and key not in needed:
            findings.add((*path, key), f"'{key}' is for {types}; this metric is of type '{metric.type}'")


def _check_numbers(findings: Findings, path: KeyPath, metric: Metric) -> None:
    if metric.percentile is not None and not 0 < metric.percentile < 100:
        findings.add((*path, "percentile"), f"must be more than 0 and less than 100, not {metric.percentile:g}")
    if not findings.is_sure((*path, "type")):
        return
    if metric.type == "share" and metric.unit != "percent":
        findings.add((*path, "unit"), f"a share is in percent; '{metric.unit}' cannot be its unit", "percent")
    if metric.type in ("count", "count_distinct") and metric.unit == "percent":
        findings.add((*path, "unit"), "a count is not in percent", "number")
    if metric.target is not None and metric.better == "neither" and findings.is_sure((*path, "better")):
        place = (*path, "better") if findings.document.at((*path, "better")) else (*path, "target")
        findings.add(place, "a target needs 'better: higher' or 'better: lower', or nothing can be said to meet it")
    if metric.target is not None and metric.unit == "percent" and metric.type == "share":
        if not 0 <= metric.target.value <= 100:
            findings.add((*path, "target", "value"), f"a share lies between 0 and 100, not at {metric.target.value:g}")
        elif 0 < metric.target.value < 1:
            reason = (
                f"the target is {metric.target.value:g}%, less than one in a hundred; percentages run from 0 to 100"
            )
            findings.add((*path, "target", "value"), reason, severity="warning")
    limits = metric.limits
    if limits and limits.minimum is not None and limits.maximum is not None and limits.minimum > limits.maximum:
        findings.add((*path, "limits"), f"the minimum {limits.minimum:g} is above the maximum {limits.maximum:g}")


def _check_dates(findings: Findings, path: KeyPath, metric: Metric, today: date) -> None:
    if metric.reviewed is not None and metric.reviewed > today:
        findings.add((*path, "reviewed"), f"{metric.reviewed} lies in the future; the portal's day is {today}")
    if metric.review_every is not None:
        try:
            review_interval(metric.review_every)
        except ValueError as error:
            findings.add((*path, "review_every"), str(error))
    if not findings.is_sure((*path, "version")):
        return
    seen: set[int] = set()
    for index, entry in enumerate(metric.history):
        place = (*path, "history", index, "version")
        if entry.version > metric.version:
            findings.add(place, f"version {entry.version} is above the metric's own version, {metric.version}")
        if entry.version in seen:
            findings.add(place, f"version {entry.version} is described twice")
        seen.add(entry.version)


def _check_columns(findings: Findings, path: KeyPath, metric: Metric, contract: Contract) -> None:
    time = contract.columns.get(metric.time)
    if time is None:
        findings.add((*path, "time"), _no_column(metric.time, contract), nearest(metric.time, contract.columns))
    elif time.type not in ("date", "timestamp"):
        findings.add((*path, "time"), f"'{metric.time}' is of type {time.type}; a record is counted at a date")
    for index, name in enumerate(metric.dimensions):
        place = (*path, "dimensions", index)
        if name not in contract.columns:
            findings.add(place, _no_column(name, contract), nearest(name, contract.columns))
        if name in metric.dimensions[:index]:
            findings.add(place, f"the dimension '{name}' is listed twice")


def _no_column(name: str, contract: Contract) -> str:
    return f"the dataset '{contract.id}' has no column '{name}'"


def _check_sql(findings: Findings, path: KeyPath, metric: Metric, contract: Contract) -> None:
    for key in ("where", "numerator"):
        text = getattr(metric, key)
        if text is not None:
            try:
                parse_condition(text, contract.columns)
            except SqlProblem as problem:
                report(findings, (*path, key), problem)
    bounded = False
    for key in ("measure", "per"):
        text = getattr(metric, key)
        if text is None:
            continue
        try:
            expression = parse_value(text, contract.columns, numeric=metric.type != "count_distinct")
        except SqlProblem as problem:
            report(findings, (*path, key), problem)
            bounded = True  # or not: that cannot be told
            continue
        bare = is_bare_column(expression)
        bounded |= not bare and metric.type != "count_distinct"
        if not bare and metric.limits is None and metric.type != "count_distinct":
            reason = f"{missing('limits')}: '{key}' is more than a column, so say between which numbers it lies"
            findings.add((*path, "limits"), reason)
        elif key == "per":
            _check_per(findings, path, metric, contract.columns[columns_of(expression)[0]] if bare else None)
    if metric.limits is not None and not bounded and findings.is_sure((*path, "type")):
        reason = "'limits' bounds a 'measure' or 'per' that is more than a column; a column has limits in its dataset"
        findings.add((*path, "limits"), reason)


def _check_per(findings: Findings, path: KeyPath, metric: Metric, column: Column | None) -> None:
    """A ratio's per must not fall below 0, or no range could be given."""
    if column is None:
        if metric.limits is not None and (metric.limits.minimum is None or metric.limits.minimum < 0):
            reason = "'per' is more than a column and must never be below 0: give limits with a minimum of 0 or more"
            findings.add((*path, "limits"), reason)
        return
    least = column.span[0]
    if least is None or least < 0:
        reason = f"'per' must never be below 0: declare a minimum of 0 or more for the column '{column.name}'"
        findings.add((*path, "per"), reason)
