"""Where a doubtful date may lie, and which bucket a date falls in (certainty §1, §6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sqlglot import exp

from data_access.certainty.rewrite import day
from data_access.definitions.models import Contract, Rule

EPOCH = date(1970, 1, 1)


def bucket(when: exp.Expr, unit: Literal["month", "day"]) -> exp.Expr:
    """The date's number of months or days since January 1970, as a tree; NULL for NULL."""
    moment = exp.cast(when, "date")
    if unit == "day":
        return exp.DateDiff(this=moment, expression=day(EPOCH), unit=exp.var("DAY"), date_part_boundary=True)
    years = exp.Mul(
        this=exp.paren(exp.Sub(this=exp.Year(this=moment), expression=_number(EPOCH.year))), expression=_number(12)
    )
    return exp.Sub(this=exp.Add(this=years, expression=exp.Month(this=moment.copy())), expression=_number(1))


def bucket_of(when: date, unit: Literal["month", "day"]) -> int:
    """The same number for a date in hand."""
    if unit == "day":
        return (when - EPOCH).days
    return (when.year - EPOCH.year) * 12 + when.month - 1


def interval(contract: Contract, column: str, rules: Sequence[Rule], today: date) -> tuple[exp.Expr, exp.Expr]:
    """The first and last date a doubtful cell of the column may hold; NULL where that end is open.

    Its declared limits, narrowed by ``between``. An end that is blank or itself doubtful narrows
    nothing. Ends that contradict each other leave the interval open: wider, never narrower.
    """
    declared = contract.columns[column]
    lows, highs = _limits(rules, column, whole_days=declared.type == "date")
    if declared.between:
        lows.append(_end(contract, declared.between[0], today))
        highs.append(_end(contract, declared.between[1], today))
    low, high = _tightest(exp.Greatest, lows), _tightest(exp.Least, highs)
    apart = exp.GT(this=low.copy(), expression=high.copy())
    return (
        exp.Case().when(apart, exp.null()).else_(low),
        exp.Case().when(apart.copy(), exp.null()).else_(high),
    )


def _limits(rules: Sequence[Rule], column: str, *, whole_days: bool) -> tuple[list[exp.Expr], list[exp.Expr]]:
    lows: list[exp.Expr] = []
    highs: list[exp.Expr] = []
    for rule in rules:
        if rule.kind != "limits" or rule.columns != (column,) or rule.length:
            continue
        if rule.minimum is not None:
            # A moment after midnight is still of that day; a date after a date is not.
            lows.append(_moved(rule.minimum, 1 if rule.exclusive_minimum and whole_days else 0))
        if rule.maximum is not None:
            at_midnight = len(str(rule.maximum)) <= len("2026-10-31")
            highs.append(_moved(rule.maximum, -1 if rule.exclusive_maximum and at_midnight else 0))
    return lows, highs


def _moved(limit: str | float, days: int) -> exp.Expr:
    return day(date.fromordinal(date.fromisoformat(str(limit)[:10]).toordinal() + days))


def _end(contract: Contract, end: str | date, today: date) -> exp.Expr:
    if isinstance(end, date):
        return day(end)
    if end == "today":
        return day(today)
    flag = exp.column(f"plumbline_x_{end}", table="flagged", quoted=True)
    cell = exp.cast(exp.column(contract.columns[end].name, table="flagged", quoted=True), "date")
    return exp.Case().when(exp.Not(this=flag), cell)


def _tightest(function: type[exp.Greatest] | type[exp.Least], ends: list[exp.Expr]) -> exp.Expr:
    if not ends:
        return exp.cast(exp.null(), "date")
    if len(ends) == 1:
        return ends[0]
    return function(this=ends[0], expressions=ends[1:], ignore_nulls=True)  # a blank end narrows nothing


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)
