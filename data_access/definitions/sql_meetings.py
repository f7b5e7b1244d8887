"""What the allow-list's methods share: which kinds of value may meet, and how that is said.

``sql_kinds.py`` alone builds on this. The one change made to a tree stands here: a date in quotes that meets
a date becomes a date literal.
"""

from __future__ import annotations

from typing import Literal

from sqlglot import exp

from data_access.definitions.days import as_day, as_moment
from data_access.definitions.sql_words import SqlProblem, quoted

Kind = Literal["text", "number", "boolean", "date", "timestamp", "time", "interval", "blank"]

DAYS: tuple[Kind, ...] = ("date", "timestamp")


class Meetings:
    """The rules on which kinds may meet. The kind of a node comes from the class that builds on this."""

    def kind(self, node: exp.Expression) -> Kind:
        """The kind of this node's value."""
        raise NotImplementedError

    def must_be(self, node: exp.Expression, kinds: tuple[Kind, ...], why: str) -> Kind:
        kind = self.kind(node)
        if kind not in kinds:
            raise SqlProblem(f"{why}; {quoted(node)} is {a_kind(kind)}")
        return kind

    def all_of(self, node: exp.Expression, kinds: tuple[Kind, ...], why: str) -> Kind:
        for part in node.iter_expressions():
            self.must_be(part, kinds, why)
        return kinds[0]

    def same(self, parts: list[exp.Expression], node: exp.Expression) -> Kind:
        """The one kind of all these parts, blanks apart."""
        known: list[tuple[exp.Expression, Kind]] = [
            (part, kind) for part in parts if (kind := self.kind(part)) != "blank"
        ]
        if not known:
            raise SqlProblem(f"{quoted(node)} is always blank")
        # a date in quotes takes after the dates beside it, so it is never what the others are held against
        first = next((part for part, _ in known if not part.is_string), known[0][0])
        kind = self.kind(first)
        for part, _ in known:
            if part is not first:
                kind = self.comparable(first, part)
        return kind

    def comparable(self, left: exp.Expression, right: exp.Expression, blank: bool = False) -> Kind:
        """The kind that both sides share; a date in quotes beside a date becomes a date literal."""
        one, other = self.kind(left), self.kind(right)
        for here, there, literal in ((one, other, right), (other, one, left)):
            if here in DAYS and there == "text" and literal.is_string:
                to_date(literal, here)
                return here
        if "blank" in (one, other):
            if blank:
                return other if one == "blank" else one
            raise SqlProblem("nothing is equal to NULL; write IS NULL or IS NOT NULL")
        if one != other and not {one, other} <= set(DAYS) and not ({one, other} == {"time", "text"}):
            raise SqlProblem(_unlike(left, one, right, other))
        return one

    def orderable(self, kind: Kind, node: exp.Expression) -> None:
        if kind == "text":
            raise SqlProblem(
                f"{quoted(node)}: text is compared with = and <> only, because the databases order it differently"
            )
        if kind in ("boolean", "interval"):
            raise SqlProblem(f"{quoted(node)}: {kind} values have no order; compare them with = and <>")


def a_kind(kind: Kind) -> str:
    return {"boolean": "true or false", "text": "text", "blank": "blank"}.get(kind, f"a {kind}").replace(
        "a interval", "an interval"
    )


def _unlike(left: exp.Expression, one: Kind, right: exp.Expression, other: Kind) -> str:
    hint = ""
    for side, kind, against in ((left, one, other), (right, other, one)):
        if isinstance(side, exp.Literal) and {kind, against} == {"text", "number"}:
            hint = f"; write '{side.this}' in quotes" if kind == "number" else f"; write {side.this} without quotes"
    return f"{quoted(left)} is {a_kind(one)} and {quoted(right)} is {a_kind(other)}: they cannot be compared{hint}"


def dated(literal: exp.Expression, kind: str) -> Kind:
    """The kind, when the text is a day (or moment) that exists, written YYYY-MM-DD."""
    if (as_day(literal.name) if kind == "date" else as_moment(literal.name)) is None:
        raise SqlProblem(f"'{literal.name}' is not a date; write it as '2026-03-31'")
    return "date" if kind == "date" else "timestamp"


def to_date(literal: exp.Expression, kind: Kind) -> None:
    dated(literal, kind)
    literal.replace(exp.cast(literal.copy(), "DATE" if kind == "date" else "TIMESTAMP"))
