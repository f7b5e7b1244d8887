"""Asks the warehouse for a metric's cells, and remembers them for as long as the data stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeVar, cast

from cachetools import LRUCache
from sqlglot import exp

from data_access.certainty import records
from data_access.certainty.cells import Cells
from data_access.certainty.decoding import decode
from data_access.certainty.doubts import fails, is_key_rule
from data_access.certainty.plan import RecordPlan, Unit
from data_access.definitions.models import Contract, Metric, Rule
from data_access.errors import QuestionError
from data_access.warehouse.engine import Generation

T = TypeVar("T")
MOST_CELLS = 1_000_000  # of one question: its values differ in nearly every record
REMEMBERED, AT_LEAST = 4_000_000, 4_000  # cells of all condensed tables together, and what a small one counts as


class Condenser:
    """Condensed tables by (generation, metric, dimensions, unit). Shared by all viewers: nothing in it is theirs.

    Safe for threads; of those that ask for the same at once, one computes it and the others wait for it.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._memory: LRUCache[Hashable, object] = LRUCache(REMEMBERED, getsizeof=_cells_in)
        self._lock = threading.Lock()
        self._computing: dict[Hashable, threading.Lock] = {}

    def cells(self, generation: Generation, plan: RecordPlan) -> Cells:
        """The plan's records, condensed. Raises WarehouseError, and QuestionError where that leaves too many."""

        def compute() -> Cells:
            table = generation.table(plan.contract.table)
            copies = self._has_copies(generation, plan.contract, plan.rules)
            single = generation.run(records.singles(plan, table, copies=copies).limit(MOST_CELLS + 1))
            if single.num_rows > MOST_CELLS:
                raise QuestionError(
                    f"This has more than {MOST_CELLS:,} different combinations of values in the records. "
                    "Ask for fewer dimensions, or for one with fewer values."
                )
            doubled: list[tuple[str, int]] = []
            if copies:
                found = generation.run(records.copied(plan, table))
                doubled = list(zip(*(column.to_pylist() for column in found.columns), strict=True))
            measured = plan.measured if plan.measures else None
            return decode(single.columns, doubled, len(plan.dimensions), len(plan.rules), measured)

        return self._once(
            ("cells", generation.version, plan.metric.id, plan.dimensions, plan.unit, plan.today), compute
        )

    def plan(
        self,
        generation: Generation,
        metric: Metric,
        contract: Contract,
        dimensions: tuple[str, ...],
        unit: Unit,
    ) -> RecordPlan:
        """The plan behind ``cells``; its ``rules`` are those that ran."""
        return RecordPlan(contract, metric, dimensions, self.rules(generation, contract), unit, self._today())

    def rules(self, generation: Generation, contract: Contract) -> tuple[Rule, ...]:
        """The contract's rules that the engine can evaluate on this data. The others did not run."""

        def compute() -> tuple[Rule, ...]:
            table = generation.table(contract.table)
            return tuple(
                rule
                for rule in contract.rules
                if generation.can_run(
                    exp.select(exp.alias_(fails(rule, contract.columns, self._today()), "failed")).from_(table)
                )
            )

        return self._once(("rules", generation.version, contract.id, self._today()), compute)

    def as_of(self, generation: Generation, metric: Metric, contract: Contract) -> date | None:
        """The data date: the latest ``recordedAt``, else the latest of the metric's dates not after today."""
        column = contract.recorded_at or metric.time

        def compute() -> date | None:
            when = exp.cast(exp.column(column, quoted=True), "date")
            past = exp.LTE(this=when, expression=exp.cast(exp.Literal.string(self._today().isoformat()), "date"))
            query = exp.select(exp.alias_(exp.Max(this=when.copy()), "latest")).from_(generation.table(contract.table))
            return cast("date | None", generation.run(query.where(past)).column(0)[0].as_py())

        return self._once(("as_of", generation.version, contract.id, column, self._today()), compute)

    def distinct(self, generation: Generation, contract: Contract, column: str) -> tuple[str, ...]:
        """The column's recorded values as text, sorted; at most 1,000. For filters without a code list."""

        def compute() -> tuple[str, ...]:
            text = exp.cast(exp.column(column, quoted=True), "text")
            query = exp.select(exp.alias_(text, "v")).distinct().from_(generation.table(contract.table))
            query = query.where(exp.Not(this=exp.Is(this=text.copy(), expression=exp.null()))).order_by("v").limit(1000)
            return tuple(str(value) for value in generation.run(query).column(0).to_pylist() if value != "")

        return self._once(("distinct", generation.version, contract.id, column), compute)

    def _has_copies(self, generation: Generation, contract: Contract, rules: tuple[Rule, ...]) -> bool:
        if not contract.record_key:
            return False

        def compute() -> bool:
            query = records.any_copies(contract, rules, generation.table(contract.table), self._today())
            return bool(generation.run(query).column(0)[0].as_py())

        return self._once(("copies", generation.version, contract.id, self._today()), compute)

    def _once(self, key: Hashable, compute: Callable[[], T]) -> T:
        with self._lock:
            if key in self._memory:
                return cast("T", self._memory[key])
            turn = self._computing.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._memory:  # somebody computed it while this one waited
                    return cast("T", self._memory[key])
            try:
                value = compute()
                with self._lock:
                    self._memory[key] = value
            finally:
                with self._lock:
                    self._computing.pop(key, None)
        return value


def _cells_in(value: object) -> int:
    return max(AT_LEAST, len(value.w)) if isinstance(value, Cells) else AT_LEAST


def key_rule_place(contract: Contract, rules: tuple[Rule, ...]) -> int | None:
    """The place among the rules of the record key's uniqueness, if it has one."""
    return next((place for place, rule in enumerate(rules) if is_key_rule(contract, rule)), None)
