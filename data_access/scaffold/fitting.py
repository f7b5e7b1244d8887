"""Whether records that were copied anew still fit the contracts: nothing may be lost from sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from data_access.definitions.models import Contract
from data_access.loading.tables import FoundColumn, FoundTable
from data_access.scaffold.guess_unread import unread_check
from data_access.scaffold.install import FolderError
from data_access.scaffold.loaded import Loaded
from data_access.scaffold.memory import Remembered, address
from data_access.scaffold.target import Target


def require_all(target: Target, own: Remembered, sources: Sequence[str], loaded: Loaded) -> None:
    """Raises FolderError when a table that a contract reads was not found again, or cells became blanks unseen."""
    contracts = {contract.table.lower(): contract for contract in target.configuration().contracts.values()}
    found = {table.name: table for table in loaded.found.tables}
    addresses = set(map(address, sources))
    for known in own.tables:
        contract = contracts.get(known.table.name.lower())
        if contract is not None and known.source in addresses and known.table.name not in found:
            raise FolderError(
                f"The records were not copied, because {known.table.source} was not found again, and {contract.file} "
                f"reads its table '{known.table.name}'. Give it its old name and place, or take the contract out "
                f"first. {' '.join(loaded.found.left_out)}".strip()
            )
    for table in found.values():
        if contract := contracts.get(table.name.lower()):
            _require_seen(contract, table)


def _require_seen(contract: Contract, table: FoundTable) -> None:
    """Raises FolderError when a column's cells could not be read and no check of the contract looks at their text."""
    for column in _unseen(contract, table):
        check = unread_check(column, table.records)
        raise FolderError(
            f"The records were not copied, because {column.unread_values:,} of {table.records:,} cells of "
            f"'{column.name}' cannot be read as {column.type}. They would become blanks that no check of "
            f"{contract.file} sees. Put the source right, or first add to the contract the column {column.unread} "
            f"(string) and a check: type custom, engine plumbline, id {check.id}, dimension {check.dimension}, "
            f"implementation '{check.condition}', doubts [{', '.join(check.doubts)}]."
        )


def _unseen(contract: Contract, table: FoundTable) -> Iterator[FoundColumn]:
    seen = {name for rule in contract.rules if rule.condition for name in _columns(rule.condition)}
    read = {name.lower() for name in contract.columns}
    for column in table.columns:
        if column.unread_values and column.name.lower() in read and (column.unread or "").lower() not in seen:
            yield column


def _columns(condition: str) -> set[str]:
    """The columns that a check's condition names, in small letters."""
    try:
        return {column.name.lower() for column in sqlglot.parse_one(condition, dialect="duckdb").find_all(exp.Column)}
    except SqlglotError:  # a condition that cannot be read is a problem of the contract, and sees nothing
        return set()
