"""What every engine offers, and which one a warehouse address means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from data_access.errors import WarehouseError


class Generation(Protocol):
    """One consistent sight of the data. ``version`` names it: answers of one version can be cached."""

    version: str

    def run(self, tree: exp.Query) -> pa.Table:
        """Runs the query and returns its rows. Raises WarehouseError."""
        ...

    def can_run(self, tree: exp.Query) -> bool:
        """Whether the engine accepts the query, without reading any data."""
        ...

    def columns(self, table: str) -> Mapping[str, str] | None:
        """The table's columns and their types in the engine's words; None when there is no such table."""
        ...

    def table(self, name: str) -> exp.Table:
        """A node for a contract's table ("t" or "schema.t")."""
        ...


class Warehouse(Protocol):
    """A warehouse that may change while the portal runs."""

    def generation(self) -> Generation:
        """The newest generation. Raises WarehouseError when the data cannot be read."""
        ...


def connect(address: str, base: Path) -> Warehouse:
    """The warehouse behind ``portal.warehouse``; relative files start at ``base``.

    Raises WarehouseError for a kind of address that this version does not read.
    """
    kind, _, rest = address.partition("://")
    if kind == "duckdb" and rest:
        from data_access.warehouse.duckdb_engine import DuckDBWarehouse

        return DuckDBWarehouse(base / rest)
    raise WarehouseError(
        f"The warehouse address '{address}' is of a kind that this version does not read. "
        "Use duckdb:// followed by the path of a DuckDB file.",
        title="The warehouse address cannot be used",
    )
