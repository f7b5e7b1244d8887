"""The first two steps of condensing a table: which rules each record fails, and which cells that puts in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from data_access.certainty.doubts import blank, condition_columns, fails, rules_touching
from data_access.definitions.models import Contract, Rule


def flagged(
    contract: Contract, columns: Sequence[str], rules: Sequence[Rule], today: date, *, every_column: bool
) -> tuple[exp.Select, exp.Select]:
    """Two selects: each failed rule as ``plumbline_f<i>``, then each doubtful column as ``plumbline_x_<column>``.

    ``i`` is the rule's place in ``rules``. ``plumbline_key`` is true where the record key can be relied on.
    """
    columns = tuple(dict.fromkeys((*columns, *contract.record_key)))
    touching = rules_touching(contract, columns, rules)
    needed = (name for rule in touching for name in condition_columns(rule, contract.columns))
    carried = tuple(contract.columns) if every_column else tuple(dict.fromkeys((*columns, *needed)))
    selected: list[exp.Expr] = [exp.column(name, quoted=True) for name in carried]
    for rule in touching:
        selected.append(exp.alias_(fails(rule, contract.columns, today), f"plumbline_f{rules.index(rule)}"))
    flags = [
        exp.alias_(
            _any([f"plumbline_f{rules.index(rule)}" for rule in touching if name in rule.columns]),
            f"plumbline_x_{name}",
            quoted=True,
        )
        for name in columns
    ]
    blanks = [blank(contract.columns[name]) for name in contract.record_key]
    doubtful = [
        _any([f"plumbline_f{rules.index(rule)}" for rule in touching if set(rule.columns) & set(contract.record_key)])
    ]
    reliable = exp.alias_(exp.Not(this=exp.paren(exp.or_(*blanks, *doubtful))), "plumbline_key")
    return exp.select(*selected), exp.select(exp.Star(), *flags, reliable).from_("tested", copy=False)


def _any(flags: Sequence[str]) -> exp.Expr:
    return exp.or_(*(exp.column(flag) for flag in flags)) if flags else exp.false()


def doubt_flag(column: str) -> exp.Expr:
    """The column of ``flagged`` that is true where the cell is doubtful."""
    return exp.column(f"plumbline_x_{column}", table="flagged", quoted=True)
