"""How long one date usually comes after another: what a first share of a table with two dates is about."""

from __future__ import annotations

from sqlglot import exp

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guess_pairs import Order
from data_access.scaffold.guessed import Delay
from data_access.scaffold.profile import ColumnProfile, TableProfile

DAYS = (1, 2, 3, 5, 7, 10, 14, 20, 21, 28, 30, 42, 45, 56, 60, 84, 90, 120, 140, 180, 365, 730)
"""The spans that public services promise, in days."""
USUAL = 0.75  # the share of the records that come within the span which is taken for the usual one
NEARLY_ALL = 0.99  # a share that is always met tells nothing


def usual_delay(profile: TableProfile, order: Order) -> Delay | None:
    """The delay between the two dates in order that most records have; None where there is no telling one."""
    pairs = [(first, then) for first, then in order.pairs if order.before(then) == first]
    if not pairs:
        return None
    first, then = max(pairs, key=lambda pair: order.pairs[pair][1])
    start, end = profile.columns[first], profile.columns[then]
    row = profile.ask(queries.count_where(profile.node, [_within(start, end, days) for days in DAYS]))[0]
    both = order.pairs[first, then][1]
    for place, days in enumerate(DAYS):
        within = int(row[f"c{place}"])
        if within >= USUAL * both:
            return Delay(start, end, days, within, both) if within < NEARLY_ALL * both else None
    return None


def _within(start: ColumnProfile, end: ColumnProfile, days: int) -> exp.Expr:
    first, then = (exp.cast(queries.cell(column.name), "date") for column in (start, end))
    return exp.LTE(
        this=exp.DateDiff(this=then, expression=first, unit=exp.var("day")), expression=exp.Literal.number(days)
    )
