"""Reads spreadsheets (.xlsx, .xlsm, .xls, .ods) into the scratch file: each sheet with a table is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from data_access.loading.cells import Cells, filled
from data_access.loading.endings import HELD_BACK, ending_notes, last_record
from data_access.loading.headings import Headings, find_headings
from data_access.loading.merged_cells import Range, filled_down, ranges_of
from data_access.loading.places import Place
from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged, StagedColumn, Staging
from data_access.loading.totals import without_totals

ROWS_AT_ONCE = 50_000
_NAMELESS = re.compile(r"(sheet|table|data|tabelle)[ _]?\d*", re.IGNORECASE)


def stage_sheets(place: Place, staging: Staging, left_out: list[str]) -> Iterator[Staged]:
    """A table for each sheet that has one; the others are named in ``left_out``. Raises SourceError."""
    book = _open(place)
    visible = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
    for number, name in enumerate(visible):
        staging.progress(number / len(visible), f"reading {place.title}")
        sheet = book.get_sheet_by_name(name)
        rows = [_texts(row) for row in sheet.to_python(skip_empty_area=True)]
        before = sheet.start[0] if sheet.start else 0
        found = find_headings(rows, before)
        if found and _is_table(rows, found):
            read = _Sheet(name, rows, found, before, ranges_of(sheet))
            yield _staged(read, place, len(visible) == 1, staging)
        else:
            left_out.append(f"The sheet '{name}' of {place.title} holds no table and was left out.")
    hidden = [sheet.name for sheet in book.sheets_metadata if sheet.name not in visible]
    left_out += [f"The sheet '{name}' of {place.title} is hidden, or a chart, and was left out." for name in hidden]


def _open(place: Place) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.load_workbook(str(place.path))
    except python_calamine.PasswordError as error:
        raise SourceError(f"{place.title} is protected by a password. Save it without one and try again.") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise SourceError(
            f"{place.title} cannot be read as a spreadsheet: it is damaged, or of another kind than its name says. "
            "Open it, save it as XLSX and try again."
        ) from error


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    is_sheet = sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    return is_sheet and sheet.visible == python_calamine.SheetVisibleEnum.Visible


def _texts(row: Sequence[Any]) -> list[str | None]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str | None:
    """A cell as a file of text would have it: dates as 2024-04-01, whole numbers without a fraction."""
    match cell:
        case "" | None:
            return None
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return _clock(cell)
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return repr(cell)
    return str(cell)


def _clock(length: timedelta) -> str:
    """A length of time as hours, minutes and seconds; up to a day it reads as a time of day."""
    seconds = round(length.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@dataclass(frozen=True)
class _Sheet:
    """What a sheet holds: its rows, of which ``before`` blank ones were left away, and the ranges of merged cells."""

    name: str
    rows: list[list[str | None]]
    found: Headings
    before: int
    merged: Sequence[Range]


def _is_table(rows: Sequence[Cells], found: Headings) -> bool:
    """A table has headings in two columns or more, and a record that fills as many: else it is a cover."""
    headed = sum(1 for heading in found.headings if heading) if found.given else len(found.headings)
    return headed > 1 and any(filled(row) > 1 for row in rows[found.first :])


def _staged(sheet: _Sheet, place: Place, alone: bool, staging: Staging) -> Staged:
    rows, found = sheet.rows, sheet.found
    end = last_record(rows, found.first)
    lines = range(sheet.before + 1, sheet.before + 1 + len(rows))
    notes = [*found.notes, *ending_notes(rows, end, lines), *filled_down(rows, sheet.merged, found.first, end)]
    records = [row for row in rows[found.first : end] if any(row)]
    chunks = (records[start : start + ROWS_AT_ONCE] for start in range(0, len(records), ROWS_AT_ONCE))
    table, width = staging.write_text(chunks)
    notes += without_totals(table, width, records[-HELD_BACK:], staging)
    headings = [*found.headings, *[""] * (width - len(found.headings))][:width]
    columns = tuple(StagedColumn(heading) for heading in headings)
    title = _title(place, sheet.name, alone)
    source = f"{place.title}, sheet '{sheet.name}'"
    return Staged(table, title, title, source, f"{place.origin}#{sheet.name}", columns, tuple(notes))


def _title(place: Place, sheet: str, alone: bool) -> str:
    return place.path.stem if alone else f"{place.path.stem} {sheet}" if _NAMELESS.fullmatch(sheet) else sheet
