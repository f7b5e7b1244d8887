"""Makes the demonstration's warehouse: a DuckDB file of made-up records, the same every time.

The records and the stories in them are the ``.sql`` files beside this one, run in the order of their names;
each says in comments what it makes and why, and in a line ``-- WORK n`` how much of the whole it is. Called by
``demo`` and by the first start of the portal.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from data_access.errors import WarehouseError

SQL = Path(__file__).parent / "sql"
MARK = "plumbline_demonstration"
# The calendar of bank holidays in 20_places_and_days.sql carries the figures between these days.
FIRST_DAY, LAST_DAY = date(2021, 4, 1), date(2027, 9, 30)

Progress = Callable[[float, str], None]


def build(path: Path, today: date, progress: Progress | None = None) -> None:
    """Write the demonstration warehouse to ``path``, with records from 1 April 2021 up to ``today``.

    It is made beside ``path`` under another name and renamed into place, so that a reader sees the old file or the
    whole new one. ``progress`` is told the share done (0 to 1) and what is being made. Raises WarehouseError when
    ``today`` is outside the years that the calendar covers, or when the file cannot be written.
    """
    if not FIRST_DAY <= today <= LAST_DAY:
        raise WarehouseError(
            f"The demonstration can be made for a day from {FIRST_DAY:%d %b %Y} to {LAST_DAY:%d %b %Y}. "
            "Change 'today' in portal.yaml."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".demonstration-") as folder:
            made = Path(folder) / "warehouse.duckdb"
            _make(made, today, progress or _silent)
            os.replace(made, path)
    except (OSError, duckdb.IOException) as error:
        raise WarehouseError(
            f"The demonstration cannot be written to {path.name}. "
            "See that there is room, and that the folder may be written to and the file is not open elsewhere."
        ) from error


def is_demonstration(path: Path) -> bool:
    """Whether ``path`` is a warehouse that ``build`` made; False for a missing file or another database."""
    if not path.is_file():
        return False
    with duckdb.connect(":memory:") as connection:
        quoted = str(path).replace("'", "''")
        try:
            connection.execute(f"ATTACH '{quoted}' AS wh (READ_ONLY)")
        except duckdb.Error:
            return False
        found = connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'wh' AND table_name = ?", [MARK]
        ).fetchall()
    return bool(found[0][0])


def _make(path: Path, today: date, progress: Progress) -> None:
    """Run every SQL file in the order of their names into a new database file, statement by statement."""
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(SQL.glob("*.sql"))}
    work = {file: _work(text) for file, text in texts.items()}
    done, whole = 0.0, sum(work.values())
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would write across the bar of whoever called
        connection.execute(f"SET VARIABLE today = DATE '{today.isoformat()}'")
        for file, text in texts.items():
            statements = connection.extract_statements(text)
            for place, statement in enumerate(statements):
                progress((done + work[file] * place / len(statements)) / whole, _spoken(file))
                connection.execute(statement)
            done += work[file]
        connection.execute("CHECKPOINT")
    progress(1.0, "ready")


def _work(text: str) -> int:
    """How much of the whole a file is: what its line ``-- WORK 20`` says, in tenths of a second or so; else 1."""
    said = re.search(r"^-- WORK (\d+)$", text, re.MULTILINE)
    return int(said[1]) if said else 1


def _spoken(file: Path) -> str:
    """What a file makes, in words for the progress bar: ``30_ehc_plans.sql`` → ``ehc plans``."""
    return file.stem.split("_", 1)[1].replace("_", " ")


def _silent(share: float, what: str) -> None:
    """Progress for those who do not want to be told."""
