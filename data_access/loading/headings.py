"""Finds the row of headings: lines of title above it, two rows of headings, and files without headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data_access.loading.cells import Cells, filled, is_year, kind, under, width
from data_access.loading.record_signs import LOOKED_AT, is_record

NO_HEADINGS = (
    "It has no row of headings: the first row reads as a record and was kept as one, and the columns are numbered."
)
TWO_ROWS = "Its headings stand in two rows, which were joined."


@dataclass(frozen=True)
class Headings:
    """``first`` is the place of the first record; ``given`` says whether there is a row of headings.

    ``notes`` are sentences on what was done; they never repeat a line that was left out, which may name a person.
    """

    headings: tuple[str, ...]
    first: int
    given: bool
    notes: tuple[str, ...] = ()


def find_headings(rows: Sequence[Cells], before: int = 0) -> Headings | None:
    """The headings of a table whose first rows these are, ``before`` lines into the source; None without a table."""
    place = _place(rows)
    if place is None:
        return None
    if is_record(rows, place):
        return Headings(("",) * len(rows[place]), place, False, (*_left_out(rows[:place], before), NO_HEADINGS))
    joined = _joined(rows, place)
    if joined:
        return Headings(joined, place + 1, True, (*_left_out(rows[: place - 1], before), TWO_ROWS))
    headings = tuple((cell or "").strip() for cell in rows[place])
    return Headings(headings, place + 1, True, _left_out(rows[:place], before))


def lines_said(lines: Sequence[int]) -> str:
    """Numbers of lines for people: ``line 3`` or ``lines 3 to 7``."""
    first, last = min(lines), max(lines)
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _left_out(rows: Sequence[Cells], before: int) -> tuple[str, ...]:
    lines = [before + place for place, row in enumerate(rows, start=1) if filled(row)]
    if not lines:
        return ()
    what = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    return (f"Left out above the headings: {what} ({lines_said(lines)}).",)


def _place(rows: Sequence[Cells]) -> int | None:
    """The first row that is wide enough, unless a fuller one behind it is the row of headings."""
    head = [row for row in rows[:LOOKED_AT] if filled(row)]
    usual = _usual([width(row) for row in head])
    wide = next((place for place, row in enumerate(rows) if filled(row) and _is_wide(row, usual)), None)
    if wide is None:  # every row is mostly blank: the first with two cells is as good as any
        return next((place for place, row in enumerate(rows) if filled(row) > 1), None)
    full = _usual([filled(row) for row in head])
    fuller = next((place for place in range(wide + 1, min(len(rows), LOOKED_AT)) if filled(rows[place]) >= full), None)
    if _is_second_row(rows, wide):
        return wide + 1
    if fuller is not None and filled(rows[wide]) < full and _heads(rows, wide, fuller):
        return fuller
    return wide


def _usual(sizes: Sequence[int]) -> int:
    counts = Counter(sizes)
    return max(counts, key=lambda size: (counts[size], size), default=0)


def _is_wide(row: Cells, usual: int) -> bool:
    """A line of title fills one cell, or less than half of the usual width."""
    return usual < 2 or (filled(row) > 1 and 2 * filled(row) >= usual)


def _heads(rows: Sequence[Cells], above: int, place: int) -> bool:
    """Whether the row at ``place`` holds headings that a title stands above: words over figures, or after a gap."""
    if not _is_worded(rows[place]) or is_record(rows, place):
        return False
    return bool(_over_figures(rows, place)) or (place > above + 1 and not any(map(filled, rows[above + 1 : place])))


def _is_second_row(rows: Sequence[Cells], place: int) -> bool:
    """Whether the next row heads what this one leaves open: words, most of them over figures."""
    if place + 1 >= len(rows) or not _is_worded(rows[place + 1]) or is_record(rows, place):
        return False
    row, below = rows[place], rows[place + 1]
    opened = [column for column in _columns(below) if column >= len(row) or not (row[column] or "").strip()]
    return bool(opened) and 2 * len(_over_figures(rows, place + 1)) >= filled(below) and filled(below) > 1


def _columns(row: Cells) -> list[int]:
    return [column for column, cell in enumerate(row) if cell and cell.strip()]


def _is_worded(row: Cells) -> bool:
    cells = [row[column] for column in _columns(row)]
    return bool(cells) and all(kind(cell) in ("words", "day") or is_year(cell) for cell in cells)


def _over_figures(rows: Sequence[Cells], place: int) -> list[int]:
    """The columns whose cells below are mostly numbers or days, which the cell at ``place`` is not."""
    found = []
    for column in _columns(rows[place]):
        kinds = [kind(cell) for cell in under(rows, place, column, LOOKED_AT)]
        figures = sum(1 for other in kinds if other in ("number", "day") and other != kind(rows[place][column]))
        if kinds and 2 * figures > len(kinds):
            found.append(column)
    return found


def _joined(rows: Sequence[Cells], place: int) -> tuple[str, ...]:
    """Both rows of headings in one, where the row above says what repeated or missing headings belong to."""
    own = [(cell or "").strip() for cell in rows[place]]
    above = [(cell or "").strip() for cell in rows[place - 1]] if place else []
    named = [heading for heading in own if heading]
    missing = any(cell and column < len(own) and not own[column] for column, cell in enumerate(above))
    is_title = filled(above) < 2 or any(cell.endswith(":") for cell in above)
    if is_title or not (missing or len(set(named)) < len(named)):
        return ()
    wide = max(len(own), len(above))
    own, above = own + [""] * (wide - len(own)), above + [""] * (wide - len(above))
    carried, joined = "", []
    for heading, group in zip(own, above, strict=True):
        carried = group or carried
        joined.append(_with_group(heading, carried) if heading else group)
    return tuple(joined)


def _with_group(heading: str, group: str) -> str:
    """``2024/25 Open``; a month stands before its year."""
    if is_year(group) and re.fullmatch(r"[A-Za-z]{3,9}", heading):
        return f"{heading} {group}"
    return f"{group} {heading}".strip()
