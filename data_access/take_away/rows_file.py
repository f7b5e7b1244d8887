"""The rows as a CSV file (RFC 4180) that a spreadsheet opens rightly and cannot be made to run anything by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from data_access.take_away.columns import Cell, Column
from data_access.take_away.table import Answered

# With a byte order mark: Excel on Windows takes a CSV file without one for the machine's old code page, and shows
# "Pŵer £" as "PÅµer Â£". Whatever reads CSV on the Web, pandas, R's readr and DuckDB leave the mark out.
ENCODING = "utf-8-sig"
# A cell that begins like this is a formula to a spreadsheet (OWASP: CSV injection), and so is one that begins after
# a semicolon or a tab where the reader's machine takes these for the end of a cell. The wide forms are the same sign.
_FORMULA = re.compile(r"^(?=[=+\-@＝＋－＠\t\r\n\0])|(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])")
HARMLESS = (
    "A text that a spreadsheet would run as a formula (one that begins with = + - @, a tab or a new line, or has such "
    "a beginning after a semicolon, a tab or a new line) has an apostrophe before that sign, which is not recorded."
)


def rows_file(columns: Sequence[Column], parts: Sequence[Answered]) -> bytes:
    """The heading and a line for each row of each part."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # lines end in CRLF, a quote is doubled
    writer.writerow([harmless(column.heading) for column in columns])
    for part in parts:
        for row in part.rows.rows:
            writer.writerow([_text(column.cell(part, row)) for column in columns])
    return text.getvalue().encode(ENCODING)


def harmless(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula."""
    return _FORMULA.sub("'", text)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return _number(cell)
    return harmless(cell)


def _number(value: float) -> str:
    """Every digit that the door answers, with a decimal point and no exponent."""
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")
