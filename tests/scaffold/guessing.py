"""Tables made by hand in a warehouse file, what is drafted from them, and the portal that opens on the drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data_access.access.viewer import OPERATOR
from data_access.answering.presence import missing
from data_access.definitions.load import read
from data_access.definitions.models import Configuration
from data_access.errors import Problem
from data_access.loading.tables import Found, FoundColumn, FoundTable
from data_access.portal import Portal
from data_access.questions import Answer, Query
from data_access.scaffold.draft import drafts
from data_access.scaffold.drafts import Draft
from data_access.scaffold.yaml_text import yaml_text
from data_access.warehouse.engine import Generation, connect

TODAY = date(2026, 10, 31)
_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamp",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "TIME": "time",
}


@dataclass(frozen=True)
class World:
    """A warehouse file with what is found in it."""

    folder: Path
    found: Found

    @property
    def generation(self) -> Generation:
        return connect("duckdb://state/warehouse.duckdb", self.folder).generation()

    @cache  # noqa: B019 (a world is kept as long as its test)
    def drafts(self) -> Mapping[str, Draft]:
        """The drafts of a new configuration by their file."""
        made = drafts(self.found, self.generation, name="Our tables", today=TODAY, with_portal=True)
        return {draft.file: draft for draft in made}

    def written(self) -> Path:
        """The drafts as files of ``config/``."""
        for file, draft in self.drafts().items():
            path = self.folder / "config" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml_text(draft, ()), "utf-8")
        return self.folder / "config"


def world(folder: Path, statements: Mapping[str, str], given: pa.Table | None = None, **details: Any) -> World:
    """A world whose tables are each made by a SELECT. ``details`` are further fields of every FoundTable.

    ``columns`` among them maps a column to fields of its FoundColumn. ``given`` is a table that a SELECT may name.
    """
    (folder / "state").mkdir(parents=True, exist_ok=True)
    path = folder / "state" / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        if given is not None:
            connection.register("given", given)
        for name, select in statements.items():
            connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS {select}')
        tables = tuple(_found(connection, name, **details) for name in statements)
    return World(folder, Found("duckdb://state/warehouse.duckdb", tables, copied=True))


def _found(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, Mapping[str, Any]] | None = None,
    **details: Any,
) -> FoundTable:
    described = connection.sql(f'SELECT * FROM "{name}" LIMIT 0')
    found = [
        _column(column, str(kind), **(columns or {}).get(column, {}))
        for column, kind in zip(described.columns, described.types, strict=True)
    ]
    records = connection.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
    table = FoundTable(name, name.replace("_", " ").capitalize(), f"{name}.csv", tuple(found), records)
    return replace(table, **details)


def _column(name: str, kind: str, **details: Any) -> FoundColumn:
    type_ = _TYPES.get(kind, "number" if kind.startswith("DECIMAL") else "integer")
    return replace(FoundColumn(name, name, type_, kind, f"All values are {kind}."), **details)


def checked(config: Path) -> tuple[Configuration, Sequence[Problem]]:
    """The configuration and all its problems, those of the warehouse too; there is no error among them."""
    configuration, problems = read(config)
    assert configuration is not None, [str(problem) for problem in problems]
    generation = connect(configuration.portal.warehouse, config.parent).generation()
    return configuration, [*problems, *missing(config, configuration.contracts.values(), generation)]


def answers(config: Path) -> dict[str, Answer]:
    """Each drafted metric asked for the whole span, by its own grain, and by its first dimension."""
    portal = Portal.open(config)
    door = portal.for_viewer(OPERATOR)
    found = {}
    for metric in portal.configuration.metrics.values():
        found[metric.id] = door.ask(Query(metric.id))
        door.ask(Query(metric.id, over=metric.grain))
        for dimension in metric.dimensions[:2]:
            door.ask(Query(metric.id, by=(dimension,)))
    return found


def contract_of(made: World) -> dict[str, Any]:
    """The drafted contract of the only table."""
    content = _draft(made).content
    assert isinstance(content, Mapping)
    return dict(content)


def column_of(made: World, name: str) -> dict[str, Any]:
    """One column of the only contract."""
    found: list[dict[str, Any]] = contract_of(made)["schema"][0]["properties"]
    return next(entry for entry in found if entry["name"] == name)


def limits_of(made: World, name: str) -> dict[str, Any]:
    """The limits and pattern of a column; none at all is empty."""
    return dict(column_of(made, name).get("logicalTypeOptions", {}))


def codes_of(made: World, name: str) -> list[Any]:
    """The codes of a column."""
    return [entry["value"] for entry in column_of(made, name).get("enum", [])]


def own_of(entry: Mapping[str, Any], name: str) -> Any:
    """A custom property of a contract or a column; None without it."""
    return next((one["value"] for one in entry.get("customProperties", []) if one["property"] == name), None)


def check_of(made: World, name: str) -> dict[str, Any] | None:
    """A check of the only contract by its id; None where it has none."""
    return next((one for one in contract_of(made)["schema"][0].get("quality", []) if one["id"] == name), None)


def metrics_of(made: World) -> dict[str, dict[str, Any]]:
    """The drafted metrics of the only table by their type."""
    found = [draft.content for file, draft in made.drafts().items() if file.startswith("metrics/")]
    return {metric["type"]: dict(metric) for metric in (found[0] if found else [])}


def why(made: World, name: str, key: str) -> str:
    """The reasons given for a key of a column of the only contract."""
    place = [entry["name"] for entry in contract_of(made)["schema"][0]["properties"]].index(name)
    path = ("schema", 0, "properties", place, key)
    found = [guess.why for guess in _draft(made).guesses if guess.path[:5] == path]
    assert found, f"no reason is given for {key} of {name}"
    return " ".join(found)


def _draft(made: World) -> Draft:
    return next(draft for file, draft in made.drafts().items() if file.startswith("datasets/"))
