"""Whether the warehouse has every table and column that the contracts name."""

from __future__ import annotations

from data_access.definitions.models import Configuration, Contract
from data_access.errors import Problem, nearest
from data_access.warehouse.engine import Generation


def missing(configuration: Configuration, generation: Generation) -> list[Problem]:
    """One problem for each table or column that is not there, with the nearest name that is."""
    return [problem for contract in configuration.contracts.values() for problem in _missing(contract, generation)]


def _missing(contract: Contract, generation: Generation) -> list[Problem]:
    there = generation.columns(contract.table)
    if there is None:
        reason = f"the warehouse has no table or view '{contract.table}'"
        return [Problem(contract.file, None, "schema[0].physicalName", reason)]
    known = {name.lower() for name in there}
    return [
        Problem(
            contract.file,
            None,
            f"schema[0].properties.{name}",
            f"the table '{contract.table}' has no column '{name}'",
            nearest(name, there),
        )
        for name in contract.columns
        if name.lower() not in known
    ]
