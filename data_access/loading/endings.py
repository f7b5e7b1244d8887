"""Finds where the records of a table end: notes stand below them, after a blank row or written as notes are."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from data_access.loading.cells import Cells, filled, kind
from data_access.loading.headings import lines_said

LONG = 6  # words that a note has at least, where no record has as many in that column
HELD_BACK = 50  # the last rows of a file, among which its end is looked for
_NOTE = re.compile(
    r"[*†‡]+ ?\S.*|\[?(foot)?notes?\b.*|n\.?b\.?[ :].*|sources?\s*[:–-].*|key\s*:.*|©.*|\(c\) .*|crown copyright.*"
    r"|(.{0,30} )?(produced|extracted|exported|generated|published|printed|downloaded|run) (by|on|at|from)\b.*"
    r"|(last )?updated\b.*|data (as )?(at|from|correct)\b.*|end of (report|table|file|data).*"
    r"|\d+ (rows?|records?) (selected|returned|affected).*",
    re.IGNORECASE | re.DOTALL,
)


def last_record(rows: Sequence[Cells], first: int) -> int:
    """The place behind the last record, among ``rows`` whose records begin at ``first``."""
    end = len(rows)
    while end > first and (filled(rows[end - 1]) <= 1 or (filled(rows[end - 1]) == 2 and _is_note(rows[end - 1]))):
        end -= 1
    widest = max(map(filled, rows[first:end]), default=0)
    for place in range(end, len(rows)):
        row, is_last = rows[place], place + 1 == len(rows)
        if widest > 2 and not filled(row) and not is_last:
            return place
        if widest > 1 and filled(row) and (_is_note(row) or _is_long(row, rows[first:end])):
            return place
    return len(rows)


def ending_notes(rows: Sequence[Cells], end: int, lines: Sequence[int]) -> tuple[str, ...]:
    """Sentences on the rows from ``end`` on, which were left out, and on scant ones before it, which were kept.

    ``lines`` are the numbers of ``rows`` in the source. What the rows say is never repeated.
    """
    notes = []
    below = [line for row, line in zip(rows[end:], lines[end:], strict=True) if filled(row)]
    if below:
        what = "1 line" if len(below) == 1 else f"{len(below)} lines"
        notes.append(f"Left out below the records: {what} ({lines_said(below)}).")
    scant = _scant(rows[:end])
    if scant:
        said = lines_said([lines[place] for place in scant])
        notes.append(f"Kept as records at the end, though only one cell is filled: {said}. See whether they are notes.")
    return tuple(notes)


class Ending:
    """The end of a file that is read row by row: ``records`` are the last ones, ``notes`` sentences on the rest."""

    def __init__(self) -> None:
        self.records: list[list[str]] = []
        self.notes: tuple[str, ...] = ()

    def held_back(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The records with the numbers of their lines; blank rows and what stands below the last record are not."""
        held: deque[tuple[int, list[str]]] = deque()
        for numbered in rows:
            held.append(numbered)
            if len(held) > HELD_BACK:
                first = held.popleft()
                if filled(first[1]):
                    yield first
        tail = [row for _, row in held]
        end = last_record(tail, 0)
        self.notes = ending_notes(tail, end, [line for line, _ in held])
        kept = [numbered for numbered in list(held)[:end] if filled(numbered[1])]
        self.records = [row for _, row in kept]
        yield from kept


def _scant(rows: Sequence[Cells]) -> list[int]:
    places: list[int] = []
    for place in range(len(rows) - 1, -1, -1):
        if filled(rows[place]) > 1:
            return places if filled(rows[place]) > 2 else []
        places += [place] if filled(rows[place]) else []
    return []


def _first(row: Cells) -> tuple[int, str]:
    return next(((place, cell.strip()) for place, cell in enumerate(row) if cell and cell.strip()), (0, ""))


def _is_note(row: Cells) -> bool:
    return bool(_NOTE.fullmatch(_first(row)[1]))


def _is_long(row: Cells, records: Sequence[Cells]) -> bool:
    """A sentence where the records have words."""
    place, text = _first(row)
    if len(text.split()) < LONG or kind(text) != "words":
        return False
    cells = (record[place] for record in records if place < len(record))
    return all(2 * len((cell or "").split()) <= LONG for cell in cells)
