"""A table as a stranger brings it: requests for information, in a CSV file as a register exports it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

HEADINGS = ("Request number", "Date received", "Date answered", "Directorate", "Working days", "Exemption used")
DIRECTORATES = ("Adult Social Care", "Children and Families", "Environment", "Place and Highways")
FIRST = date(2025, 1, 2)


def write_requests(file: Path, records: int = 400) -> Path:
    """Writes it with UK dates; of 20 requests one is still open, of 50 one has no directorate. Returns the file."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADINGS)
        rows.writerows(_row(number) for number in range(records))
    return file


def _row(number: int) -> tuple[str, ...]:
    received = FIRST + timedelta(days=number)
    days = 3 + (number * 7) % 29
    is_open = number % 20 == 19
    return (
        f"FOI{10_000 + number}",
        f"{received:%d/%m/%Y}",
        "" if is_open else f"{received + timedelta(days=days * 7 // 5):%d/%m/%Y}",
        "" if number % 50 == 49 else DIRECTORATES[number * 11 % len(DIRECTORATES)],
        "" if is_open else str(days),
        "Yes" if number % 9 == 0 else "No",
    )
