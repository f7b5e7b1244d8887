"""One row and one metric to alter, for the tests of words, graphics and charts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from data_access.definitions.models import Metric
from data_access.questions import Fact, Row

ROW = Row(
    period=date(2026, 10, 1),
    period_end=date(2026, 10, 31),
    partial=False,
    keys=(),
    value=62.0,
    low=58.1,
    high=66.9,
    likely_low=60.8,
    likely_high=63.5,
    confidence=92.4,
    records=512,
    in_doubt=41,
    target=70.0,
    verdict="missed",
    fact=Fact(93.0, 99.0, 100.0),
    doubts=(("issued_on_required", 36), ("request_before_issue", 5)),
)
NOTHING: dict[str, Any] = {
    "value": None, "low": None, "high": None, "likely_low": None, "likely_high": None, "confidence": None,
    "verdict": None,
}  # fmt: skip


def row(**changes: Any) -> Row:
    """The example of the design, changed."""
    return replace(ROW, **changes)


def suppressed() -> Row:
    """A row that disclosure control has emptied."""
    return row(**NOTHING, records=None, in_doubt=None, fact=None, doubts=(), suppressed=True)


def metric(**changes: Any) -> Metric:
    """A share in percent with a target of 70, changed."""
    settings: dict[str, Any] = {
        "id": "plans", "name": "Plans issued within 20 weeks", "dataset": "ehc_plans", "type": "share",
        "unit": "percent", "better": "higher", "time": "issued_on", "definition": "Plans.", "dimensions": ("district",),
        "target": {"value": 70},
    }  # fmt: skip
    return Metric.model_validate(settings | changes)
