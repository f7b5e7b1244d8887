"""Whether the warehouse has every table and column that the contracts name, of a type that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from data_access.definitions.contract_columns import COLUMNS, column_places
from data_access.definitions.document import Document
from data_access.definitions.models import Column, Contract
from data_access.definitions.yaml_source import read_document
from data_access.errors import Problem, WarehouseError, nearest
from data_access.warehouse.engine import Generation


def missing(folder: Path, contracts: Iterable[Contract], generation: Generation) -> list[Problem]:
    """One problem for each table or column that is not there, at its line, with the nearest name that is.

    ``folder`` holds the contracts' files.
    """
    found = (_missing(folder, contract, generation) for contract in contracts)
    return [problem for problems in found for problem in problems]


# What a contract's type may be in a warehouse, by the first word of the engine's own name for it.
WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
}
NUMBERS = frozenset(WHOLE | {"DECIMAL", "DOUBLE", "FLOAT"})
MOMENTS = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
FITTING = {
    "string": frozenset(["VARCHAR", "ENUM", "UUID"]),
    "integer": NUMBERS,
    "number": NUMBERS,
    "date": MOMENTS,
    "timestamp": MOMENTS,
    "boolean": frozenset({"BOOLEAN"}),
    "time": frozenset({"TIME"}),
}


def _missing(folder: Path, contract: Contract, generation: Generation) -> list[Problem]:
    try:
        there = generation.columns(contract.table)
        reason = f"the warehouse has no table or view '{contract.table}'"
    except WarehouseError as error:  # of this table: the others are still looked at
        there, reason = None, error.message
    if there is None:
        document = _document(folder, contract)
        return [Problem(contract.file, document.line(("schema", 0)), "schema[0].physicalName", reason)]
    faults = [(name, fault) for name, column in contract.columns.items() if (fault := _fault(contract, column, there))]
    if not faults:  # nearly always: then the file is not read
        return []
    document = _document(folder, contract)
    places = column_places(document)
    return [document.problem(places.get(name, COLUMNS), reason, near) for name, (reason, near) in faults]


def _fault(contract: Contract, column: Column, there: Mapping[str, str]) -> tuple[str, str | None] | None:
    """What is wrong with a column, and the nearest name that is there."""
    kind = {name.lower(): kind for name, kind in there.items()}.get(column.name.lower())
    if kind is None:
        return f"the table '{contract.table}' has no column '{column.name}'", nearest(column.name, there)
    if kind.split("(")[0].split()[0].upper() not in FITTING[column.type]:
        return f"'{column.name}' is {kind} in the warehouse, which is no {column.type}", None
    return None


def _document(folder: Path, contract: Contract) -> Document:
    """The contract's file, for its lines; it may have been rewritten since, and a place then has none."""
    return read_document(folder / contract.file, folder)[0] or Document(contract.file, None)
