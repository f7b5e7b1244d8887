"""Holds a question against the metric and its contract: every name and value must be one it knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access.definitions.models import BLANK, Column, Contract, Metric
from data_access.errors import QuestionError, did_you_mean
from data_access.questions import Query

MOST_DIMENSIONS = 4
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Question:
    """A validated query: ``by`` and ``where`` name columns, ``where`` holds codes.

    ``limits`` are the row rules that apply to this viewer, of the same shape as ``where``.
    """

    query: Query
    metric: Metric
    contract: Contract
    by: tuple[str, ...]
    where: tuple[tuple[str, frozenset[str]], ...]
    limits: tuple[tuple[str, frozenset[str]], ...]

    @property
    def chosen(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The values that may count, once a column: those asked for that the row rules allow as well."""
        values: dict[str, frozenset[str]] = {}
        for name, wanted in (*self.limits, *self.where):
            values[name] = values[name] & wanted if name in values else wanted
        return tuple(sorted(values.items()))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every column the question slices by, without repeats, in a fixed order (it is a cache's key)."""
        used = {*self.by, *(name for name, _ in (*self.where, *self.limits))}
        return tuple(name for name in self.contract.columns if name in used)


def require_dimensions(names: Iterable[str], metric: Metric, allowed: tuple[str, ...]) -> None:
    """Raises QuestionError for the first name that is not among the allowed dimensions."""
    for name in names:
        if name not in allowed:
            raise _unknown(name, "dimension", metric.name, allowed)


def validated(
    query: Query, metric: Metric, contract: Contract, limits: tuple[tuple[str, frozenset[str]], ...]
) -> Question:
    """The question, or a QuestionError that names what is wrong and the nearest right spelling.

    The names of dimensions have been held against what the viewer may use (``require_dimensions``).
    """
    if len(set(query.by)) != len(query.by):
        raise QuestionError("A dimension is asked for twice.")
    if len(query.by) > MOST_DIMENSIONS:
        raise QuestionError(
            f"At most {MOST_DIMENSIONS} dimensions can be asked for at once; this asks for {len(query.by)}."
        )
    for day in (query.start, query.end):
        if day and not EARLIEST <= day <= LATEST:
            raise QuestionError(f"{day.isoformat()} is too far off; ask for days from {EARLIEST} to {LATEST}.")
    if query.start and query.end and query.start > query.end:
        raise QuestionError("The first day asked for is after the last.")
    chosen: dict[str, set[str]] = {}
    for name, values in query.where:
        codes = {code_of(contract.columns[name], value) for value in values}
        if not codes:
            raise QuestionError(f"The filter on {contract.columns[name].label} names no value.")
        chosen.setdefault(name, set()).update(codes)
    where = tuple((name, frozenset(codes)) for name, codes in sorted(chosen.items()))
    return Question(query, metric, contract, query.by, where, limits)


def code_of(column: Column, value: str) -> str:
    """The code that a filter value means: a code itself, the name of one, or a value of the column's type.

    Raises QuestionError with the nearest code or name, or with what the column holds.
    """
    if value == BLANK or value in column.values:
        return value
    if column.values:
        by_label = {label.lower(): code for code, label in column.values.items()}
        if value.lower() in by_label:
            return by_label[value.lower()]
        raise _unknown(value, "value", column.label, (*column.values, *column.values.values()))
    if column.type == "boolean" and value.lower() in ("true", "false"):
        return value.lower()
    if column.type in ("integer", "number") and (number := _number(value)) is not None:
        return f"{number:.0f}" if number.is_integer() else repr(number)
    if column.type in ("boolean", "integer", "number"):
        held = {"boolean": "true or false", "integer": "whole numbers", "number": "numbers"}[column.type]
        raise QuestionError(f"'{value[:80]}' is not a value of {column.label}, which holds {held}.")
    return value


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None  # beyond, not every whole number is one


def _unknown(name: str, what: str, of: str, choices: tuple[str, ...]) -> QuestionError:
    return QuestionError(f"'{name[:80]}' is not a {what} of {of}.{did_you_mean(name, choices)}")
