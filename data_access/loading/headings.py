"""Finds the row of headings: lines of title above it, columns that are empty, and files without headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Cells = Sequence[str | None]
LOOKED_AT = 50  # rows in which the headings are looked for


@dataclass(frozen=True)
class Headings:
    """``titles`` are the lines above; ``first`` is the place of the first record; ``given`` says whether a row was."""

    headings: tuple[str, ...]
    titles: tuple[str, ...]
    first: int
    given: bool


def find_headings(rows: Sequence[Cells]) -> Headings:
    """The headings of a table whose first rows these are. ``rows`` must hold at least one that is not blank."""
    widths = Counter(_filled_width(row) for row in rows[:LOOKED_AT] if _filled(row))
    usual = max(widths, key=lambda width: (widths[width], width))
    place = next(place for place, row in enumerate(rows) if _filled(row) and _is_wide(row, usual))
    titles = tuple(" ".join(cell.strip() for cell in row if cell and cell.strip()) for row in rows[:place])
    said = tuple(title for title in titles if title)
    if _looks_like_a_record(rows[place]):
        return Headings(("",) * len(rows[place]), said, place, given=False)
    return Headings(tuple((cell or "").strip() for cell in rows[place]), said, place + 1, given=True)


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def _filled_width(row: Cells) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell and cell.strip()), default=0)


def _is_wide(row: Cells, usual: int) -> bool:
    """A line of title fills one cell, or less than half of the usual width."""
    return usual < 2 or (_filled(row) > 1 and 2 * _filled(row) >= usual)


_NUMBER = re.compile(r"[-+£(]*\d[\d,]*(\.\d+)?[%)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")


def _looks_like_a_record(row: Cells) -> bool:
    """A row of headings has at least one word, or is all years or months; a number with a fraction is none."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    worded = [cell for cell in cells if re.search(r"[^\W\d_]", cell) and cell not in numbers]
    years = [cell for cell in numbers if re.fullmatch(r"(19|20)\d\d", cell)]
    return bool(numbers) and not worded and len(years) < len(numbers)


def last_record(rows: Sequence[Cells], first: int) -> int:
    """The place behind the last record: notes below a table stand behind a blank row, each in one cell."""
    end = len(rows)
    while end > first and _filled(rows[end - 1]) <= 1:
        end -= 1
    below = rows[end:]
    wide = any(_filled(row) > 2 for row in rows[first:end])
    gap = next((place for place, row in enumerate(below) if not _filled(row)), None)
    return len(rows) if gap is None or not wide or gap + 1 == len(below) else end + gap
