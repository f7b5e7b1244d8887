"""The allow-list itself (certainty §7): one method for each kind of node, each giving the kind of its value.

A node without a method in the table below is refused. Kinds matter because the databases compare unlike
things differently: text only with = and <>, dates with dates, numbers with numbers. Used by ``sql.py`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

from data_access.definitions.models import Column
from data_access.definitions.sql_calculating import Calculating
from data_access.definitions.sql_comparing import Comparing
from data_access.definitions.sql_meetings import Kind, dated
from data_access.definitions.sql_words import SqlProblem, quoted, refusal
from data_access.errors import nearest

# where the parser puts what an allowed form consists of; a surplus value lands elsewhere
_PARTS = frozenset(
    {"this", "expression", "expressions", "low", "high", "default", "true", "to", "unit", "replacement", "query"}
    | {
        "table",
        "db",
        "catalog",
        "options",
        "position",
        "binary",
        "field",
    }  # refused by the forms' own methods, in better words
)
_OF_COLUMN: Mapping[str, Kind] = {"string": "text", "integer": "number"}


class KindReader(Comparing, Calculating):
    """Walks one expression over the columns of one contract; raises SqlProblem at the first thing refused."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        self._known: dict[int, tuple[exp.Expression, Kind]] = {}  # the node is kept, so that its id stays its own

    def kind(self, node: exp.Expression) -> Kind:
        """The kind of this node's value, after everything below it was found allowed."""
        if id(node) in self._known:
            return self._known[id(node)][1]
        method = _METHODS.get(type(node))
        if method is None:
            raise refusal(node)
        for name, part in node.args.items():
            if isinstance(part, exp.Expression) and name not in _PARTS:
                raise SqlProblem(f"a value too many or a form that is not allowed: {quoted(part)}")
        kind = method(self, node)
        self._known[id(node)] = (node, kind)
        return kind

    def column(self, node: exp.Expression) -> Kind:
        if any(node.args.get(part) for part in ("table", "db", "catalog")):
            raise SqlProblem(f"{quoted(node)}: name the column alone, without a table", node.name)
        if node.name not in self.columns:
            raise SqlProblem(f"the dataset has no column '{node.name}'", nearest(node.name, self.columns))
        kind = self.columns[node.name].type
        return _OF_COLUMN.get(kind, kind)  # type: ignore[arg-type]  # the other names are the same

    def literal(self, node: exp.Expression) -> Kind:
        return "text" if node.args["is_string"] else "number"

    def boolean(self, _node: exp.Expression) -> Kind:
        return "boolean"

    def null(self, _node: exp.Expression) -> Kind:
        return "blank"

    def today(self, node: exp.Expression) -> Kind:
        if node.this:
            raise SqlProblem("current_date takes no time zone: it is the portal's day", "current_date")
        return "date"

    def cast(self, node: exp.Expression) -> Kind:
        target = {"DATE": "date", "TIMESTAMP": "timestamp", "TIMESTAMPNTZ": "timestamp"}.get(node.args["to"].this.name)
        if target is None or not node.this.is_string:
            raise refusal(node)
        return dated(node.this, target)

    def alike(self, node: exp.Expression) -> Kind:
        return self.same(list(node.iter_expressions()), node)

    def greatest(self, node: exp.Expression) -> Kind:
        kind = self.alike(node)
        self.orderable(kind, node)
        return kind

    def case(self, node: exp.Expression) -> Kind:
        results = [branch.args["true"] for branch in node.args["ifs"]]
        for branch in node.args["ifs"]:
            if node.this is not None:
                self.comparable(node.this, branch.this)
            else:
                self.must_be(branch.this, ("boolean",), "after WHEN a condition stands")
        default = node.args.get("default")
        return self.same([*results, default] if default is not None else results, node)


_METHODS: Mapping[type[exp.Expression], Callable[[KindReader, exp.Expression], Kind]] = {
    exp.Column: KindReader.column,
    exp.Literal: KindReader.literal,
    exp.Boolean: KindReader.boolean,
    exp.Null: KindReader.null,
    exp.CurrentDate: KindReader.today,
    exp.Cast: KindReader.cast,
    exp.And: KindReader.logic,
    exp.Or: KindReader.logic,
    exp.Not: KindReader.logic,
    exp.Paren: KindReader.paren,
    exp.Is: KindReader.is_,
    exp.EQ: KindReader.equal,
    exp.NEQ: KindReader.equal,
    exp.NullSafeEQ: KindReader.equal,
    exp.NullSafeNEQ: KindReader.equal,
    exp.LT: KindReader.ordered,
    exp.LTE: KindReader.ordered,
    exp.GT: KindReader.ordered,
    exp.GTE: KindReader.ordered,
    exp.Between: KindReader.between,
    exp.In: KindReader.in_,
    exp.Like: KindReader.like,
    exp.StartsWith: KindReader.starts_with,
    exp.RegexpFullMatch: KindReader.regexp,
    exp.Add: KindReader.arithmetic,
    exp.Sub: KindReader.arithmetic,
    exp.Mul: KindReader.arithmetic,
    exp.Div: KindReader.arithmetic,
    exp.Neg: KindReader.number,
    exp.Abs: KindReader.number,
    exp.Upper: KindReader.text,
    exp.Lower: KindReader.text,
    exp.Trim: KindReader.text,
    exp.Length: KindReader.text,
    exp.Replace: KindReader.replace,
    exp.Left: KindReader.cut,
    exp.Right: KindReader.cut,
    exp.Coalesce: KindReader.alike,
    exp.Nullif: KindReader.alike,
    exp.Greatest: KindReader.greatest,
    exp.Least: KindReader.greatest,
    exp.Case: KindReader.case,
    exp.Interval: KindReader.interval,
    exp.DateDiff: KindReader.date_diff,
    exp.TimestampTrunc: KindReader.date_trunc,
    exp.DateTrunc: KindReader.date_trunc,
    exp.Year: KindReader.part_of_date,
    exp.Month: KindReader.part_of_date,
}
