"""Three-valued rewriting of a condition: yes, no, or NULL for *in doubt* (certainty §2).

NOT is pushed through AND, OR and parentheses only; what is left are atoms. An atom that reads a
doubtful cell becomes NULL, any other is forced to true or false, and SQL's own AND and OR do the rest.
Making the doubtful value itself NULL would be wrong: ``closed IS NOT NULL`` would become a certain no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlglot import exp

Flags = Mapping[str, exp.Expr]


def three_valued(condition: exp.Expr | None, doubtful: Flags) -> exp.Expr:
    """The condition as a tree that is TRUE, FALSE or NULL (in doubt) for every record.

    ``doubtful`` maps a column to the flag that is true where its cell is doubtful; a column without a
    flag is never doubtful. No condition at all is TRUE.
    """
    if condition is None:
        return exp.true()
    return _rewrite(condition, doubtful, negated=False)


def _rewrite(node: exp.Expr, doubtful: Flags, *, negated: bool) -> exp.Expr:
    if isinstance(node, exp.Paren):
        return _rewrite(node.this, doubtful, negated=negated)
    if isinstance(node, exp.Not):
        return _rewrite(node.this, doubtful, negated=not negated)
    if isinstance(node, exp.And | exp.Or):
        left = _rewrite(node.this, doubtful, negated=negated)
        right = _rewrite(node.expression, doubtful, negated=negated)
        joins_all = isinstance(node, exp.And) != negated
        return exp.and_(left, right) if joins_all else exp.or_(left, right)
    return _atom(exp.Not(this=exp.paren(node.copy())) if negated else node.copy(), doubtful)


def _atom(atom: exp.Expr, doubtful: Flags) -> exp.Expr:
    decided = exp.Coalesce(this=exp.paren(atom), expressions=[exp.false()])
    flags = [doubtful[name].copy() for name in columns_read(atom) if name in doubtful]
    if not flags:
        return decided
    return exp.Case().when(exp.or_(*flags), exp.null()).else_(decided)


def columns_read(*expressions: exp.Expr | None) -> tuple[str, ...]:
    """The columns that the expressions read, in order of appearance, without repeats."""
    names: dict[str, None] = {}
    for expression in expressions:
        for column in _columns(expression):
            names[column.name] = None
    return tuple(names)


def _columns(expression: exp.Expr | None) -> Iterator[exp.Column]:
    if expression is not None:
        yield from expression.find_all(exp.Column, bfs=False)


def ground(expression: exp.Expr, today: date) -> exp.Expr:
    """The expression with the portal's day for ``current_date`` (certainty §7)."""
    return expression.transform(lambda node: day(today) if isinstance(node, exp.CurrentDate) else node)


def day(value: date) -> exp.Expr:
    """A date literal as a typed node."""
    return exp.cast(exp.Literal.string(value.isoformat()), "date")
