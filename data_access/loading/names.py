"""Names for tables and columns: lower snake_case, each once, and none that SQL would read as something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

LONGEST = 60
_SIGNS = {"%": " percent ", "£": " pounds ", "&": " and ", "#": " number ", "+": " plus ", "@": " at "}
# How a column's name may stand in a metric or a check: it must be read as a column in all of these.
_USES = (
    "{n} IS NULL",
    "{n} >= 5 AND NOT {n} IN (1, 2)",
    "COALESCE({n}, 1) <> 'a'",
    "DATE_DIFF('day', {n}, {n}) > 3",
    "CASE WHEN {n} THEN {n} ELSE {n} END",
    "{n} + INTERVAL 3 DAY > DATE '2026-03-31'",
)


def snake_case(text: str) -> str:
    """Small letters, digits and single underscores: ``Date of Birth`` and ``dateOfBirth`` → ``date_of_birth``."""
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", ascii_only)
    words = re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit("_", 1)[0]
    return f"n_{words}" if words[:1].isdigit() else words


def unique_names(headings: Sequence[str], otherwise: str, taken: Iterable[str] = ()) -> list[str]:
    """A name for each heading, in order; ``<otherwise>_3`` for a third that has no letters. None is in ``taken``."""
    used, names = set(taken), []
    for place, heading in enumerate(headings, start=1):
        name = safe(snake_case(heading) or f"{otherwise}_{place}")
        names.append(next(free for free in _numbered(name) if free not in used))
        used.add(names[-1])
    return names


def _numbered(name: str) -> Iterable[str]:
    yield name
    yield from (f"{name.rstrip('_')}_{number}" for number in range(2, 100_000))


def safe(name: str) -> str:
    """``name``, with ``_`` behind it where DuckDB or sqlglot would not read it bare as a column."""
    return name if reads_as_column(name) else f"{name}_"


@cache
def reads_as_column(name: str) -> bool:
    """Whether the bare name is a column wherever a metric or a check may have one."""
    return name not in _reserved() and all(_is_column(use, name) for use in _USES)


def _is_column(use: str, name: str) -> bool:
    """Whether the name is read as a column in every place of the condition."""
    try:
        tree = sqlglot.parse_one(f"SELECT 1 FROM t WHERE {use.format(n=name)}", dialect="duckdb")
    except SqlglotError:
        return False
    columns = [column for column in tree.find_all(exp.Column) if column.name == name and not column.table]
    return len(columns) == use.count("{n}")


@cache
def _reserved() -> frozenset[str]:
    """The words that DuckDB does not take as a column's name."""
    query = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category NOT IN ('unreserved', 'column_name')"
    with duckdb.connect() as connection:
        return frozenset(word for (word,) in connection.execute(query).fetchall())
