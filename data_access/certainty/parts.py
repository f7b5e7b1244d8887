"""The parts of a record: filter, outcome or measure, time and dimensions, each certain or in doubt (certainty §2)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from data_access.certainty.doubts import as_text, rules_touching
from data_access.certainty.flags import doubt_flag
from data_access.certainty.measure_parts import measure_parts
from data_access.certainty.plan import RecordPlan
from data_access.certainty.rewrite import columns_read, three_valued
from data_access.certainty.times import bucket, interval
from data_access.definitions.models import BLANK, Contract


def parts(plan: RecordPlan, *, copies: bool) -> exp.Select:
    """One row a record with the columns that ``records`` lists.

    ``copies``: also every column of the contract, and ``copied`` where the record's key occurs more than once.
    """
    flags = {name: doubt_flag(name) for name in plan.read}
    conditions = {"w": plan.condition(plan.metric.where), "o": plan.condition(plan.metric.numerator)}
    decided = {part: three_valued(condition, flags) for part, condition in conditions.items()}
    as_recorded = {part: three_valued(condition, {}) for part, condition in conditions.items()}
    reads = {part: columns_read(condition) for part, condition in conditions.items()}
    measure = measure_parts(plan, flags) if plan.measures else None
    if measure is not None:
        decided["o"], reads["o"] = measure.known, measure.reads
        if measure.present is not None and measure.recorded_present is not None:
            decided["w"] = exp.and_(decided["w"], measure.present)
            as_recorded["w"] = exp.and_(as_recorded["w"], measure.recorded_present)
            reads["w"] = tuple(dict.fromkeys((*reads["w"], *measure.present_reads)))
    doubtful = [flags[name] for name in (plan.metric.time, *plan.dimensions)]
    in_doubt = exp.or_(*(_is_null(tree) for tree in decided.values()), *doubtful)
    trees: dict[str, exp.Expr] = {}
    for part in conditions:
        trees[f"plumbline_{part}"] = decided[part]
        trees[f"plumbline_f{part}"] = _reasons(plan, reads[part], _is_null(decided[part]))
        trees[f"plumbline_r{part}"] = _only(in_doubt, as_recorded[part])
    trees |= _time(plan, flags[plan.metric.time], in_doubt)
    for place, name in enumerate(plan.dimensions):
        trees |= _dimension(plan, place, name, flags[name], in_doubt)
    if measure is not None:
        trees |= measure.columns
        trees["plumbline_doubt"] = in_doubt
    selected: list[exp.Expr] = [exp.alias_(tree, name) for name, tree in trees.items()]
    return _with_copies(plan.contract, selected) if copies else exp.select(*selected).from_("flagged", copy=False)


def _time(plan: RecordPlan, moved: exp.Expr, in_doubt: exp.Expr) -> dict[str, exp.Expr]:
    """The record's state of time and its first and last bucket: of its date, or of where a doubtful one may lie."""
    cell = exp.column(plan.metric.time, quoted=True, table="flagged")
    certain = bucket(cell, plan.unit)
    ends = interval(plan.contract, plan.metric.time, plan.rules, plan.today)
    state = exp.Case().when(moved, exp.Literal.string("x")).when(_is_null(cell), exp.Literal.string("n"))
    return {
        "plumbline_t": state.else_(exp.Literal.string("c")),
        "plumbline_first": exp.Case().when(moved, bucket(ends[0], plan.unit)).else_(certain),
        "plumbline_last": exp.Case().when(moved, bucket(ends[1], plan.unit)).else_(certain),
        "plumbline_ft": _reasons(plan, (plan.metric.time,), moved),
        "plumbline_rt": _only(in_doubt, certain),
    }


def _dimension(plan: RecordPlan, place: int, name: str, doubtful: exp.Expr, in_doubt: exp.Expr) -> dict[str, exp.Expr]:
    """One dimension's value, NULL where it is doubtful, and as recorded."""
    recorded = _recorded(plan.contract, exp.column(name, quoted=True, table="flagged"))
    return {
        f"plumbline_d{place}": exp.Case().when(doubtful, exp.null()).else_(recorded),
        f"plumbline_fd{place}": _reasons(plan, (name,), doubtful),
        f"plumbline_rd{place}": _only(in_doubt, recorded),
    }


def _with_copies(contract: Contract, selected: list[exp.Expr]) -> exp.Select:
    selected += [exp.column(name, table="flagged", quoted=True) for name in contract.columns]
    repeated = exp.Not(this=_is_null(exp.column("plumbline_k0", table="copied")))
    selected.append(exp.alias_(exp.Case().when(repeated, exp.true()), "plumbline_copied"))
    same = [
        exp.EQ(
            this=exp.column(name, table="flagged", quoted=True),
            expression=exp.column(f"plumbline_k{place}", table="copied"),
        )
        for place, name in enumerate(contract.record_key)
    ]
    on = exp.and_(exp.column("plumbline_key"), *same)
    query = exp.select(*selected).from_("flagged", copy=False)
    return query.join("copied", on=on, join_type="left", copy=False)


def _is_null(tree: exp.Expr) -> exp.Expr:
    return exp.Is(this=exp.paren(tree), expression=exp.null())


def _only(in_doubt: exp.Expr, value: exp.Expr) -> exp.Expr:
    """The value where some part of the record is in doubt, else NULL: plain records need it not twice."""
    return exp.Case().when(in_doubt, value)


def _reasons(plan: RecordPlan, read: Sequence[str], doubtful: exp.Expr) -> exp.Expr:
    return exp.Case().when(doubtful, _failed(plan, read)).else_(exp.Literal.string(""))


def _recorded(contract: Contract, cell: exp.Column) -> exp.Expr:
    text = as_text(contract.columns[cell.name], cell.copy())
    return exp.Coalesce(this=text, expressions=[exp.Literal.string(BLANK)])


def _failed(plan: RecordPlan, read: Sequence[str]) -> exp.Expr:
    """The failed rules that touch these columns, as a text of their places in ``plan.rules``."""
    touching = rules_touching(plan.contract, read, plan.rules)
    pieces = [
        exp.Case()
        .when(exp.column(f"plumbline_f{plan.rules.index(rule)}"), exp.Literal.string(f"{plan.rules.index(rule)},"))
        .else_(exp.Literal.string(""))
        for rule in touching
    ]
    text: exp.Expr = exp.Literal.string("")
    for piece in pieces:
        text = exp.DPipe(this=text, expression=piece)
    return text
