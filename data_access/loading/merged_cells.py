"""Repeats what cells merged downwards say in each of their rows, as the sheet is meant to be read."""

from __future__ import annotations

from collections.abc import Sequence

import python_calamine

from data_access.loading.cells import filled, is_year, kind

Range = tuple[int, int, int, int]
"""First row, column, last row, column; from 0, counted from the first row and column that hold anything."""


def ranges_of(sheet: python_calamine.CalamineSheet) -> tuple[Range, ...]:
    """The ranges of merged cells; none where this kind of file does not tell them."""
    top, left = sheet.start or (0, 0)
    found = sheet.merged_cell_ranges or []
    return tuple((row - top, column - left, last - top, to - left) for (row, column), (last, to) in found)


def filled_down(rows: list[list[str | None]], merged: Sequence[Range], first: int, end: int) -> tuple[str, ...]:
    """Changes ``rows`` between ``first`` and ``end``; sentences on what was repeated.

    A number is not: repeated, it would be summed as often as the cell has rows.
    """
    down = [(row, column, min(last, end - 1)) for row, column, last, _ in merged if first <= row < min(last, end - 1)]
    repeated = numbers = 0
    for row, column, last in down:
        text = rows[row][column] if column < len(rows[row]) else None
        if not text:
            continue
        if kind(text) == "number" and not is_year(text):
            numbers += 1
            continue
        repeated += 1
        for place in range(row + 1, last + 1):
            if filled(rows[place]) and column < len(rows[place]) and not rows[place][column]:
                rows[place][column] = text
    said = (
        (repeated, "was repeated in each of its rows"),
        (numbers, "holds a number and stays in its first row alone, so that sums do not count it twice"),
    )
    return tuple(f"{count} cell{'s'[: count > 1]} merged downwards: each {what}." for count, what in said if count)
