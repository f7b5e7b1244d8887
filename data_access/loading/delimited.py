"""Reads a delimited text file (.csv, .tsv, .txt, also .gz) into the scratch file, every cell as text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from data_access.loading.delimited_rows import MOST_UNEVEN, OpenQuotation, Row, Rows, Widths
from data_access.loading.endings import Ending
from data_access.loading.headings import find_headings
from data_access.loading.places import Place
from data_access.loading.record_signs import LOOKED_AT
from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged, StagedColumn, Staging
from data_access.loading.text_files import open_text
from data_access.loading.totals import without_totals

ROWS_AT_ONCE = 50_000
EVEN = 0.9  # the share of a .txt file's first lines that must have as many cells as most, or it is prose
DELIMITERS = ",\t;|"


def stage_delimited(place: Place, staging: Staging) -> Staged:
    """The one table of the file. Raises SourceError when it holds no records, or is no text."""
    with open_text(place.path) as text:
        delimiter = sniff_delimiter(text.head)
        even, usual = _evenness(text.head, delimiter)
        if place.path.suffix.lower() == ".txt" and even < EVEN:
            raise SourceError(f"{place.title} holds text and no table, and was left out.")
        try:
            rows = Rows(text, delimiter, usual, csv.QUOTE_MINIMAL, staging.progress)
            return _staged(rows, place, staging).noting(*text.notes)
        except OpenQuotation as error:
            rows = Rows(text, delimiter, usual, csv.QUOTE_NONE, staging.progress)
            return _without_quotation(rows, place, staging, error).noting(*text.notes)


def sniff_delimiter(head: str) -> str:
    """The sign that parts the first lines into the most even rows of more than one cell; a comma when none does."""
    return max(DELIMITERS, key=lambda sign: _evenness(head, sign))


def _evenness(head: str, sign: str) -> tuple[float, int]:
    lines = head.splitlines(keepends=True)
    widths = [len(row) for row in csv.reader(lines[:-1] or lines, delimiter=sign) if row]
    usual = max(set(widths), key=widths.count, default=0)
    return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)


def _without_quotation(rows: Rows, place: Place, staging: Staging, error: OpenQuotation) -> Staged:
    """The table with quotation marks read as letters, if each row then has the cells that the headings ask for."""
    try:
        staged = _staged(rows, place, staging, strict=True)
    except SourceError as uneven:
        raise SourceError(f"{error.message} Close it, or take it out, and try again.") from uneven
    return staged.noting(f"{error.message} So quotation marks were read as letters.")


def _staged(rows: Rows, place: Place, staging: Staging, *, strict: bool = False) -> Staged:
    """``strict`` refuses any row that is wider than the headings."""
    numbered = ((rows.line, row) for row in rows)
    head = list(islice(numbered, LOOKED_AT))
    if not any(any(map(str.strip, row)) for _, row in head):
        raise SourceError(f"{place.title} is empty.")
    found = find_headings([row for _, row in head])
    if found is None:
        raise SourceError(f"{place.title} holds text and no table, and was left out.")
    widths = Widths(len(found.headings), 0.0 if strict else MOST_UNEVEN)
    ending = Ending()
    records = ending.held_back(chain(head[found.first :], numbered))
    table, width = staging.write_text(_chunks(widths.counting(records)))
    if width == 0:
        raise SourceError(f"{place.title} has headings and no records.")
    notes = [*found.notes, *widths.said(place.title), *ending.notes]
    notes += without_totals(table, width, ending.records, staging)
    headings = [*found.headings, *[""] * (width - len(found.headings))]
    columns = tuple(StagedColumn(heading) for heading in headings[:width])
    stem = Path(place.path.stem).stem if place.path.suffix.lower() == ".gz" else place.path.stem
    return Staged(table, stem, stem, place.title, place.origin, columns, tuple(notes))


def _chunks(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        yield chunk
