"""Whether the warehouse has every table and column that the contracts name, of a type that fits."""

from __future__ import annotations

from data_access.definitions.contract_columns import column_places
from data_access.definitions.models import Configuration, Contract
from data_access.definitions.yaml_source import read_document
from data_access.errors import Problem, nearest
from data_access.warehouse.engine import Generation


def missing(configuration: Configuration, generation: Generation) -> list[Problem]:
    """One problem for each table or column that is not there, at its line, with the nearest name that is."""
    found = (_missing(configuration, contract, generation) for contract in configuration.contracts.values())
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


def _missing(configuration: Configuration, contract: Contract, generation: Generation) -> list[Problem]:
    document, _ = read_document(configuration.folder / contract.file, configuration.folder)
    if document is None:  # rewritten since it was loaded: its own problems say more
        return []
    there = generation.columns(contract.table)
    if there is None:
        reason = f"the warehouse has no table or view '{contract.table}'"
        return [Problem(contract.file, document.line(("schema", 0)), "schema[0].physicalName", reason)]
    types = {name.lower(): kind for name, kind in there.items()}
    places = column_places(document)
    problems = []
    for name, column in contract.columns.items():
        kind = types.get(name.lower())
        if kind is None:
            reason, near = f"the table '{contract.table}' has no column '{name}'", nearest(name, there)
        elif kind.split("(")[0].split()[0].upper() not in FITTING[column.type]:
            reason, near = f"'{name}' is {kind} in the warehouse, which is no {column.type}", None
        else:
            continue
        key = f"schema[0].properties[{places[name][-1]}]"
        problems.append(Problem(contract.file, document.line(places[name]), key, reason, near))
    return problems
