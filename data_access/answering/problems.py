"""Everything that is wrong with one configuration, looked at as a whole: its files, its people, its tables.

What is wrong in one place hides nothing in another: of a broken folder, the contracts that can be read are still
held against the warehouse. The command ``check`` prints what is found here, and a running portal tells it to its
administrators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from data_access.access.people_problems import people_problems
from data_access.answering.presence import missing
from data_access.definitions.load import Reading, in_order, read_all
from data_access.errors import Problem, WarehouseError
from data_access.warehouse.engine import Warehouse, connect

NO_ADDRESS = "portal.yaml does not say which warehouse to read."


@dataclass(frozen=True)
class Inspection:
    """What was found. ``unread``: why the tables were not looked at; empty where they were."""

    reading: Reading
    problems: tuple[Problem, ...]
    unread: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no mere warnings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def inspect(folder: Path) -> Inspection:
    """Reads the folder and looks at the warehouse that it names."""
    reading = read_all(folder)
    tables, unread = table_problems(folder, reading)
    people = people_problems(folder, reading.roles)
    return Inspection(reading, in_order([*reading.problems, *people, *tables]), unread)


def table_problems(
    folder: Path, reading: Reading, opened: Mapping[str, Warehouse] = MappingProxyType({})
) -> tuple[list[Problem], str]:
    """What the warehouse lacks of what was read, and why it could not be looked at where it could not.

    ``opened``: warehouses that are open already, by address; any other is opened for this look.
    """
    address = reading.warehouse
    if address is None:
        return [], NO_ADDRESS
    try:
        warehouse = opened.get(address) or connect(address, folder.resolve().parent)
        return missing(folder, reading.contracts.values(), warehouse.generation()), ""
    except WarehouseError as error:
        return [], error.message
