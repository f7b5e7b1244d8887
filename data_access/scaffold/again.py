"""A second run on a source that is known: what has changed in it, apart from what people did to the drafts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from data_access.answering.presence import missing
from data_access.errors import Problem
from data_access.loading.tables import Found, Progress
from data_access.scaffold.begin import merged
from data_access.scaffold.differences import differences
from data_access.scaffold.drafts import Existing
from data_access.scaffold.facts import changes
from data_access.scaffold.fitting import require_all
from data_access.scaffold.install import FolderError
from data_access.scaffold.loaded import Loaded, is_contract, loading, table_of
from data_access.scaffold.memory import DraftedTable, Remembered, address
from data_access.scaffold.naming import listed
from data_access.scaffold.outcome import ChangedFile, Compared, TableDrafted
from data_access.scaffold.target import Target
from data_access.scaffold.texts import content, drafted, existing, texts
from data_access.warehouse.engine import connect

SHOWN = 3  # of what people changed


def compare(target: Target, own: Remembered, sources: Sequence[str], *, today: date, progress: Progress) -> Compared:
    """What is different in the sources since they were drafted from. Writes nothing. Raises PlumblineError."""
    others = Found(own.warehouse, tuple(known.table for known in own.tables if not _is_of(known, sources)), own.copied)
    with loading(target, sources, copy=own.copied, known=others, today=today, progress=progress) as loaded:
        return compared(target, own, sources, loaded, today)


def compared(target: Target, own: Remembered, sources: Sequence[str], loaded: Loaded, today: date) -> Compared:
    """The same for sources that were looked at already."""
    old_texts = {file: known.text for file, known in own.files.items()}
    before = {known.table.name: known for known in own.tables if _is_of(known, sources)}
    contents = {file: content(text) for file, text in old_texts.items()}
    now = {known.table.name: known for known in loaded.tables(sources, contents.values())}
    contracts = {table_of(found): file for file, found in contents.items() if is_contract(found)}
    in_source = {contracts.get(name, ""): tuple(changes(before[name], now[name])) for name in before if name in now}
    in_draft = dict(_redrafted(target, own, sources, loaded, today))
    files = [file for file, known in own.files.items() if set(known.sources) & set(map(address, sources))]
    found = [
        ChangedFile(file, in_source.get(file, ()), in_draft.get(file, ()), _by_people(target, file, old_texts[file]))
        for file in files
    ]
    seen = {known.table.origin or known.table.name for known in own.tables}
    return Compared(
        target.folder,
        tuple(file for file in found if file.in_the_source or file.in_the_draft or file.by_people),
        tuple(_came_and_gone(before, now, seen)),
        notes=loaded.found.left_out,
    )


def reload(target: Target, own: Remembered, sources: Sequence[str], *, today: date, progress: Progress) -> Compared:
    """Copies the sources' records anew, columns and types as drafted, and puts the whole file in place at once.

    Raises PlumblineError, and leaves the warehouse as it was, when a contract would miss a table or column, or cells
    that cannot be read would become blanks that no check sees.
    """
    with loading(target, sources, copy=True, known=own.found(), today=today, progress=progress) as loaded:
        require_all(target, own, sources, loaded)
        whole = merged(target, loaded)
        if whole is None:
            raise FolderError("The tables are read where they are: there is nothing to copy.")
        _require_columns(target, f"duckdb://{whole}")
        outcome = compared(target, own, sources, loaded, today)
        tables = tuple(TableDrafted(table.name, table.records, 0) for table in loaded.found.tables)
        os.replace(whole, target.copies)
    return Compared(target.folder, outcome.files, outcome.others, tables, outcome.notes)


def _require_columns(target: Target, address: str) -> None:
    """Raises FolderError when contracts miss in the new warehouse what they find in the one that is there."""
    configuration = target.configuration()
    contracts, current = configuration.contracts.values(), configuration.portal.warehouse
    now = missing(target.folder, contracts, connect(current, target.base).generation())
    then = missing(target.folder, contracts, connect(address, target.base).generation())
    worse: list[Problem] = [problem for problem in then if problem not in now]
    if worse:
        more = f" and {len(worse) - 1} more" if len(worse) > 1 else ""
        raise FolderError(
            "The records were not copied, because the contracts would no longer fit: "
            f"{worse[0].file}: {worse[0].reason}{more}. Put the source right, or change the contract first."
        )


def _redrafted(
    target: Target, own: Remembered, sources: Sequence[str], loaded: Loaded, today: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each file's differences between the last draft and one that would be made now."""
    addresses = set(map(address, sources))
    mine = [file for file, known in own.files.items() if set(known.sources) & addresses]
    holds = Existing()
    with suppress(FolderError):  # while the configuration is broken, an id may be taken twice in this comparison
        holds = existing(target.configuration(), but=mine)
    made = texts(drafted(loaded.found, loaded.generation(), sources, today, existing=holds), sources, today)
    for file, text in made.items():
        if file in own.files:
            old, new = content(own.files[file].text), content(text)
            yield file, tuple(differences(_comparable(old, new), _comparable(new, old)))


def _comparable(one: Any, other: Any) -> Any:
    """The content without what came or is gone as a whole: that is told of the source, not of the draft.

    These are a report's sections and a contract's columns; and its purpose names the day of the draft.
    """
    if isinstance(one, Mapping) and "sections" in one:
        titles = {section["title"] for section in other["sections"]}
        return {**one, "sections": [section for section in one["sections"] if section["title"] in titles]}
    if not is_contract(one):
        return one
    table, others = one["schema"][0], other["schema"][0]
    named = {column["name"] for column in others["properties"]}
    kept = [column for column in table["properties"] if column["name"] in named]
    description = {key: text for key, text in one["description"].items() if key != "purpose"}
    return {**one, "description": description, "schema": [{**table, "properties": kept}]}


def _by_people(target: Target, file: str, drafted_text: str) -> str | None:
    """What people did to a file since it was drafted; None where it stands as it was."""
    try:
        text = (target.folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        return "was removed by people"
    except (OSError, UnicodeDecodeError):
        return "cannot be read now"
    if text == drafted_text:
        return None
    edits = list(differences(content(drafted_text), content(text)))
    return (
        f"was edited by people: {listed(edits, most=SHOWN)}" if edits else "was edited by people in its comments only"
    )


def _came_and_gone(
    before: Mapping[str, DraftedTable], now: Mapping[str, DraftedTable], seen: set[str]
) -> Iterator[str]:
    for name, known in before.items():
        if name not in now:
            yield f"The table '{name}' is no longer in {known.table.source}."
    for name, known in now.items():
        if name not in before and (known.table.origin or name) not in seen:
            where, records = known.table.source, f"{known.table.records:,} records"
            yield f"The table '{name}' in {where} is new: {records}, not drafted yet. Name it as a source to add it."


def _is_of(known: DraftedTable, sources: Sequence[str]) -> bool:
    return known.source in set(map(address, sources))
