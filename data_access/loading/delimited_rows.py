"""Reads the rows of a delimited text file, and watches for what shifts or swallows cells."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from data_access.loading.refusal import SourceError
from data_access.loading.tables import Progress
from data_access.loading.text_files import TextFile

END = "\x00end"  # a line put behind the last: a quotation mark that is still open would swallow it
MOST_UNEVEN = 0.05  # the share of rows wider than the headings above which the file is refused
NAMED = 5  # lines that are named

Row = list[str]


class OpenQuotation(SourceError):
    """A quotation mark is opened and never closed, which makes one cell of the rest of the file."""


class Rows:
    """The rows of ``text``, blank ones too. ``usual`` is how many cells most have."""

    def __init__(self, text: TextFile, delimiter: str, usual: int, quoting: Literal[0, 3], progress: Progress) -> None:
        self._text, self._delimiter, self._quoting, self._progress = text, delimiter, quoting, progress
        self._usual = usual
        self.line = 0  # the number of the line with which the last row given ends

    def __iter__(self) -> Iterator[Row]:
        """Raises OpenQuotation for a quotation mark that is never closed, SourceError for one that swallows rows."""
        csv.field_size_limit(sys.maxsize)
        lines = chain(self._text.lines(self._progress), [END])
        reader = csv.reader(lines, delimiter=self._delimiter, quoting=self._quoting)
        last: Row | None = None
        begun = ended = 0
        for row in reader:
            if last is not None:
                self.line = ended
                if ended - begun > 1:
                    self._refuse_swallowed(last, begun + 1)
                yield last
            last, begun, ended = row, ended, reader.line_num
        if last != [END]:
            raise OpenQuotation(
                f"In {self._text.name} a quotation mark is opened on line {begun + 1} and never closed."
            )

    def _refuse_swallowed(self, row: Row, line: int) -> None:
        """A cell of several lines that read as records of this file was a quotation mark in the wrong place."""
        for cell in row:
            if swallowed := self._swallowed(row, cell.splitlines()):
                later = "1 line" if swallowed == 1 else f"{swallowed} lines"
                raise SourceError(
                    f"In {self._text.name} a quotation mark that is opened on line {line} closes only {later} later, "
                    "so that several rows became one cell. Take the mark out, or close it in its own cell, and try "
                    "again."
                )

    def _swallowed(self, row: Row, lines: list[str]) -> int:
        """How many records the lines of a cell seem to hold; the first and the last line are parts of records."""
        if len(lines) < 2 or self._usual < 2:
            return 0
        inner = list(csv.reader(lines[1:-1], delimiter=self._delimiter, quoting=csv.QUOTE_NONE))
        whole = [cells for cells in inner if len(cells) == self._usual]
        alike = [cells for cells in whole if _shape(cells[0]) == _shape(row[0])]
        if inner:
            return len(lines) - 1 if alike and 2 * len(whole) > len(inner) else 0
        last = lines[-1].split(self._delimiter)
        place = next(place for place, cell in enumerate(row) if cell.splitlines() == lines)
        parted = lines[0].count(self._delimiter) == self._usual - 1 - place and len(last) == place + 1
        return 1 if parted and 0 < place < self._usual - 1 and _shape(last[0]) == _shape(row[0]) else 0


def _shape(cell: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell.strip()))


class Widths:
    """Counts the rows that have more cells than the headings, where a stray delimiter shifts what is behind it."""

    def __init__(self, headings: int, allowed: float) -> None:
        """``headings`` is their number; more than the share ``allowed`` of wider rows is refused."""
        self._headings, self._allowed = headings, allowed
        self._records = self._wider = 0
        self._lines: list[int] = []
        self._most: set[int] = set()

    def counting(self, records: Iterator[tuple[int, Row]]) -> Iterator[Row]:
        """The rows themselves; each comes with the number of its line."""
        for line, row in records:
            self._records += 1
            if len(row) > self._headings and any(map(str.strip, row[self._headings :])):
                self._wider += 1
                self._most.add(len(row))
                self._lines += [line] if len(self._lines) < NAMED else []
            yield row

    def said(self, name: str) -> tuple[str, ...]:
        """A sentence where there are any. Raises SourceError when there are too many to trust the columns."""
        if not self._wider:
            return ()
        lines = ", ".join(map(str, self._lines)) + (" and more" if self._wider > len(self._lines) else "")
        what = f"{self._wider:,} of {self._records:,} rows have more cells than there are headings (lines {lines})"
        if self._allowed and self._is_each_wider():
            return (f"{what}: see that each heading stands above its own column.",)
        why = "a delimiter inside a cell without quotation marks shifts the cells behind it"
        if self._wider > self._allowed * self._records:
            raise SourceError(f"In {name} {what}: {why}. Put such cells in quotation marks and try again.")
        return (f"{what}: {why}, so their values may stand in the wrong columns.",)

    def _is_each_wider(self) -> bool:
        """Every row has the same cells without a heading: columns that nobody named."""
        return self._wider == self._records and len(self._most) == 1
