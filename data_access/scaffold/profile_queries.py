"""The questions that a profile asks, as trees: every engine counts them in the same way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from data_access.loading.tables import FoundColumn


def cell(name: str) -> exp.Column:
    """A column by its name as it is written in the warehouse."""
    return exp.column(name, quoted=True)


def totals(table: exp.Table, columns: Sequence[FoundColumn]) -> exp.Select:
    """``records``, and for the column at each place ``filled``, ``distinct``, ``least``, ``greatest``, ``ordinary``."""
    selected: list[exp.Expr] = [exp.alias_(exp.Count(this=exp.Star()), "records")]
    for place, column in enumerate(columns):
        this = cell(column.name)
        selected.append(exp.alias_(exp.Count(this=this), f"filled{place}"))
        selected.append(exp.alias_(exp.Count(this=exp.Distinct(expressions=[this.copy()])), f"distinct{place}"))
        if column.type in ("number", "integer"):
            selected += _numbers(this, place)
        elif column.type in ("date", "timestamp"):
            selected.append(exp.alias_(exp.cast(exp.Min(this=this.copy()), "text"), f"least{place}"))
            selected.append(exp.alias_(exp.cast(exp.Max(this=this.copy()), "text"), f"greatest{place}"))
    return exp.select(*selected).from_(table)


def _numbers(this: exp.Column, place: int) -> list[exp.Expr]:
    number = exp.cast(this.copy(), "double")
    ordered = exp.Order(expressions=[exp.Ordered(this=number.copy())])
    ordinary = exp.WithinGroup(this=exp.PercentileDisc(this=exp.Literal.number("0.99")), expression=ordered)
    return [
        exp.alias_(exp.Min(this=number), f"least{place}"),
        exp.alias_(exp.Max(this=number.copy()), f"greatest{place}"),
        exp.alias_(ordinary, f"ordinary{place}"),
    ]


def years(table: exp.Table, column: FoundColumn) -> exp.Select:
    """``year`` and ``records``, ascending."""
    year = exp.Extract(this=exp.var("year"), expression=cell(column.name))
    return _counted(table, column, year, "year").order_by("year")


def values(table: exp.Table, column: FoundColumn, most: int) -> exp.Select:
    """``value`` (as text) and ``records``, the commonest first; those alike common in an order that follows nothing."""
    found = _counted(table, column, exp.cast(cell(column.name), "text"), "value")
    mixed = exp.MD5(this=exp.cast(cell(column.name), "text"))
    return found.order_by(exp.Ordered(this=exp.column("records"), desc=True), mixed).limit(most)


def extremes(table: exp.Table, column: FoundColumn, most: int, *, highest: bool) -> exp.Select:
    """``value`` and ``records`` of the highest or lowest different numbers, from that end on."""
    found = _counted(table, column, exp.cast(cell(column.name), "double"), "value")
    return found.order_by(exp.Ordered(this=exp.column("value"), desc=highest)).limit(most)


def count_where(table: exp.Table, conditions: Sequence[exp.Expr]) -> exp.Select:
    """One row: of how many records each condition is true, as ``c0``, ``c1`` and so on."""
    counts = [
        exp.alias_(exp.Count(this=exp.Case().when(condition, exp.Literal.number(1))), f"c{place}")
        for place, condition in enumerate(conditions)
    ]
    return exp.select(*counts).from_(table)


def together(table: exp.Table, names: Sequence[str]) -> exp.Select:
    """The different combinations of some columns as ``v0``, ``v1`` …, each with its ``records``."""
    cells = [exp.alias_(exp.cast(cell(name), "text"), f"v{place}") for place, name in enumerate(names)]
    found = exp.select(*cells, exp.alias_(exp.Count(this=exp.Star()), "records")).from_(table)
    return found.group_by(*(exp.Literal.number(place + 1) for place in range(len(names))))


def combinations(table: exp.Table, names: Sequence[str]) -> exp.Select:
    """``n``: how many different combinations of the columns there are."""
    inner = exp.select(*(cell(name) for name in names)).distinct().from_(table).subquery("different")
    return exp.select(exp.alias_(exp.Count(this=exp.Star()), "n")).from_(inner)


def sample(table: exp.Table, names: Sequence[str], most: int) -> exp.Select:
    """Some records of these columns, as text: ``v0``, ``v1`` …"""
    cells = [exp.alias_(exp.cast(cell(name), "text"), f"v{place}") for place, name in enumerate(names)]
    return exp.select(*cells).from_(table).limit(most)


def _counted(table: exp.Table, column: FoundColumn, value: exp.Expr, name: str) -> exp.Select:
    filled = exp.Not(this=exp.Is(this=cell(column.name), expression=exp.null()))
    records = exp.alias_(exp.Count(this=exp.Star()), "records")
    return exp.select(exp.alias_(value, name), records).from_(table).where(filled).group_by(exp.Literal.number(1))
