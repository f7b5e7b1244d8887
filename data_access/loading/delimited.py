"""Reads a delimited text file (.csv, .tsv, .txt, also .gz) into the scratch file, every cell as text."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from data_access.loading.headings import LOOKED_AT, find_headings
from data_access.loading.places import Place
from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged, StagedColumn, Staging
from data_access.loading.text_files import TextFile, open_text

ROWS_AT_ONCE = 50_000
END = "\x00end"  # a line put behind the last: a quotation mark that is still open would swallow it
EVEN = 0.9  # the share of a .txt file's first lines that must have as many cells as most, or it is prose
DELIMITERS = ",\t;|"

Row = list[str]


class _OpenQuotation(SourceError):
    """A quotation mark is opened and never closed, which makes one cell of the rest of the file."""


def stage_delimited(place: Place, staging: Staging) -> Staged:
    """The one table of the file. Raises SourceError when it holds no records, or is no text."""
    with open_text(place.path) as text:
        delimiter = sniff_delimiter(text.head)
        if place.path.suffix.lower() == ".txt" and _evenness(text.head, delimiter)[0] < EVEN:
            raise SourceError(f"{place.title} holds text and no table, and was left out.")
        try:
            return _staged(_rows(text, delimiter, csv.QUOTE_MINIMAL, staging), place, staging).noting(*text.notes)
        except _OpenQuotation as error:
            note = f"{error.message} So quotation marks were read as letters."
            return _staged(_rows(text, delimiter, csv.QUOTE_NONE, staging), place, staging).noting(note, *text.notes)


def sniff_delimiter(head: str) -> str:
    """The sign that parts the first lines into the most even rows of more than one cell; a comma when none does."""
    return max(DELIMITERS, key=lambda sign: _evenness(head, sign))


def _evenness(head: str, sign: str) -> tuple[float, int]:
    lines = head.splitlines(keepends=True)
    widths = [len(row) for row in csv.reader(lines[:-1] or lines, delimiter=sign) if row]
    usual = max(set(widths), key=widths.count, default=0)
    return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)


def _rows(text: TextFile, delimiter: str, quoting: Literal[0, 3], staging: Staging) -> Iterator[Row]:
    """Every row that is not blank. Raises _OpenQuotation when a quotation mark is never closed."""
    csv.field_size_limit(sys.maxsize)
    last: Row = []
    for row in csv.reader(chain(text.lines(staging.progress), [END]), delimiter=delimiter, quoting=quoting):
        if last:
            yield last
        last = row if any(map(str.strip, row)) else []
    if last != [END]:
        raise _OpenQuotation(f"In {text.name} a quotation mark is opened and never closed.")


def _staged(rows: Iterator[Row], place: Place, staging: Staging) -> Staged:
    head = list(islice(rows, LOOKED_AT))
    if not head:
        raise SourceError(f"{place.title} is empty.")
    found = find_headings(head)
    table, width = staging.write_text(_chunks(chain(head[found.first :], rows)))
    if width == 0:
        raise SourceError(f"{place.title} has headings and no records.")
    headings = [*found.headings, *[""] * (width - len(found.headings))]
    notes = [f'Left out above the headings: "{line}".' for line in found.titles]
    columns = tuple(StagedColumn(heading) for heading in headings[:width])
    stem = Path(place.path.stem).stem if place.path.suffix.lower() == ".gz" else place.path.stem
    return Staged(table, stem, stem, place.title, place.origin, columns, tuple(notes))


def _chunks(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        yield chunk
