"""A contract's checks in plain SQL, read straight from the YAML: a second opinion on what fails.

Knows only the kinds of check that the demonstration's contracts use, and shares no code with the portal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FAILING = "SELECT count(*) FROM {table} WHERE {condition}"


def contract(config: Path, dataset: str) -> dict[str, Any]:
    """The contract as its file says, its columns under ``schema[0].properties``."""
    text = (config / "datasets" / f"{dataset}.odcs.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def failing_queries(document: dict[str, Any], today: str) -> Iterator[tuple[str, str]]:
    """Each check's name and a query that counts the records failing it."""
    table = document["schema"][0]
    for check in table.get("quality", []):
        if check["type"] == "library":  # for a whole table only duplicateValues is used
            together = ", ".join(check["arguments"]["properties"])
            yield check["id"], FAILING.format(table=table["physicalName"], condition=_twice(together, table))
            continue
        condition = re.sub(r"\bcurrent_date\b", f"DATE '{today}'", check["implementation"])
        yield check["id"], FAILING.format(table=table["physicalName"], condition=f"NOT ({condition})")
    keys = [column["name"] for column in table["properties"] if column.get("primaryKey")]
    if len(keys) == 1:
        yield f"{keys[0]} unique", FAILING.format(table=table["physicalName"], condition=_twice(keys[0], table))
    for column in table["properties"]:
        for name, condition in _column_checks(column):
            yield f"{column['name']} {name}", FAILING.format(table=table["physicalName"], condition=condition)


def _twice(columns: str, table: dict[str, Any]) -> str:
    """Of records that share the values of these columns with another."""
    return f"({columns}) IN (SELECT ({columns}) FROM {table['physicalName']} GROUP BY ALL HAVING count(*) > 1)"


def _column_checks(column: dict[str, Any]) -> Iterator[tuple[str, str]]:
    name, options = column["name"], column.get("logicalTypeOptions", {})
    if column.get("required"):
        yield "required", f"{name} IS NULL"
    if "enum" in column:
        yield "enum", f"{name} NOT IN ({', '.join(_text(item['value']) for item in column['enum'])})"
    if "pattern" in options:
        yield "pattern", f"NOT regexp_matches({name}, {_text(options['pattern'])})"
    if "minimum" in options:
        yield "minimum", f"{name} < {_text(options['minimum'])}"
    if "maximum" in options:
        yield "maximum", f"{name} > {_text(options['maximum'])}"


def _text(value: object) -> str:
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
