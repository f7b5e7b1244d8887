"""Sources as they stand in a warehouse of their own beside the portal's, with what each table holds."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data_access.loading.merging import names_in
from data_access.loading.source import load
from data_access.loading.tables import Found, Progress
from data_access.scaffold.facts import facts
from data_access.scaffold.install import FolderError
from data_access.scaffold.memory import DraftedTable, address
from data_access.scaffold.target import ADDRESS, Target
from data_access.warehouse.engine import Generation, connect

PRIVATE_FOLDER = 0o700
A_DAY = 24 * 60 * 60  # seconds; no run takes as long
COPIED = 0.8  # the share of the work that is done when everything is copied; the rest is looking at it


@dataclass(frozen=True)
class Loaded:
    """``file`` is the warehouse that the copies are in, None where the source is read in place."""

    found: Found
    file: Path | None
    address: str  # of the warehouse that holds these tables now

    def generation(self) -> Generation:
        """The tables to ask. Raises WarehouseError."""
        return connect(self.address, Path()).generation()

    def tables(self, sources: Sequence[str], contents: Iterable[Any]) -> tuple[DraftedTable, ...]:
        """Each table with what it holds; every code is kept where a contract of ``contents`` has a value set for it."""
        coded = dict(map(_coded, filter(is_contract, contents)))
        generation = self.generation()
        return tuple(
            DraftedTable(_source(table.origin, sources), table, facts(table, generation, coded.get(table.name, ())))
            for table in self.found.tables
        )


@contextmanager
def loading(
    target: Target, sources: Sequence[str], *, copy: bool, known: Found | None, today: date, progress: Progress
) -> Iterator[Loaded]:
    """Copies the sources into a file beside the warehouse, gone at the end, or looks at them in place.

    Tables that are ``known`` keep their names and types; the names of others are not theirs. Raises PlumblineError.
    """
    with beside(target) as folder:
        found = load(
            sources,
            folder / "copied.duckdb",
            copy=copy,
            known=known,
            today=today,
            progress=lambda share, what: progress(share * COPIED, what),
            taken=_taken(target, sources),
        )
        progress(COPIED, "looking at the records")
        if found.copied:
            copied = folder / "copied.duckdb"
            yield Loaded(replace(found, warehouse=ADDRESS), copied, f"duckdb://{copied}")
        else:
            yield Loaded(found, None, found.warehouse)


@contextmanager
def beside(target: Target) -> Iterator[Path]:
    """A folder on the warehouse's own disk. A state folder that was made for it goes with it when it is left empty."""
    made = not target.state.exists()
    try:
        target.state.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        folder = TemporaryDirectory(dir=target.state, prefix=".scaffold-")
    except OSError as error:
        raise FolderError(
            f"Nothing can be written beside {target.folder.name}: {error.strerror or error}. See that there is room "
            "and that the folder may be written to."
        ) from error
    _sweep(target.state)
    try:
        with folder as name:
            yield Path(name)
    finally:
        if made and not any(target.state.iterdir()):
            target.state.rmdir()


def _taken(target: Target, sources: Sequence[str]) -> frozenset[str]:
    """The names in the warehouse of copies that no table of these sources may have: whoever made them keeps them."""
    addresses = set(map(address, sources))
    known = target.own.tables if target.own else ()
    return names_in(target.copies) - {one.table.name for one in known if one.source in addresses}


def _sweep(state: Path) -> None:
    """Takes away what a run left that was ended by force: it may hold records of people."""
    for left in state.glob(".scaffold*-*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _source(origin: str, sources: Sequence[str]) -> str:
    """The address of the source that a table is from: that with which its origin begins."""
    addresses = sorted(map(address, sources), key=len, reverse=True)
    return next((one for one in addresses if origin.startswith(one)), addresses[0])


def is_contract(content: Any) -> bool:
    """Whether the content of a drafted file is a data contract."""
    return isinstance(content, Mapping) and "schema" in content


def table_of(contract: Mapping[str, Any]) -> str:
    """The table that a drafted contract is about."""
    return str(contract["schema"][0]["physicalName"])


def _coded(contract: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
    """The table of a contract, and its columns with a value set."""
    columns = contract["schema"][0]["properties"]
    return table_of(contract), frozenset(str(column["name"]) for column in columns if "enum" in column)
