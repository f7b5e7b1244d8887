"""Loads sources into a warehouse: copies files, spreadsheets and databases, or looks at a DuckDB file in place."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from data_access.loading.database_file import look_at
from data_access.loading.months_across import months_down
from data_access.loading.names import unique_names
from data_access.loading.places import Place, resolve
from data_access.loading.private_files import private_files
from data_access.loading.readings import prepare
from data_access.loading.refusal import SourceError
from data_access.loading.staged_places import stage
from data_access.loading.staging import SCRATCH, Staged, Staging, literal
from data_access.loading.tables import Found, FoundTable, Progress
from data_access.loading.writing import write

READING = 0.6  # the share of the work on a file that reading it is; the rest is finding its types


def load(
    sources: Sequence[str],
    into: Path,
    *,
    copy: bool,
    known: Found | None,
    today: date,
    progress: Progress,
    taken: Collection[str] = (),
) -> Found:
    """What ``sources`` hold. Their tables are copied to the new file ``into``, whole or not at all; one DuckDB file
    alone is only looked at, unless ``copy``.

    A table of ``known`` that is found again (by its origin) keeps its name, its columns' names and their types; the
    names of the others are not given again, nor those that are ``taken``. ``today`` is the day of the copy. Raises
    SourceError.
    """
    places, left_out = resolve(sources)
    if len(places) == 1 and places[0].kind == "duckdb" and not places[0].in_folder and not copy:
        return look_at(places[0], progress)
    with _said_plainly(into), private_files(), _new_warehouse(into, progress) as staging:
        tables = list(_copied(places, staging, known, today, left_out, set(taken)))
        if not tables:
            raise SourceError(" ".join(left_out) or "The source holds no table.")
    progress(1.0, "ready")
    return Found(f"duckdb://{into.resolve()}", tuple(tables), copied=True, left_out=tuple(left_out))


def _copied(
    places: Sequence[Place],
    staging: Staging,
    known: Found | None,
    today: date,
    left_out: list[str],
    taken: set[str],
) -> Iterator[FoundTable]:
    before = {table.origin: table for table in known.tables} if known else {}
    taken |= {table.name for table in before.values()}
    for place in _one_by_one(places, staging):
        found = _those_that_can_be_read(place, staging, left_out, alone=len(places) == 1)
        sheets = list(found) if place.kind == "spreadsheet" else found
        for staged in sheets:
            upright = months_down(staged, staging, today)
            old = before.get(staged.origin)
            if old is None and isinstance(sheets, list) and len(sheets) == 1:
                old = _only_sheet(place, before)
            name = old.name if old else unique_names([upright.name], "table", taken)[0]
            taken.add(name)
            yield write(upright, name, staging, today, old)


def _only_sheet(place: Place, before: Mapping[str, FoundTable]) -> FoundTable | None:
    """The one table that the workbook had: where it still has but one, its sheet was given another name."""
    had = [table for origin, table in before.items() if origin.startswith(f"{place.origin}#")]
    return had[0] if len(had) == 1 else None


def _one_by_one(places: Sequence[Place], staging: Staging) -> Iterator[Place]:
    """Each place in turn; while it is read, its progress is a part of the whole, by its size."""
    tell, done = staging.progress, 0
    whole = sum(max(1, place.size) for place in places)
    for place in places:
        size = max(1, place.size)

        def told(share: float, what: str, done: int = done, size: int = size) -> None:
            tell((done + size * READING * share) / whole, what)

        staging.progress = told
        yield place
        done += size


def _those_that_can_be_read(place: Place, staging: Staging, left_out: list[str], *, alone: bool) -> Iterator[Staged]:
    """A file that cannot be read is said, and the others go on; only when it stands alone is that an error."""
    try:
        yield from stage(place, staging, left_out)
    except SourceError as error:
        if alone or place.kind == "postgresql":
            raise
        left_out.append(error.message)


@contextmanager
def _new_warehouse(into: Path, progress: Progress) -> Iterator[Staging]:
    """A warehouse that is made in a folder beside ``into`` and takes its place at the end, unless there is an error."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".loading-") as folder:
        made, scratch = Path(folder) / "warehouse.duckdb", Path(folder) / "scratch.duckdb"
        with duckdb.connect(str(made)) as connection:
            connection.execute("SET enable_progress_bar = false")  # it would write across the bar of whoever called
            connection.execute(f"ATTACH {literal(str(scratch))} AS {SCRATCH}")
            prepare(connection)
            yield Staging(connection, progress)
            connection.execute(f"DETACH {SCRATCH}")
            connection.execute("CHECKPOINT")
        os.replace(made, into)


@contextmanager
def _said_plainly(into: Path) -> Iterator[None]:
    """The disk's errors in words: what was there before stays as it was."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        full = getattr(error, "errno", None) == errno.ENOSPC or "no space left" in str(error).lower()
        reason = "the disk is full" if full else "it cannot be written, or a source cannot be read"
        raise SourceError(
            f"{into.name} could not be made: {reason}. What was there before is as it was. Make room, see that the "
            "folder may be written to and the files may be read, and try again.",
            title="The copy could not be made",
        ) from error
