"""Conditions of the allow-list (certainty §7): AND OR NOT, comparisons, IN, BETWEEN, LIKE, IS, whole-value patterns.

One part of the reader in ``sql_kinds.py``.
"""

from __future__ import annotations

from sqlglot import exp

from data_access.definitions.patterns import pattern_fault
from data_access.definitions.sql_meetings import Kind, Meetings
from data_access.definitions.sql_words import SqlProblem, quoted, refusal, text_of


class Comparing(Meetings):
    """The kinds of conditions: always true, false or unknown."""

    def logic(self, node: exp.Expression) -> Kind:
        for part in node.iter_expressions():
            self.must_be(part, ("boolean",), f"{type(node).__name__.upper()} joins conditions")
        return "boolean"

    def paren(self, node: exp.Expression) -> Kind:
        return self.kind(node.this)

    def is_(self, node: exp.Expression) -> Kind:
        kind = self.kind(node.this)
        if isinstance(node.expression, exp.Boolean) and kind != "boolean":
            raise SqlProblem(
                f"IS {text_of(node.expression)} needs something true or false; {quoted(node.this)} is {kind}"
            )
        if not isinstance(node.expression, exp.Boolean | exp.Null):
            raise SqlProblem("after IS only NULL, TRUE, FALSE or DISTINCT FROM may stand; to compare values write =")
        return "boolean"

    def equal(self, node: exp.Expression) -> Kind:
        self.comparable(node.this, node.expression, blank=isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ))
        return "boolean"

    def ordered(self, node: exp.Expression) -> Kind:
        self.orderable(self.comparable(node.this, node.expression), node)
        return "boolean"

    def between(self, node: exp.Expression) -> Kind:
        for end in ("low", "high"):
            self.orderable(self.comparable(node.this, node.args[end]), node)
        if node.args.get("symmetric"):
            raise SqlProblem("BETWEEN SYMMETRIC is refused; write the lower end first")
        return "boolean"

    def in_(self, node: exp.Expression) -> Kind:
        if node.args.get("query"):
            raise refusal(node.args["query"])
        if not node.expressions or any(node.args.get(part) for part in ("unnest", "field", "is_global")):
            raise SqlProblem("IN needs a list of values in brackets, such as IN ('A', 'B')")
        for item in node.expressions:
            bare = item.this if isinstance(item, exp.Neg) else item
            if not isinstance(bare, exp.Literal | exp.Cast):
                raise SqlProblem(f"{quoted(item)} may not stand after IN: only values written out")
            self.comparable(node.this, item)
        return "boolean"

    def like(self, node: exp.Expression) -> Kind:
        self.must_be(node.this, ("text",), "LIKE compares text")
        if not node.expression.is_string:
            raise SqlProblem("after LIKE a text in quotes must stand")
        if "\\" in node.expression.name:
            raise SqlProblem("a backslash after LIKE is refused: the databases read it differently; leave it out")
        return "boolean"

    def starts_with(self, node: exp.Expression) -> Kind:
        self.all_of(node, ("text",), "starts_with compares text")
        return "boolean"

    def regexp(self, node: exp.Expression) -> Kind:
        self.must_be(node.this, ("text",), "regexp_full_match reads text")
        if node.args.get("options"):
            raise SqlProblem("regexp_full_match with a flag is refused; spell both cases, [Aa]")
        if not node.expression.is_string:
            raise SqlProblem("the pattern of regexp_full_match must be written out in quotes")
        if fault := pattern_fault(node.expression.this):
            raise SqlProblem(f"the pattern {fault}")
        return "boolean"
