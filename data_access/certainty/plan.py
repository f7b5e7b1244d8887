"""All that decides how a table is condensed, whoever asks and whatever period or value they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from sqlglot import exp

from data_access.certainty.rewrite import columns_read, ground
from data_access.definitions.models import Contract, Metric, Rule
from data_access.definitions.sql import parse_condition

Unit = Literal["month", "day"]


@dataclass(frozen=True)
class RecordPlan:
    """All that decides how a table is condensed: it holds no viewer, period or filter value.

    ``dimensions`` are the columns that the question slices by, ``rules`` those checks that ran.
    """

    contract: Contract
    metric: Metric
    dimensions: tuple[str, ...]
    rules: tuple[Rule, ...]
    unit: Unit
    today: date

    def condition(self, text: str | None) -> exp.Expr | None:
        """The parsed condition, with the portal's day in it; None for no condition."""
        return ground(parse_condition(text, self.contract.columns), self.today) if text else None

    @cached_property
    def read(self) -> tuple[str, ...]:
        """Every column the figure depends on: filter, outcome, time, dimensions and record key."""
        named = columns_read(self.condition(self.metric.where), self.condition(self.metric.numerator))
        return tuple(dict.fromkeys((*named, self.metric.time, *self.dimensions, *self.contract.record_key)))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of a part's columns, in the order in which copies are encoded."""
        count = len(self.dimensions)
        certain = ("pl_w", "pl_o", "pl_t", "pl_first", "pl_last", *(f"pl_d{i}" for i in range(count)))
        failed = ("pl_fw", "pl_fo", "pl_ft", *(f"pl_fd{i}" for i in range(count)))
        recorded = ("pl_rw", "pl_ro", "pl_rt", *(f"pl_rd{i}" for i in range(count)))
        return (*certain, *failed, *recorded)
