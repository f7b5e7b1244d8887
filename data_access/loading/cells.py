"""What a cell of text looks like: a number, a day, words, or a sign that stands for a blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Cells = Sequence[str | None]
Kind = Literal["blank", "sign", "number", "day", "words"]

_NUMBER = re.compile(r"[-+£(]*\d[\d,]*(\.\d+)?[%)]?")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|\d{1,2}[- ][A-Za-z]{3,9}[- ](\d\d){1,2}([ T].*)?")
_SIGN = re.compile(r"n/?a|#n/a|null|none|[-–*~.]+|\[[a-z]{1,4}\]|<\s?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")


def kind(cell: str | None) -> Kind:
    """What kind of value the cell seems to hold."""
    text = (cell or "").strip()
    if not text:
        return "blank"
    if _SIGN.fullmatch(text):
        return "sign"
    if _NUMBER.fullmatch(text):
        return "number"
    return "day" if _DAY.fullmatch(text) else "words"


def is_year(cell: str | None) -> bool:
    """Whether the cell is a year by itself."""
    return bool(_YEAR.fullmatch((cell or "").strip()))


def filled(row: Cells) -> int:
    """How many cells are not blank."""
    return sum(1 for cell in row if cell and cell.strip())


def width(row: Cells) -> int:
    """The number of cells up to the last that is not blank."""
    return max((place for place, cell in enumerate(row, start=1) if cell and cell.strip()), default=0)


def under(rows: Sequence[Cells], place: int, column: int, most: int) -> list[str]:
    """The cells of a column, not blank, in the ``most`` rows behind ``place``."""
    below = (row[column] for row in rows[place + 1 : place + 1 + most] if column < len(row))
    return [cell.strip() for cell in below if cell and cell.strip()]
