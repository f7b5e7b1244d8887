"""Drafting: a whole new configuration, or further tables for one that is there. What it cannot finish it undoes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from data_access.access import people_file
from data_access.definitions.load import read
from data_access.definitions.models import Configuration
from data_access.loading.merging import merge
from data_access.loading.tables import Found, Progress
from data_access.scaffold import memory
from data_access.scaffold.drafts import Draft, Existing
from data_access.scaffold.first_person import add_first_person
from data_access.scaffold.install import FolderError, installed
from data_access.scaffold.loaded import Loaded, is_contract, loading, table_of
from data_access.scaffold.memory import DraftedFile, Remembered, address
from data_access.scaffold.outcome import Drafted, TableDrafted
from data_access.scaffold.target import Target, require_new
from data_access.scaffold.texts import drafted, existing, texts


def begin(target: Target, sources: Sequence[str], *, copy: bool, today: date, progress: Progress) -> Drafted:
    """A whole configuration in a folder that has none. Raises PlumblineError, and then nothing has been written."""
    require_new(target)
    with loading(target, sources, copy=copy, known=None, today=today, progress=progress) as loaded:
        made = drafted(loaded.found, loaded.generation(), sources, today, state=target.state_address)
        files = texts(made, sources, today)
        remembered = _remember(
            Remembered(loaded.found.warehouse, loaded.found.copied), loaded, sources, made, files, today
        )
        had_people = (target.folder / people_file.NAME).exists()
        with installed(target.folder, files):
            try:
                password = add_first_person(_passing(target))
                _keep(target, loaded.file, remembered)
            except BaseException:
                if not had_people:
                    (target.folder / people_file.NAME).unlink(missing_ok=True)
                raise
    progress(1.0, "ready")
    return replace(_told(target, made, loaded.found), password=password)


def add(target: Target, own: Remembered, sources: Sequence[str], *, today: date, progress: Progress) -> Drafted:
    """Further sources for a configuration whose warehouse holds copies. Raises PlumblineError."""
    holds = existing(target.configuration())
    with loading(target, sources, copy=True, known=own.found(), today=today, progress=progress) as loaded:
        made = _placed(target, holds, drafted(loaded.found, loaded.generation(), sources, today, existing=holds))
        files = texts(made, sources, today)
        remembered = _remember(own, loaded, sources, made, files, today)
        with installed(target.folder, files):
            _keep(target, merged(target, loaded), remembered)
    return replace(_told(target, made, loaded.found), by_hand=_rights(made))


def rest(target: Target, loaded: Loaded, source: str, today: date) -> Drafted:
    """Contracts for those tables of the folder's own warehouse that ``loaded`` holds. Raises PlumblineError."""
    holds = existing(target.configuration())
    made = _placed(target, holds, drafted(loaded.found, loaded.generation(), [source], today, existing=holds))
    files = texts(made, [source], today)
    begun = target.own or (Remembered(target.warehouse or "", copied=False) if target.remembered is None else None)
    with installed(target.folder, files):
        if begun is not None:  # else what is remembered here is of a configuration beside this one
            _keep(target, None, _remember(begun, loaded, [source], made, files, today))
    return replace(_told(target, made, loaded.found), by_hand=_rights(made))


def _passing(target: Target) -> Configuration:
    """The configuration just written. Raises FolderError when it would not pass check: the fault of this program."""
    configuration, problems = read(target.folder)
    if configuration is None:
        raise FolderError(
            f"The draft would not pass check, which is a fault of this command, so nothing was written: {problems[0]} "
            "Leave that table or column out of the source, and tell those who look after Plumbline."
        )
    return configuration


def merged(target: Target, loaded: Loaded) -> Path | None:
    """The warehouse as it is to be: the tables that are there with the new ones."""
    if loaded.file is None:
        return None
    whole = loaded.file.with_name("merged.duckdb")
    own = {known.table.name for known in target.own.tables} if target.own else set()
    merge(target.copies, loaded.file, whole, own)
    return whole


def _remember(
    before: Remembered,
    loaded: Loaded,
    sources: Sequence[str],
    made: Sequence[Draft],
    files: Mapping[str, str],
    today: date,
) -> Remembered:
    addresses = tuple(map(address, sources))
    return replace(
        before,
        drafted={**before.drafted, **dict.fromkeys(addresses, today)},
        tables=(*before.tables, *loaded.tables(sources, [draft.content for draft in made])),
        files={**before.files, **{file: DraftedFile(text, addresses) for file, text in files.items()}},
    )


def _keep(target: Target, warehouse: Path | None, remembered: Remembered) -> None:
    """Puts what is remembered into place, and last the warehouse; either both or none. Raises OSError."""
    file = target.state / memory.NAME
    before = file.read_bytes() if file.exists() else None
    memory.write(target.state, remembered)
    try:
        if warehouse is not None:
            os.replace(warehouse, target.copies)
    except OSError:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        raise


def _placed(target: Target, holds: Existing, made: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, a list of metrics under another name where the folder has one of that name: any name will do.

    No report where there is no role that could read it.
    """
    return tuple(
        replace(draft, file=_free_name(target.folder, draft.file)) if draft.file.startswith("metrics/") else draft
        for draft in made
        if holds.readers or not draft.file.startswith("reports/")
    )


def _free_name(folder: Path, file: str) -> str:
    stem = file.removesuffix(".yaml")
    names = (f"{stem}{ending}.yaml" for ending in ("", *(f"_{number}" for number in range(2, 1000))))
    return next((name for name in names if not (folder / name).exists()), file)


def _told(target: Target, made: Sequence[Draft], found: Found) -> Drafted:
    """What was drafted, with the guesses counted by table: a metric's dataset is named by its contract's file."""
    if not found.tables:
        raise FolderError("No table was found. " + " ".join(found.left_out))
    guesses = {table.name: 0 for table in found.tables}
    tables: dict[str, str] = {}
    for draft in made:
        if isinstance(draft.content, Mapping) and is_contract(draft.content):
            tables[str(draft.content["id"])] = table_of(draft.content)
    for draft in made:
        table = tables.get(_dataset(draft), "")
        guesses[table] = guesses.get(table, 0) + len(draft.guesses)
    listed = tuple(TableDrafted(table.name, table.records, guesses[table.name]) for table in found.tables)
    return Drafted(target.folder, listed, guesses.get("", 0), tuple(draft.file for draft in made), found.left_out)


def _dataset(draft: Draft) -> str:
    """The dataset that a contract or a list of metrics is about; empty for what is about all of them."""
    if isinstance(draft.content, Mapping):
        return str(draft.content.get("id", ""))
    return str(draft.content[0]["dataset"]) if draft.content else ""


def _rights(made: Sequence[Draft]) -> tuple[str, ...]:
    """What roles.yaml needs, which is never changed by the command."""
    names = [(draft.file.split("/")[0], Path(draft.file).name.split(".")[0]) for draft in made if "/" in draft.file]
    asked = [f"{key}: [{', '.join(name for kind, name in names if kind == key)}]" for key in ("reports", "datasets")]
    return (f"Nobody may open them yet: in roles.yaml, add to each role that should: {'; '.join(asked)}",)
