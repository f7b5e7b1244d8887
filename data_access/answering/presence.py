"""Whether the warehouse has every table and column that the contracts name."""

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


def _missing(configuration: Configuration, contract: Contract, generation: Generation) -> list[Problem]:
    there = generation.columns(contract.table)
    known = {name.lower() for name in there or ()}
    absent = [name for name in contract.columns if name.lower() not in known]
    if there is not None and not absent:
        return []
    document, _ = read_document(configuration.folder / contract.file, configuration.folder)
    if document is None:  # rewritten since it was loaded: its own problems say more
        return []
    if there is None:
        reason = f"the warehouse has no table or view '{contract.table}'"
        return [Problem(contract.file, document.line(("schema", 0)), "schema[0].physicalName", reason)]
    places = column_places(document)
    return [
        Problem(
            contract.file,
            document.line(places[name]),
            f"schema[0].properties[{places[name][-1]}]",
            f"the table '{contract.table}' has no column '{name}'",
            nearest(name, there),
        )
        for name in absent
    ]
