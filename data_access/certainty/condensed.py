"""How the measures of certain records are condensed: into sums, or as distinct values (certainty §6.2).

Sums need not know each record; order statistics and distinct counts do, so there a value is part of a cell's key.
Where a part of the record is in doubt its measure is always in the key: each such record is weighed by itself.
"""

from __future__ import annotations

from sqlglot import exp

from data_access.certainty.plan import SUMMED, RecordPlan

# Of m and p: their sums and sums of squares; of the m where p is 0, the sums of those below and above 0.
SUMS = ("m", "mm", "p", "pp", "below", "above")


def key(plan: RecordPlan, name: str) -> exp.Expr:
    """A field of a part as a cell's key: a measure that needs not be known record by record is left out."""
    column = exp.column(name)
    if name not in plan.measure_fields:
        return column
    counted: exp.Expr = exp.Coalesce(this=exp.column("plumbline_w"), expressions=[exp.true()])
    if plan.metric.type in SUMMED:
        counted = exp.and_(exp.column("plumbline_doubt"), counted)
    return exp.Case().when(counted, column)


def sums(plan: RecordPlan) -> list[exp.Expr]:
    """The sums of each cell, in the order of ``SUMS`` (an average and a sum have only the first two)."""
    if plan.metric.type not in SUMMED:
        return []
    trees = [exp.column("plumbline_mv"), _square("m")]
    if "p" in plan.measures:
        nothing = exp.EQ(this=exp.column("plumbline_pl"), expression=exp.Literal.number(0))
        below = exp.LT(this=exp.column("plumbline_ml"), expression=exp.Literal.number(0))
        above = exp.GT(this=exp.column("plumbline_ml"), expression=exp.Literal.number(0))
        sides = [exp.Case().when(exp.and_(nothing.copy(), side), exp.column("plumbline_ml")) for side in (below, above)]
        trees += [exp.column("plumbline_pv"), _square("p"), *sides]
    return [exp.alias_(exp.Sum(this=tree), f"plumbline_s{place}") for place, tree in enumerate(trees)]


def _square(name: str) -> exp.Expr:
    value = exp.cast(exp.column(f"plumbline_{name}v"), "double")
    return exp.Mul(this=value, expression=value.copy())
