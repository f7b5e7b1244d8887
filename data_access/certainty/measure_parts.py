"""A record's measure as columns: its value, between which numbers it lies, and as recorded (certainty §1, §2).

Each column has ``plumbline_`` before its name. ``m`` is the measure, for a ratio ``p`` its per. ``ml``, ``mh``
(``pl``, ``ph``): the least and greatest it may be, infinite where no limit is declared, equal when not in doubt.
``mr``, ``pr``: as recorded, brought inside the limits. ``mv``, ``pv``: the value in the warehouse's own type, for
exact sums. A distinct count has ``mk`` and ``mkr`` instead: the key as text, and as recorded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from data_access.certainty.doubts import as_text
from data_access.certainty.plan import LEFT_OUT, RecordPlan
from data_access.certainty.rewrite import columns_read
from data_access.certainty.spans import Span
from data_access.definitions.models import Column
from data_access.definitions.sql import is_bare_column, kind_of

GREATEST_NUMBER = "1.7e308"  # beyond it a DOUBLE is infinite, and what is no number at all sorts above it


@dataclass(frozen=True)
class MeasureParts:
    """``present``: whether the record has a measure (yes, no, NULL in doubt), None where a blank leaves it a member.

    ``known``: TRUE, or NULL where the measure is in doubt. ``recorded_present``: whether a figure as recorded uses it.
    ``present_reads`` and ``reads`` are the columns behind a doubt of each.
    """

    present: exp.Expr | None
    known: exp.Expr
    recorded_present: exp.Expr | None
    present_reads: tuple[str, ...]
    reads: tuple[str, ...]
    columns: Mapping[str, exp.Expr]


def measure_parts(plan: RecordPlan, flags: Mapping[str, exp.Expr]) -> MeasureParts:
    """The measure of a plan that has one."""
    doubts = {name: _doubt(plan, tree, flags) for name, tree in plan.measures.items()}
    known = exp.Case().when(exp.or_(*(doubt.copy() for doubt in doubts.values())), exp.null()).else_(exp.true())
    reads = columns_read(*plan.measures.values())
    if plan.metric.type == "count_distinct":
        keys = _key_columns(plan, plan.measures["m"], doubts["m"])
        return MeasureParts(None, known, None, (), reads, keys)
    columns: dict[str, exp.Expr] = {}
    for name, tree in plan.measures.items():
        columns |= _columns(plan, name, tree, doubts[name])
    if plan.metric.type not in LEFT_OUT:
        return MeasureParts(None, known, None, (), reads, columns)
    span, tree, doubt = plan.spans["m"], plan.measures["m"], doubts["m"]
    there = exp.Not(this=exp.paren(exp.Is(this=exp.paren(tree.copy()), expression=exp.null())))
    unsure = exp.null() if span.may_be_blank else exp.true()
    present = exp.Case().when(doubt.copy(), unsure).else_(there)
    recorded = exp.and_(exp.Not(this=exp.paren(doubt.copy())), there.copy())
    return MeasureParts(present, known, recorded, reads if span.may_be_blank else (), reads, columns)


def _doubt(plan: RecordPlan, tree: exp.Expr, flags: Mapping[str, exp.Expr]) -> exp.Expr:
    """True where a column the measure reads is doubtful, or the measure is no finite number."""
    doubtful = [flags[name].copy() for name in columns_read(tree)]
    whole = is_bare_column(tree) and plan.contract.columns[columns_read(tree)[0]].type == "integer"
    if plan.metric.type != "count_distinct" and not whole:
        finite = exp.LTE(this=exp.Abs(this=tree.copy()), expression=_double(GREATEST_NUMBER))
        doubtful.append(exp.Not(this=exp.Coalesce(this=exp.paren(finite), expressions=[exp.true()])))
    return exp.or_(*doubtful) if doubtful else exp.false()


def _columns(plan: RecordPlan, name: str, tree: exp.Expr, doubt: exp.Expr) -> dict[str, exp.Expr]:
    adds = plan.metric.type not in LEFT_OUT  # a blank by right adds 0
    span = plan.spans[name].with_blank_as_zero if adds else plan.spans[name]
    number: exp.Expr = exp.cast(exp.paren(tree.copy()), "double")
    zero = _double("0")
    value: exp.Expr = exp.Coalesce(this=number, expressions=[zero]) if adds else number
    least = _double("-Infinity" if span.least is None else repr(float(span.least)))
    greatest = _double("Infinity" if span.greatest is None else repr(float(span.greatest)))
    recorded = exp.Case().when(doubt.copy(), _inside(number, plan.spans[name])).else_(value.copy())
    return {
        f"plumbline_{name}l": exp.Case().when(doubt.copy(), least).else_(value),
        f"plumbline_{name}h": exp.Case().when(doubt.copy(), greatest).else_(value.copy()),
        f"plumbline_{name}r": recorded,
        f"plumbline_{name}v": exp.Case().when(doubt.copy(), exp.null()).else_(exp.paren(tree.copy())),
    }


def _inside(number: exp.Expr, span: Span) -> exp.Expr:
    """A doubtful measure as recorded, brought inside its limits; a blank is the number nearest 0 that it may be."""
    lowest = -math.inf if span.least is None else span.least
    nearest = 0.0 if span.may_be_blank else min(max(0.0, lowest), math.inf if span.greatest is None else span.greatest)
    finite = exp.LTE(this=exp.Abs(this=number.copy()), expression=_double(GREATEST_NUMBER))
    brought: exp.Expr = number.copy()
    if span.least is not None:
        brought = exp.Greatest(this=brought, expressions=[_double(repr(float(span.least)))], ignore_nulls=True)
    if span.greatest is not None:
        brought = exp.Least(this=brought, expressions=[_double(repr(float(span.greatest)))], ignore_nulls=True)
    return exp.Case().when(finite, brought).else_(_double(repr(nearest)))


def _key_columns(plan: RecordPlan, tree: exp.Expr, doubt: exp.Expr) -> dict[str, exp.Expr]:
    text = as_text(_as_column(plan, tree), exp.paren(tree.copy()))
    return {"plumbline_mk": exp.Case().when(doubt.copy(), exp.null()).else_(text), "plumbline_mkr": text.copy()}


def _as_column(plan: RecordPlan, tree: exp.Expr) -> Column:
    """The column that is counted, or one of the expression's kind."""
    if is_bare_column(tree):
        return plan.contract.columns[columns_read(tree)[0]]
    kind = kind_of(tree.copy(), plan.contract.columns)
    return Column("", "", "string" if kind == "text" else "number" if kind == "number" else "date")


def _double(text: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), "double")
