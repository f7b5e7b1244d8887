"""Tells a row of headings from a record: what stands in it is written as the cells below it are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from data_access.loading.cells import Cells, filled, is_year, kind, under

LOOKED_AT = 50  # rows in which the headings are looked for, and with which they are compared
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}",  # a full postcode
        r"[^@\s]+@[^@\s]+\.[^@\s]+",  # an e-mail address
        r"\d{3}[ -]?\d{3}[ -]?\d{4}",  # an NHS number
        r"[A-Za-z]\d{11}[A-Za-z\d]",  # a UPN
        r"[A-Za-z]{2} ?(\d\d ?){3}[A-Da-d]",  # a National Insurance number
        r"[A-Za-z]{1,4}[-/ ]?\d{3,}",  # a reference
    )
)
_LONG_NUMBER = re.compile(r"£.*|\d+\.\d+|\d{5,}")
_MONTH_OF_YEAR = re.compile(r"[A-Za-z]{3,9}[-/ ]?\d{4}")  # "Apr 2024" has the shape of a reference, and is a heading


def is_record(rows: Sequence[Cells], place: int) -> bool:
    """Whether the row at ``place`` is a record rather than headings, by itself or by the rows behind it."""
    row = rows[place]
    if _has_numbers_alone(row):
        return True
    columns = [column for column, cell in enumerate(row) if cell and cell.strip()]
    return (
        any(_is_written_as_below(rows, place, column) for column in columns)
        or _has_numbers_as_below(rows, place, columns)
        or _comes_again(rows, place, columns)
    )


def _has_numbers_alone(row: Cells) -> bool:
    """A row of headings has at least one word, or is all years or months."""
    kinds = [kind(cell) for cell in row]
    numbers = [cell for cell in row if kind(cell) in ("number", "day")]
    return bool(numbers) and "words" not in kinds and not all(map(is_year, numbers))


def _is_written_as_below(rows: Sequence[Cells], place: int, column: int) -> bool:
    """A day above days, a postcode above postcodes, a reference above references."""
    cell, below = (rows[place][column] or "").strip(), under(rows, place, column, LOOKED_AT)
    if not below or _MONTH_OF_YEAR.fullmatch(cell):
        return False
    if kind(cell) == "day":
        return 2 * sum(kind(other) == "day" for other in below) >= len(below)
    alike = (sum(bool(shape.fullmatch(other)) for other in below) for shape in _SHAPES if shape.fullmatch(cell))
    return any(2 * count >= len(below) for count in alike)


def _has_numbers_as_below(rows: Sequence[Cells], place: int, columns: Sequence[int]) -> bool:
    """Numbers that ascend are headings (ages, sizes); long ones, amounts and fractions above numbers are values."""
    cells = {column: (rows[place][column] or "").strip() for column in columns}
    numbers = [column for column, cell in cells.items() if kind(cell) == "number" and not is_year(cell)]
    digits = [int(re.sub(r"\D", "", cells[column])) for column in numbers]
    if len(numbers) > 2 and all(a < b for a, b in pairwise(digits)):
        return False
    return any(
        _LONG_NUMBER.fullmatch(cells[column]) and _mostly_numbers(under(rows, place, column, LOOKED_AT))
        for column in numbers
    )


def _mostly_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and 2 * sum(kind(cell) == "number" for cell in cells) >= len(cells)


def _comes_again(rows: Sequence[Cells], place: int, columns: Sequence[int]) -> bool:
    """A third of the words stand below more than once, among others: values. Headings printed again do not count."""
    others = [row for row in rows[place + 1 : place + 1 + LOOKED_AT] if not _is_same(row, rows[place])]
    worded = [column for column in columns if kind(rows[place][column]) == "words"]
    again = 0
    for column in worded:
        below = under(others, -1, column, LOOKED_AT)
        again += below.count((rows[place][column] or "").strip()) > 1 and len(set(below)) > 2
    return bool(again) and 3 * again >= len(worded)


def _is_same(row: Cells, other: Cells) -> bool:
    same = sum(1 for one, two in zip(row, other, strict=False) if one and one.strip() and one == two)
    return 2 * same >= filled(other) and same > 1
