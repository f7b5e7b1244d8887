"""DuckDB: read-only, locked generations of a warehouse file.

Each generation is an in-memory database that attaches the file read-only and is then locked: no other
file, address or setting can be reached from a query. The file is looked at once a second; when it has
been replaced, a new generation opens and the old one closes with its last cursor.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from data_access.errors import WarehouseError

LOOK_EVERY = 1.0  # seconds
CATALOG = "wh"
TIME_ZONE = "Europe/London"  # what a UK body means by a timestamp's date


class DuckDBGeneration:
    """One sight of one version of the file."""

    def __init__(self, path: Path, version: str) -> None:
        self.version = version
        self._connection = duckdb.connect(":memory:")
        attach = exp.Literal.string(str(path)).sql(dialect="duckdb")
        try:
            self._connection.execute(f"ATTACH {attach} AS {CATALOG} (READ_ONLY)")
            # For every cursor: without GLOBAL it would hold for this connection's own session alone.
            self._connection.execute(f"SET GLOBAL TimeZone = '{TIME_ZONE}'")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        except duckdb.Error as error:
            raise WarehouseError(
                f"The warehouse file {path.name} cannot be opened. It may be locked by another program or damaged. "
                "Close what is writing to it, or load it again."
            ) from error

    def run(self, tree: exp.Query) -> pa.Table:
        """Runs a query on a cursor of its own. Raises WarehouseError with what to do."""
        try:
            return self._connection.cursor().sql(tree.sql(dialect="duckdb")).to_arrow_table()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise WarehouseError(
                "The warehouse does not have the table or column that a contract names. Run the check command, "
                "which lists every difference."
            ) from error
        except duckdb.Error as error:
            raise WarehouseError(
                "The warehouse could not answer. It may have been replaced or damaged while it was read; try again."
            ) from error

    def can_run(self, tree: exp.Query) -> bool:
        """Whether DuckDB can plan the query. Raises WarehouseError when the file cannot be read."""
        try:
            self._connection.cursor().execute("EXPLAIN " + tree.sql(dialect="duckdb"))
        except (duckdb.IOException, duckdb.OperationalError) as error:
            raise WarehouseError("The warehouse could not be read just now; try again.") from error
        except duckdb.Error:
            return False
        return True

    def columns(self, table: str) -> Mapping[str, str] | None:
        """Column names and DuckDB types, in order; None when the table is not there."""
        query = exp.select("*").from_(self.table(table)).limit(0)
        try:
            found = self._connection.cursor().sql(query.sql(dialect="duckdb"))
            return dict(zip(found.columns, (str(kind) for kind in found.types), strict=True))
        except (duckdb.CatalogException, duckdb.BinderException):
            return None
        except duckdb.Error as error:
            raise WarehouseError(
                f"The table or view '{table}' cannot be read. It may stand on a file elsewhere."
            ) from error

    def table(self, name: str) -> exp.Table:
        """``wh.t`` or ``wh.schema.t``, quoted."""
        return exp.Table(
            this=exp.to_identifier(name.split(".")[-1], quoted=True),
            db=exp.to_identifier(name.split(".")[-2], quoted=True) if "." in name else exp.to_identifier(CATALOG),
            catalog=exp.to_identifier(CATALOG) if "." in name else None,
        )


class DuckDBWarehouse:
    """A warehouse file, or a glob of files of which the newest counts (for systems that cannot replace one)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._current: DuckDBGeneration | None = None
        self._looked = -LOOK_EVERY

    def generation(self) -> DuckDBGeneration:
        """The newest generation, opened when the file has changed. Raises WarehouseError."""
        with self._lock:
            now = time.monotonic()
            if self._current is None or now - self._looked >= LOOK_EVERY:
                path, version = self._newest()
                if self._current is None or self._current.version != version:
                    self._current = DuckDBGeneration(path, version)
                self._looked = now
            return self._current

    def _newest(self) -> tuple[Path, str]:
        found = sorted(self._path.parent.glob(self._path.name)) if "*" in self._path.name else [self._path]
        stats = [(path.stat(), path) for path in found if path.is_file()]
        if not stats:
            raise WarehouseError(
                f"The warehouse file {self._path.name} is not in the folder {self._path.parent.name}. "
                "Put it back, or correct `warehouse` in portal.yaml."
            )
        stat, path = max(stats, key=lambda pair: pair[0].st_mtime_ns)
        return path, f"{path.name}:{stat.st_ino}:{stat.st_mtime_ns}:{stat.st_size}"
