"""DuckDB: read-only, locked generations of a warehouse file.

Each generation is an in-memory database that attaches the file read-only and is then locked: no other
file, address or setting can be reached from a query. The file is looked at once a second; when it has
been replaced, a new generation opens and the old one closes with its last cursor.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa
from sqlglot import exp

from data_access.errors import NotAsAgreed, WarehouseError
from data_access.outage import Outage
from data_access.warehouse import duckdb_faults, duckdb_file
from data_access.warehouse.duckdb_file import Version

LOOK_EVERY = 1.0  # seconds
TRIES = 3  # at opening a file that is replaced again and again
CATALOG = "wh"
TIME_ZONE = "Europe/London"  # what a UK body means by a timestamp's date

T = TypeVar("T")
log = logging.getLogger("plumbline")


class DuckDBGeneration:
    """One sight of one version of the file. ``spill``: the folder for what a large query cannot keep in memory.

    ``said``: what the log has been told of this version. ``spoilt``: nothing more should be asked of this sight; the
    file may have to be opened anew.
    """

    def __init__(self, file: Version, spill: Path, said: set[str]) -> None:
        self.version = file.name
        self.spoilt = False
        self._file = file
        self._said = said
        attach = exp.Literal.string(str(file.path)).sql(dialect="duckdb")
        self._connection = duckdb.connect(":memory:", config={"temp_directory": str(spill)})
        try:
            self._connection.execute(f"ATTACH {attach} AS {CATALOG} (READ_ONLY)")
            # For every cursor: without GLOBAL it would hold for this connection's own session alone.
            self._connection.execute(f"SET GLOBAL TimeZone = '{TIME_ZONE}'")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        except duckdb.Error as error:
            raise duckdb_faults.in_opening(error, file.path.name) from error

    def run(self, tree: exp.Query) -> pa.Table:
        """Runs a query on a cursor of its own. Raises WarehouseError with what to do."""
        try:
            return self._of_one_version(
                lambda: self._connection.cursor().sql(tree.sql(dialect="duckdb")).to_arrow_table()
            )
        except NotAsAgreed as error:
            self._say_once(str(error.__cause__).splitlines()[0])
            raise

    def can_run(self, tree: exp.Query) -> bool:
        """Whether DuckDB can plan the query. Raises WarehouseError when the file cannot be read."""
        try:
            self._of_one_version(lambda: self._connection.cursor().execute("EXPLAIN " + tree.sql(dialect="duckdb")))
        except WarehouseError as error:
            if isinstance(error.__cause__, duckdb_faults.Unsuitable):
                return False
            raise
        return True

    def columns(self, table: str) -> Mapping[str, str] | None:
        """Column names and DuckDB types, in order; None when the table is not there."""
        query = exp.select("*").from_(self.table(table)).limit(0)
        try:
            found = self._of_one_version(lambda: self._connection.cursor().sql(query.sql(dialect="duckdb")))
        except WarehouseError as error:
            if isinstance(error.__cause__, duckdb_faults.MissingNames):
                return None
            raise WarehouseError(
                f"The table or view '{table}' cannot be read. It may stand on a file elsewhere."
            ) from error
        return dict(zip(found.columns, (str(kind) for kind in found.types), strict=True))

    def table(self, name: str) -> exp.Table:
        """``wh.t`` or ``wh.schema.t``, quoted."""
        return exp.Table(
            this=exp.to_identifier(name.split(".")[-1], quoted=True),
            db=exp.to_identifier(name.split(".")[-2], quoted=True) if "." in name else exp.to_identifier(CATALOG),
            catalog=exp.to_identifier(CATALOG) if "." in name else None,
        )

    def _of_one_version(self, ask: Callable[[], T]) -> T:
        """What was asked, unless the file was written to meanwhile: DuckDB would mix old and new without a word."""
        try:
            found = ask()
        except duckdb.Error as error:
            raise self._explained(error) from error
        if self._file.overwritten():
            self.spoilt = True
            raise duckdb_faults.overwritten(self._file.path.name)
        return found

    def _explained(self, error: duckdb.Error) -> WarehouseError:
        if self._file.overwritten():
            self.spoilt = True
            return duckdb_faults.overwritten(self._file.path.name)
        if isinstance(error, duckdb_faults.MissingNames):
            return duckdb_faults.missing_names()
        if isinstance(error, duckdb_faults.Unsuitable):
            return duckdb_faults.unsuitable()
        # A database that has met a fault refuses everything afterwards, also when the fault is gone.
        self.spoilt = not isinstance(error, duckdb.OutOfMemoryException)
        self._say_once(str(error).splitlines()[0])
        return duckdb_faults.in_answering(error, self._file.path.name)

    def _say_once(self, why: str) -> None:
        if why not in self._said:
            self._said.add(why)
            log.warning("The warehouse file %s could not answer. %s", self._file.path.name, why)


class DuckDBWarehouse:
    """A warehouse file, or a glob of files of which the newest counts (for systems that cannot replace one)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._outage = Outage("The warehouse")
        # Of its own, for the portal's account only: what is spilt are records.
        self._spill = tempfile.TemporaryDirectory(prefix="plumbline-", ignore_cleanup_errors=True)
        self._current: DuckDBGeneration | None = None
        self._said: tuple[str, set[str]] = ("", set())
        self._looked = -LOOK_EVERY

    def generation(self) -> DuckDBGeneration:
        """The newest generation, opened when the file has changed. Raises WarehouseError."""
        with self._lock:
            now = time.monotonic()
            if self._current is None or self._current.spoilt or now - self._looked >= LOOK_EVERY:
                self._look()
                self._looked = now
            assert self._current is not None
            return self._current

    def _look(self) -> None:
        try:
            file = duckdb_file.newest(self._path)
            if self._current is None or self._current.spoilt or self._current.version != file.name:
                self._current = None  # closes with the last cursor on it; also where the new file cannot be opened
                self._current = self._open(file)
        except WarehouseError as error:
            self._outage.goes_on(error.message)
            raise
        self._outage.over()

    def _open(self, file: Version) -> DuckDBGeneration:
        """A generation of the file, named for what it really holds: the file may change while it is being opened."""
        spill = Path(self._spill.name)
        spill.mkdir(mode=0o700, exist_ok=True)  # systems clear away what has long not been used
        for _ in range(TRIES):
            if self._said[0] != file.name:
                self._said = (file.name, set())
            opened = DuckDBGeneration(file, spill, self._said[1])
            after = duckdb_file.newest(self._path)
            if after == file:
                return opened
            file = after
        raise duckdb_faults.overwritten(file.path.name)
