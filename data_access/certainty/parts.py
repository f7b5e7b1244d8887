"""The parts of each record: filter, outcome, time and dimensions, each certain or in doubt (certainty §2)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from data_access.certainty.doubts import as_text, rules_touching
from data_access.certainty.flags import doubt_flag
from data_access.certainty.plan import RecordPlan
from data_access.certainty.rewrite import columns_read, three_valued
from data_access.certainty.times import bucket, interval
from data_access.definitions.models import BLANK, Contract


def parts(plan: RecordPlan, *, copies: bool) -> exp.Select:
    contract, metric = plan.contract, plan.metric
    where, outcome = plan.condition(metric.where), plan.condition(metric.numerator)
    flags = {name: doubt_flag(name) for name in plan.read}
    time = interval(contract, metric.time, plan.rules, plan.today)
    moved = flags[metric.time]
    values = [exp.column(name, quoted=True, table="flagged") for name in plan.dimensions]
    recorded = [_recorded(contract, cell) for cell in values]
    shown = [
        exp.Case().when(flags[name].copy(), exp.null()).else_(text.copy())
        for name, text in zip(plan.dimensions, recorded, strict=True)
    ]
    w, o = three_valued(where, flags), three_valued(outcome, flags)
    certain = bucket(exp.column(metric.time, quoted=True, table="flagged"), plan.unit)
    state = (
        exp.Case()
        .when(moved.copy(), exp.Literal.string("x"))
        .when(
            exp.Is(this=exp.column(metric.time, quoted=True, table="flagged"), expression=exp.null()),
            exp.Literal.string("n"),
        )
        .else_(exp.Literal.string("c"))
    )
    in_doubt = exp.or_(
        exp.Is(this=exp.paren(w.copy()), expression=exp.null()),
        exp.Is(this=exp.paren(o.copy()), expression=exp.null()),
        moved.copy(),
        *(flags[name].copy() for name in plan.dimensions),
    )

    def if_in_doubt(value: exp.Expr) -> exp.Expr:
        return exp.Case().when(in_doubt.copy(), value)

    def reasons(read: Sequence[str], doubtful: exp.Expr) -> exp.Expr:
        return exp.Case().when(doubtful, _failed(plan, read)).else_(exp.Literal.string(""))

    parts: dict[str, exp.Expr] = {
        "pl_w": w,
        "pl_o": o,
        "pl_t": state,
        "pl_first": exp.Case().when(moved.copy(), bucket(time[0], plan.unit)).else_(certain),
        "pl_last": exp.Case().when(moved.copy(), bucket(time[1], plan.unit)).else_(certain.copy()),
        "pl_fw": reasons(columns_read(where), exp.Is(this=exp.paren(w.copy()), expression=exp.null())),
        "pl_fo": reasons(columns_read(outcome), exp.Is(this=exp.paren(o.copy()), expression=exp.null())),
        "pl_ft": reasons((metric.time,), moved.copy()),
        "pl_rw": if_in_doubt(three_valued(where, {})),
        "pl_ro": if_in_doubt(three_valued(outcome, {})),
        "pl_rt": if_in_doubt(certain.copy()),
    }
    for place, name in enumerate(plan.dimensions):
        parts[f"pl_d{place}"] = shown[place]
        parts[f"pl_fd{place}"] = reasons((name,), flags[name].copy())
        parts[f"pl_rd{place}"] = if_in_doubt(recorded[place].copy())
    selected: list[exp.Expr] = [exp.alias_(tree, name) for name, tree in parts.items()]
    if not copies:
        return exp.select(*selected).from_("flagged")
    keys = contract.record_key
    selected += [exp.column(name, table="flagged", quoted=True) for name in contract.columns]
    repeated = exp.Is(this=exp.column("pl_k0", table="copied"), expression=exp.null())
    selected.append(exp.alias_(exp.Case().when(exp.Not(this=repeated), exp.true()), "pl_copied"))
    same = [
        exp.EQ(
            this=exp.column(name, table="flagged", quoted=True),
            expression=exp.column(f"pl_k{place}", table="copied"),
        )
        for place, name in enumerate(keys)
    ]
    return (
        exp.select(*selected)
        .from_("flagged")
        .join("copied", on=exp.and_(exp.column("pl_key"), *same), join_type="left")
    )


def _recorded(contract: Contract, cell: exp.Column) -> exp.Expr:
    text = as_text(contract.columns[cell.name], cell.copy())
    return exp.Coalesce(this=text, expressions=[exp.Literal.string(BLANK)])


def _failed(plan: RecordPlan, read: Sequence[str]) -> exp.Expr:
    """The failed rules that touch these columns, as a text of their places in ``plan.rules``."""
    touching = rules_touching(plan.contract, read, plan.rules)
    pieces = [
        exp.Case()
        .when(exp.column(f"pl_f{plan.rules.index(rule)}"), exp.Literal.string(f"{plan.rules.index(rule)},"))
        .else_(exp.Literal.string(""))
        for rule in touching
    ]
    text: exp.Expr = exp.Literal.string("")
    for piece in pieces:
        text = exp.DPipe(this=text, expression=piece)
    return text
