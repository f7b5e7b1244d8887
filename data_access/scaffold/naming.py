"""Names as people, files and SQL need them: words of a heading, ids, and columns written in SQL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sqlglot import exp

from data_access.loading.names import reads_as_column

FEW = 5  # people, fewer of whom no comment counts
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words(name: str) -> tuple[str, ...]:
    """The words of a heading or column, in small letters: ``DateOfBirth`` and ``date_of_birth`` alike."""
    return tuple(re.findall(r"[a-z]+|[0-9]+", _HUMP.sub(" ", _ascii(name)).lower()))


def spellings(heading: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a column in each way that they may be meant: ``DoB`` is ``do b`` and ``dob``, ``D.O.B.`` too."""
    ways = (words(heading), words(heading.replace(".", "").lower()), words(name), words(name.lower()))
    return tuple(dict.fromkeys(way for way in ways if way))


def identifier(name: str, taken: Collection[str], otherwise: str) -> str:
    """An id for a file or a metric: a letter first, then letters, digits and ``_``; a number makes it unique."""
    bare = re.sub(r"[^a-z0-9]+", "_", _ascii(name).lower()).strip("_") or otherwise
    base = (bare if bare[0].isalpha() else f"{otherwise}_{bare}")[:80].rstrip("_")
    made, number = base, 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    return made


def in_sql(column: str) -> str:
    """A column as it is written in a metric's or a check's SQL: bare where that is read as itself, else quoted."""
    if _BARE.fullmatch(column) and reads_as_column(column.lower()):
        return column
    return exp.column(column, quoted=True).sql(dialect="duckdb")


def title(name: str) -> str:
    """A file's or table's name for people: ``library_visits`` is ``Library visits``, ``2024-25`` stays one word."""
    spoken = name if " " in name else re.sub(r"_+|(?<!\d)-+|-+(?!\d)", " ", name).strip()
    return sentence(spoken) or name


def sentence(text: str) -> str:
    """The text with a capital first; the rest stays as it is written."""
    return text[:1].upper() + text[1:]


def listed(items: Collection[str], most: int = 5) -> str:
    """``a, b and c``; of many the first ones, and how many more."""
    shown = list(items)[:most]
    if len(items) > most:
        return f"{', '.join(shown)} and {len(items) - most:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def of(part: int, whole: int, what: str = "") -> str:
    """``12 of 1,000 records``."""
    return f"{part:,} of {whole:,} {what}".rstrip()


def of_people(part: int, whole: int, what: str = "", *, people: bool) -> str:
    """``12 of 1,000 records``; where they are people, few of them (or few others) are not told to the last one."""
    if people and 0 < part < FEW:
        return f"fewer than {FEW} of {whole:,} {what}".rstrip()
    if people and 0 < whole - part < FEW:
        return f"all but fewer than {FEW} of {whole:,} {what}".rstrip()
    return of(part, whole, what)


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
