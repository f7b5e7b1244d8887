"""Why a range has no end, or a figure no value, in sentences for the answer's notes (certainty §3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data_access.certainty.formulas import Range
from data_access.certainty.plan import RecordPlan
from data_access.certainty.rewrite import columns_read
from data_access.definitions.sql import is_bare_column
from data_access.questions import Row


def open_ends(plan: RecordPlan, bounds: Range, rows: Sequence[Row]) -> list[str]:
    """Which limit to declare where a range is open, and where a ratio divides by nothing."""
    if "m" not in plan.measures or plan.metric.type == "count_distinct":
        return []
    span, notes = plan.spans["m"], []
    sides = (
        ("lowest", "minimum", bool(np.isneginf(bounds.low).any()), span.least),
        ("highest", "maximum", bool(np.isposinf(bounds.high).any()), span.greatest),
    )
    for side, limit, is_open, declared in sides:
        if is_open and declared is None:
            notes.append(f"The range has no {side} value where {_named(plan, 'm', limit)}")
        elif is_open:
            per = _label(plan, "p")
            notes.append(f"The range has no {side} value where {per} may add up to 0: nothing can be divided by 0.")
    if "p" in plan.measures and any(row.value is None and row.counted for row in rows):
        notes.append(f"There is no value where {_label(plan, 'p')} adds up to 0: nothing can be divided by 0.")
    return notes


def _label(plan: RecordPlan, name: str) -> str:
    """A bare column by its label, an expression by the metric's key for it."""
    tree = plan.measures[name]
    if is_bare_column(tree):
        return plan.contract.columns[columns_read(tree)[0]].label
    return "'measure'" if name == "m" else "'per'"


def _named(plan: RecordPlan, name: str, limit: str) -> str:
    if is_bare_column(plan.measures[name]):
        return f"{_label(plan, name)} is in doubt: no {limit} is declared for it. Declare one in the contract."
    return f"the measure is in doubt: the metric's 'limits' have no {limit}. Give one."
