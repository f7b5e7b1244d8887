"""Which cells are doubtful: a contract's checks as conditions on one record (certainty §1)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from sqlglot import exp

from data_access.certainty.rewrite import ground
from data_access.definitions.models import Column, Contract, Rule
from data_access.definitions.sql import columns_of, parse_condition


def is_key_rule(contract: Contract, rule: Rule) -> bool:
    """Whether the rule is the uniqueness of the record key: its failures are copies, not doubtful cells."""
    return rule.kind == "unique" and set(rule.columns) == set(contract.record_key)


def rules_touching(contract: Contract, columns: Iterable[str], rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that make a cell of any of the columns doubtful when they fail."""
    wanted = set(columns)
    return tuple(rule for rule in rules if wanted & set(rule.columns) and not is_key_rule(contract, rule))


def unchecked_columns(contract: Contract, columns: Iterable[str], ran: Iterable[Rule]) -> tuple[str, ...]:
    """The columns that no check which ran looks at, in the contract's order ("not assessed")."""
    looked_at = {name for rule in ran for name in rule.columns}
    wanted = set(columns)
    return tuple(name for name in contract.columns if name in wanted and name not in looked_at)


def may_be_blank(contract: Contract, column: str, rules: Iterable[Rule]) -> bool:
    """Whether a blank is allowed: the column is not required, by its declaration or by a check."""
    required = contract.columns[column].required
    return not required and not any(rule.kind == "required" and column in rule.columns for rule in rules)


def blank(column: Column) -> exp.Expr:
    """True where the cell is blank: NULL, or an empty text."""
    cell = exp.column(column.name, quoted=True)
    missing: exp.Expr = exp.Is(this=cell, expression=exp.null())
    if column.type == "string":
        missing = exp.or_(missing, exp.EQ(this=cell.copy(), expression=exp.Literal.string("")))
    return missing


def fails(rule: Rule, columns: Mapping[str, Column], today: date) -> exp.Expr:
    """A condition that is TRUE where a record fails the rule, else FALSE; never NULL.

    ``unique`` is a window over the whole table, so it may only stand in a SELECT list.
    """
    if rule.kind == "custom":
        assert rule.condition is not None
        condition = ground(parse_condition(rule.condition, columns), today)
        return exp.Not(this=exp.Coalesce(this=exp.paren(condition), expressions=[exp.true()]))
    cells = [columns[name] for name in rule.columns]
    if rule.kind == "unique":
        present = exp.and_(*(exp.Not(this=exp.paren(blank(cell))) for cell in cells))
        return exp.and_(present, _shared(cells))
    cell = cells[0]
    if rule.kind == "required":
        missing = blank(cell)
        return exp.or_(missing, _one_of(cell, rule.values)) if rule.values else missing
    return exp.and_(exp.Not(this=exp.paren(blank(cell))), exp.paren(_outside(rule, cell)))


def _shared(cells: list[Column]) -> exp.Expr:
    parts = [exp.column(cell.name, quoted=True) for cell in cells]
    copies = exp.Window(this=exp.Count(this=exp.Star()), partition_by=parts)
    return exp.GT(this=copies, expression=exp.Literal.number(1))


def _outside(rule: Rule, column: Column) -> exp.Expr:
    cell: exp.Expr = exp.column(column.name, quoted=True)
    if rule.kind == "values":
        return exp.Not(this=exp.paren(_one_of(column, rule.values)))
    if rule.kind == "pattern":
        text = exp.cast(cell, "text")
        return exp.Not(this=exp.RegexpFullMatch(this=text, expression=exp.Literal.string(rule.pattern or "")))
    if rule.length:
        cell = exp.Length(this=cell)
    beyond: list[exp.Expr] = []
    if rule.minimum is not None:
        below = exp.LTE if rule.exclusive_minimum else exp.LT
        beyond.append(below(this=cell.copy(), expression=literal(rule.minimum, column, rule.length)))
    if rule.maximum is not None:
        above = exp.GTE if rule.exclusive_maximum else exp.GT
        beyond.append(above(this=cell.copy(), expression=literal(rule.maximum, column, rule.length)))
    return exp.or_(*beyond) if beyond else exp.false()


def _one_of(column: Column, values: Iterable[str]) -> exp.Expr:
    cell: exp.Expr = exp.column(column.name, quoted=True)
    if column.type in ("integer", "number"):
        # As numbers: 1.50 is 1.5, however the warehouse writes it.
        return exp.In(this=cell, expressions=[exp.Literal.number(value) for value in values if _is_number(value)])
    if column.type in ("date", "timestamp", "time"):
        return exp.In(this=cell, expressions=[literal(value, column) for value in values])
    if column.type != "string":
        cell = exp.cast(cell, "text")
    return exp.In(this=cell, expressions=[exp.Literal.string(value) for value in values])


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def as_text(column: Column, cell: exp.Expr) -> exp.Expr:
    """A cell as the text by which its value is known: a whole number has no decimals, an empty text is blank."""
    if column.type == "string":
        return exp.Nullif(this=exp.cast(cell, "text"), expression=exp.Literal.string(""))
    if column.type == "number":
        whole = exp.EQ(this=cell.copy(), expression=exp.Floor(this=cell.copy()))
        small = exp.LT(this=exp.Abs(this=cell.copy()), expression=exp.Literal.number("1e15"))
        plain = exp.cast(exp.cast(cell.copy(), "bigint"), "text")
        return exp.Case().when(exp.and_(small, whole), plain).else_(exp.cast(exp.cast(cell, "double"), "text"))
    return exp.cast(cell, "text")


def literal(value: str | float, column: Column, length: bool = False) -> exp.Expr:
    """A declared limit as a node of the column's type."""
    if not length and column.type in ("date", "timestamp", "time"):
        return exp.cast(exp.Literal.string(str(value)), column.type)
    if column.type == "string" and not length:
        return exp.Literal.string(str(value))
    return exp.Literal.number(value)


def condition_columns(rule: Rule, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """The columns a rule must read to be evaluated: its own, and those its condition names."""
    named = columns_of(parse_condition(rule.condition, columns)) if rule.condition else ()
    return tuple(dict.fromkeys((*rule.columns, *named)))
