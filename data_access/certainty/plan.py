"""All that decides how a table is condensed, whoever asks and whatever period or value they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from sqlglot import exp

from data_access.certainty.rewrite import columns_read, ground
from data_access.certainty.spans import Span, span_of
from data_access.definitions.models import Contract, Metric, MetricType, Rule
from data_access.definitions.sql import parse_condition, parse_value

Unit = Literal["month", "day"]
LEFT_OUT: tuple[MetricType, ...] = ("average", "median", "percentile")  # a record without a measure is no member
SUMMED: tuple[MetricType, ...] = ("sum", "average", "ratio")  # their certain members are condensed into sums


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
    def measures(self) -> dict[str, exp.Expr]:
        """``m``, the parsed measure, and ``p``, a ratio's per; empty for counts and shares."""
        texts = {"m": self.metric.measure, "p": self.metric.per}
        numeric = self.metric.type != "count_distinct"
        return {
            name: ground(parse_value(text, self.contract.columns, numeric=numeric), self.today)
            for name, text in texts.items()
            if text
        }

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Between which numbers each measure lies where it is in doubt."""
        of = self.metric.limits
        spans = {name: span_of(tree, self.contract, of, self.rules) for name, tree in self.measures.items()}
        return {name: span.not_below_zero if name == "p" else span for name, span in spans.items()}

    @cached_property
    def read(self) -> tuple[str, ...]:
        """Every column the figure depends on: filter, outcome or measure, time, dimensions and record key."""
        conditions = self.condition(self.metric.where), self.condition(self.metric.numerator)
        named = columns_read(*conditions, *self.measures.values())
        return tuple(dict.fromkeys((*named, self.metric.time, *self.dimensions, *self.contract.record_key)))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of a part's columns, in the order in which copies are encoded."""
        count = len(self.dimensions)
        certain = (
            "plumbline_w",
            "plumbline_o",
            "plumbline_t",
            "plumbline_first",
            "plumbline_last",
            *(f"plumbline_d{i}" for i in range(count)),
        )
        failed = ("plumbline_fw", "plumbline_fo", "plumbline_ft", *(f"plumbline_fd{i}" for i in range(count)))
        recorded = ("plumbline_rw", "plumbline_ro", "plumbline_rt", *(f"plumbline_rd{i}" for i in range(count)))
        return (*certain, *failed, *recorded, *self.measure_fields)

    @property
    def measured(self) -> int:
        """How many measures a record has; a distinct count has none, but a key."""
        return 0 if self.metric.type == "count_distinct" else len(self.measures)

    @property
    def measure_fields(self) -> tuple[str, ...]:
        """The names of a part's columns for its measure; they come last."""
        if self.metric.type == "count_distinct":
            return ("plumbline_mk", "plumbline_mkr")
        return tuple(f"plumbline_{name}{end}" for name in self.measures for end in "lhr")
