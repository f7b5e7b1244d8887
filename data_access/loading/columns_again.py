"""Tells which drafted column each column of a source is, when the source is copied again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged
from data_access.loading.tables import FoundColumn, FoundTable


def as_drafted(staged: Staged, known: FoundTable | None) -> list[FoundColumn | None]:
    """The column of ``known`` that each staged one was, told by its heading and its place among equal ones.

    Raises SourceError when there are more or fewer equal ones (or ones without heading) than before: which is which
    cannot be told.
    """
    before = _by_heading(known) if known else {}
    now = Counter(column.heading for column in staged.columns)
    for heading, drafted in before.items():
        _require_as_many(staged, heading, drafted, now[heading])
    return [before[column.heading].pop(0) if before.get(column.heading) else None for column in staged.columns]


def unnamed(staged: Staged, names: dict[int, str]) -> tuple[str, ...]:
    """What became of the columns without heading, in order: their names by their place, "" where one was left out."""
    return tuple(names.get(place, "") for place, column in enumerate(staged.columns) if not column.heading)


def _by_heading(known: FoundTable) -> dict[str, list[FoundColumn | None]]:
    """The drafted columns of each heading in the source's order; of those without, also None for one left out."""
    found: dict[str, list[FoundColumn | None]] = {}
    for column in known.columns:
        if column.name != known.copied_on:
            found.setdefault(column.heading, []).append(column)
    if known.unnamed is not None:
        by_name = {column.name: column for column in known.columns}
        found[""] = [by_name.get(name) for name in known.unnamed]
    return found


def _require_as_many(staged: Staged, heading: str, drafted: Sequence[FoundColumn | None], now: int) -> None:
    told_by_place = any(drafted) if heading == "" else now and max(now, len(drafted)) > 1
    if told_by_place and now != len(drafted):
        called = f"with the heading '{heading}'" if heading else "without a heading"
        raise SourceError(
            f"{staged.source} has {now} columns {called}, and had {len(drafted)} when it was drafted, so which is "
            "which cannot be told. What was there before is as it was. Have the source send them as before, or draft "
            "it anew with a new folder."
        )
