"""Numbers, text and days of the allow-list (certainty §7): arithmetic, the few functions, intervals.

One part of the reader in ``sql_kinds.py``. A division by nothing and the many spellings of an interval are
brought to one form here, so that every engine renders the same meaning.
"""

from __future__ import annotations

from sqlglot import exp

from data_access.definitions.sql_meetings import DAYS, Kind, Meetings, a_kind, to_date
from data_access.definitions.sql_words import SqlProblem, quoted, text_of
from data_access.errors import nearest

_CUTS = ("day", "week", "month", "quarter", "year")
_SPANS = ("day", "week", "month", "year")  # PostgreSQL has no interval in quarters


class Calculating(Meetings):
    """The kinds of values that are worked out from others."""

    def arithmetic(self, node: exp.Expression) -> Kind:
        sign = "+" if isinstance(node, exp.Add) else "-" if isinstance(node, exp.Sub) else None
        left, right = self.kind(node.this), self.kind(node.expression)
        if sign and left in DAYS and right == "interval":
            return left
        if sign == "-" and left in DAYS and right in DAYS:
            raise SqlProblem(
                "one date minus another is refused, the databases differ; write date_diff('day', first, second)"
            )
        if sign and left in DAYS and right == "number":
            raise SqlProblem(
                f"write the days as an interval: {text_of(node.this)} {sign} interval {text_of(node.expression)} day"
            )
        self.all_of(node, ("number",), f"{quoted(node)} calculates with numbers")
        if isinstance(node, exp.Div):
            self._safe_division(node)
        return "number"

    @staticmethod
    def _safe_division(node: exp.Div) -> None:
        """A division by nothing is blank on every engine: the divisor becomes NULLIF(divisor, 0)."""
        divisor = node.expression.unnest()
        if isinstance(divisor, exp.Literal) and float(divisor.this) == 0:
            raise SqlProblem(f"{quoted(node)} divides by 0")
        if not isinstance(divisor, exp.Literal | exp.Nullif):
            node.set("expression", exp.Nullif(this=node.expression.copy(), expression=exp.Literal.number(0)))

    def number(self, node: exp.Expression) -> Kind:
        return self.all_of(node, ("number",), f"{quoted(node)} needs a number")

    def text(self, node: exp.Expression) -> Kind:
        extra = [
            name
            for name, value in node.args.items()
            if value and name in {"position", "binary", "encoding", "collation"}
        ]
        if extra or (isinstance(node, exp.Trim) and node.expression):
            raise SqlProblem(f"{quoted(node)} is refused: only the plain form, with one value, is answered alike")
        self.all_of(node, ("text",), f"{quoted(node)} needs text")
        return "number" if isinstance(node, exp.Length) else "text"

    def replace(self, node: exp.Expression) -> Kind:
        if node.args.get("replacement") is None:
            raise SqlProblem("replace takes three values: the text, what to look for, what to put there")
        return self.text(node)

    def cut(self, node: exp.Expression) -> Kind:
        self.must_be(node.this, ("text",), f"{quoted(node)} cuts text")
        if not (isinstance(node.expression, exp.Literal) and node.expression.this.isdigit()):
            raise SqlProblem(f"{quoted(node)}: the number of characters must be written out, 0 or more")
        return "text"

    def interval(self, node: exp.Expression) -> Kind:
        unit = node.args.get("unit")
        amount, name = node.this.name, (unit.name if unit is not None else "").lower()
        if not name and node.this.is_string:
            amount, _, name = amount.strip().partition(" ")
        name = name.lower().removesuffix("s")
        if not amount.isdigit() or not isinstance(node.this, exp.Literal):
            raise SqlProblem("an interval is a whole number and a unit, such as interval 3 month")
        if name not in _SPANS:
            raise SqlProblem(f"an interval is counted in {', '.join(_SPANS)}, not in '{name}'", nearest(name, _SPANS))
        node.set("this", exp.Literal.string(amount))
        node.set("unit", exp.var(name.upper()))
        return "interval"

    def date_diff(self, node: exp.Expression) -> Kind:
        unit = node.args["unit"].name.lower() if node.args.get("unit") else ""
        if unit != "day":
            raise SqlProblem(
                f"date_diff counts in 'day' only, not in '{unit}': the databases count the rest differently", "day"
            )
        for part in (node.this, node.expression):
            kind = self.kind(part)
            if kind == "text" and part.is_string:
                to_date(part, "date")
            elif kind != "date":
                raise SqlProblem(
                    f"date_diff needs dates; {quoted(part)} is {a_kind(kind)}; have the warehouse prepare a date"
                )
        return "number"

    def date_trunc(self, node: exp.Expression) -> Kind:
        unit = node.args["unit"].name.lower()
        if unit not in _CUTS:
            raise SqlProblem(f"date_trunc cuts to {', '.join(_CUTS)}, not to '{unit}'", nearest(unit, _CUTS))
        return self.must_be(node.this, DAYS, "date_trunc needs a date")

    def part_of_date(self, node: exp.Expression) -> Kind:
        self.must_be(node.this, DAYS, f"{quoted(node)} needs a date")
        return "number"
