"""Between which numbers a doubtful measure lies (certainty §1, *Domains*)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

from data_access.certainty.doubts import may_be_blank
from data_access.certainty.rewrite import columns_read
from data_access.definitions.models import Contract, Limits, Rule
from data_access.definitions.sql import is_bare_column


@dataclass(frozen=True)
class Span:
    """A doubtful measure's least and greatest value, None where no limit is declared, and whether it may be blank."""

    least: float | None
    greatest: float | None
    may_be_blank: bool

    @property
    def with_blank_as_zero(self) -> Span:
        """The span of what is added to a sum: a blank adds 0."""
        if not self.may_be_blank:
            return self
        least = None if self.least is None else min(self.least, 0.0)
        greatest = None if self.greatest is None else max(self.greatest, 0.0)
        return Span(least, greatest, may_be_blank=True)

    @property
    def not_below_zero(self) -> Span:
        """The span of a ratio's per, which a definition must not let fall below 0."""
        return Span(max(0.0, self.least or 0.0), self.greatest, self.may_be_blank)


def span_of(expression: exp.Expr, contract: Contract, limits: Limits | None, rules: Iterable[Rule]) -> Span:
    """The span of a measure: its column's declared values or limits, or the metric's where it is more than a column."""
    rules = tuple(rules)
    read = columns_read(expression)
    blank = any(may_be_blank(contract, name, rules) for name in read) or _may_make_a_blank(expression)
    if is_bare_column(expression):
        least, greatest = contract.columns[read[0]].span
    else:
        least, greatest = (limits.minimum, limits.maximum) if limits else (None, None)
    return Span(least, greatest, blank)


def _may_make_a_blank(expression: exp.Expr) -> bool:
    """Whether it may be blank though no column is: a division by nothing, NULLIF, NULL, or a CASE without ELSE."""
    if expression.find(exp.Nullif, exp.Div, exp.Null):
        return True
    return any(case.args.get("default") is None for case in expression.find_all(exp.Case))
