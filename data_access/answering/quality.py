"""Every check of a dataset over its whole table: records looked at, failing, and the metrics it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlglot import exp

from data_access.answering.condense import Condenser
from data_access.certainty.doubts import fails
from data_access.definitions.coverage import columns_read
from data_access.definitions.models import Contract, Metric, Rule
from data_access.questions import CheckResult
from data_access.warehouse.engine import Generation

COULD_NOT_RUN = "This check could not run on this warehouse, so it counts as not looked at."


def quality(
    contract: Contract, metrics: Iterable[Metric], generation: Generation, condenser: Condenser, today: date
) -> list[CheckResult]:
    """One result a rule, in the contract's order. Raises WarehouseError.

    ``failing`` counts table rows: every row that shares its key with another fails the key's uniqueness.
    """
    ran = condenser.rules(generation, contract)
    records, failing = _count(contract, ran, generation, today)
    touched = [(metric, set(columns_read(metric, contract))) for metric in metrics if metric.dataset == contract.id]
    results = []
    for rule in contract.rules:
        at = ran.index(rule) if rule in ran else None
        results.append(
            CheckResult(
                dataset=contract.id,
                rule=rule.id,
                name=rule.name,
                dimension=rule.dimension,
                columns=rule.columns,
                records=records,
                failing=None if at is None else failing[at],
                metrics=tuple(metric.id for metric, reads in touched if reads & set(rule.columns)),
                fix=rule.fix,
                note=COULD_NOT_RUN if at is None else None,
            )
        )
    return results


def _count(contract: Contract, rules: Sequence[Rule], generation: Generation, today: date) -> tuple[int, list[int]]:
    """Records in the table, and how many fail each rule: one pass."""
    tests = [exp.alias_(fails(rule, contract.columns, today), f"f{place}") for place, rule in enumerate(rules)] or [
        exp.alias_(exp.false(), "f")
    ]
    tested = exp.select(*tests).from_(generation.table(contract.table))
    one, none = exp.Literal.number(1), exp.Literal.number(0)
    sums = [
        exp.alias_(exp.Sum(this=exp.Case().when(exp.column(f"f{place}"), one.copy()).else_(none.copy())), f"n{place}")
        for place in range(len(rules))
    ]
    total = exp.alias_(exp.Count(this=exp.Star()), "records")
    found = generation.run(exp.select(total, *sums).from_(tested.subquery("t")))
    row = [int(column[0].as_py() or 0) for column in found.columns]
    return row[0], row[1:]
