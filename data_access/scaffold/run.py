"""What ``scaffold`` does with a folder and its sources: begin, add to it, compare, or copy anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from data_access.loading.tables import Progress
from data_access.scaffold.again import compare, compared, reload
from data_access.scaffold.begin import add, begin, rest
from data_access.scaffold.install import FolderError
from data_access.scaffold.loaded import loading
from data_access.scaffold.memory import address
from data_access.scaffold.outcome import Compared, Drafted
from data_access.scaffold.target import ELSEWHERE, Target, look


def scaffold(
    folder: Path, sources: Sequence[str], *, copy: bool, anew: bool, today: date, progress: Progress
) -> Drafted | Compared:
    """Drafts into ``folder`` what it does not have yet, else says what changed in the sources since.

    ``copy``: also copy a DuckDB file, which else is read in place. ``anew``: copy the records of known sources again.
    Nothing that stands in the folder is ever overwritten. Raises PlumblineError with one line of reason.
    """
    addresses = {source: address(source) for source in sources}
    target = look(folder)
    own = target.own
    known = [source for source in sources if own is not None and addresses[source] in own.drafted]
    if anew:
        if own is None or len(known) < len(sources):
            raise FolderError(
                f"--reload copies what was drafted before, and {target.folder.name} does not know this source."
            )
        if not own.copied or any(map(target.is_warehouse, sources)):
            raise FolderError("The tables are read where they are: there is nothing to copy.")
        return reload(target, own, sources, today=today, progress=progress)
    if target.warehouse is None:
        return begin(target, sources, copy=copy, today=today, progress=progress)
    if len(sources) == 1 and target.is_warehouse(sources[0]):
        return _its_own_warehouse(target, sources[0], today, progress)
    if own is None or not own.copied:
        raise FolderError(
            f"{target.folder.name} holds another configuration, whose warehouse was not made by scaffold. Name a new "
            f"folder, as in {ELSEWHERE}"
        )
    new = [source for source in sources if source not in known]
    if new:
        return add(target, own, new, today=today, progress=progress)
    return compare(target, own, sources, today=today, progress=progress)


def _its_own_warehouse(target: Target, source: str, today: date, progress: Progress) -> Drafted | Compared:
    """Drafts those tables that no contract reads and that were never drafted; without any, says what changed."""
    own = target.own
    contracts = {contract.table.lower() for contract in target.configuration().contracts.values()}
    drafted = {known.table.name.lower() for known in own.tables} if own else set()
    with loading(target, [source], copy=False, known=None, today=today, progress=progress) as loaded:
        new = [table for table in loaded.found.tables if table.name.lower() not in contracts | drafted]
        if new:
            return rest(target, replace(loaded, found=replace(loaded.found, tables=tuple(new))), source, today)
        if own is not None and address(source) in own.drafted:
            return compared(target, own, [source], loaded, today)
    raise FolderError(f"Every table of {Path(address(source)).name} has a contract already: there is nothing to draft.")
