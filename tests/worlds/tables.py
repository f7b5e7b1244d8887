"""A tiny contract with one of everything, and a real DuckDB that holds a table of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data_access.answering.answer import answer
from data_access.answering.condense import Condenser
from data_access.answering.validate import validated
from data_access.definitions.models import Column, Contract, Metric, Person, PortalSettings, Rule
from data_access.questions import Answer, Query
from data_access.warehouse.duckdb_engine import DuckDBGeneration
from data_access.warehouse.duckdb_file import Version

TODAY = date(2026, 4, 30)
FIRST = date(2026, 1, 1)
STATUSES = {"open": "Open", "shut": "Shut", "void": "Void"}
DISTRICTS = {"A": "Ashford", "B": "Barton", "C": "Copley"}
COLUMNS = ("id", "opened", "closed", "status", "score", "district", "recorded_at")
TYPES = ("VARCHAR", "DATE", "DATE", "VARCHAR", "INTEGER", "VARCHAR", "DATE")
ARROW = {"VARCHAR": pa.string(), "DATE": pa.date32(), "INTEGER": pa.int32()}
SETTINGS = PortalSettings(name="Test", organisation="Test", warehouse="duckdb://none", today=TODAY)


def contract(*, district_required: bool = True, opened_required: bool = True, recorded_at: bool = True) -> Contract:
    """Status from a list, score 0 to 3, opened within limits, closed between opened and today, id unique."""
    columns = [
        Column("id", "Id", "string"),
        Column(
            "opened", "Opened", "date", required=opened_required, minimum=FIRST.isoformat(), maximum=TODAY.isoformat()
        ),
        Column("closed", "Closed", "date", between=("opened", "today")),
        Column("status", "Status", "string", required=True, values=STATUSES),
        Column("score", "Score", "integer", required=True, minimum=0, maximum=3),
        Column("district", "District", "string", required=district_required, values=DISTRICTS),
        Column("recorded_at", "Recorded", "date"),
    ]
    rules = [
        Rule("id_unique", "Id is unique", "unique", "uniqueness", ("id",)),
        Rule("opened_limits", "Opened is this year", "limits", "conformity", ("opened",),
             minimum=FIRST.isoformat(), maximum=TODAY.isoformat()),
        Rule("closed_after_opened", "Closed follows opened", "custom", "consistency", ("closed",),
             condition="closed >= opened"),
        Rule("status_values", "Status is known", "values", "conformity", ("status",), values=tuple(STATUSES)),
        Rule("status_required", "Status is given", "required", "completeness", ("status",)),
        Rule("score_limits", "Score is 0 to 3", "limits", "accuracy", ("score",), minimum=0, maximum=3),
        Rule("score_required", "Score is given", "required", "completeness", ("score",)),
        Rule("district_values", "District is known", "values", "conformity", ("district",), values=tuple(DISTRICTS)),
    ]  # fmt: skip
    if district_required:
        rules.append(Rule("district_required", "District is given", "required", "completeness", ("district",)))
    if opened_required:
        rules.append(Rule("opened_required", "Opened is given", "required", "completeness", ("opened",)))
    return Contract(
        id="cases",
        name="Cases",
        table="t",
        columns={column.name: column for column in columns},
        rules=tuple(rules),
        record_key=("id",),
        recorded_at="recorded_at" if recorded_at else None,
        about="things",
        domain="Test",
        team=(Person("Olive Owner", "owner", "olive@example.org"),),
        purpose="Tests.",
        limitations="None.",
        usage=None,
        version="1",
    )


def metric(**changes: Any) -> Metric:
    """A count of cases by the month opened, changed as asked."""
    base: dict[str, Any] = {
        "id": "m",
        "name": "Cases",
        "dataset": "cases",
        "type": "count",
        "time": "opened",
        "dimensions": ("district",),
        "definition": "Cases.",
        "reviewed": date(2026, 1, 1),
    }
    return Metric(**(base | changes))


class MemoryGeneration(DuckDBGeneration):
    """A generation over rows in memory instead of a file."""

    def __init__(
        self, rows: Sequence[Sequence[Any]], names: Sequence[str] = COLUMNS, types: Sequence[str] = TYPES
    ) -> None:
        self.version = "memory"
        self._file = Version(Path("no file"), 0, 0, 0)
        self._said: set[str] = set()
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("ATTACH ':memory:' AS wh")
        fields = ", ".join(f'"{name}" {kind}' for name, kind in zip(names, types, strict=True))
        self._connection.execute(f"CREATE TABLE wh.t ({fields})")
        if rows:  # as a table: row by row takes a millisecond each
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array(cells, ARROW.get(kind, pa.float64())) for cells, kind in zip(columns, types, strict=True)
            ]
            self._connection.register("drawn", pa.table(arrays, names=list(names)))
            self._connection.execute("INSERT INTO wh.t SELECT * FROM drawn")


class Asker:
    """The product, over one small table."""

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        on: Contract | None = None,
        names: Sequence[str] = COLUMNS,
        types: Sequence[str] = TYPES,
    ) -> None:
        self.contract = on or contract()
        self._generation = MemoryGeneration(rows, names, types)
        self._condenser = Condenser(lambda: TODAY)

    def ask(self, of: Metric, **query: Any) -> Answer:
        """The product's answer, before disclosure control."""
        question = validated(Query(metric=of.id, **query), of, self.contract, ())
        return answer(question, self._generation, self._condenser, SETTINGS, TODAY)


def ask(rows: Sequence[Sequence[Any]], of: Metric, on: Contract | None = None, **query: Any) -> Answer:
    """One answer about the rows."""
    return Asker(rows, on).ask(of, **query)
