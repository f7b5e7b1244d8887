"""What ``scaffold`` remembers of its last drafts: ``state/scaffold.json``, for the portal's own account alone.

It tells which warehouse the command made, from which sources, and what stood in them, so that a second run can say
what has changed since. It never holds a password.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import TypeAdapter, ValidationError

from data_access.errors import PlumblineError
from data_access.loading.places import tidy
from data_access.loading.tables import Found, FoundTable

NAME = "scaffold.json"
PRIVATE_FILE = 0o600


class RememberingError(PlumblineError):
    """What was remembered cannot be read or written."""

    title = "What scaffold remembers cannot be used"


@dataclass(frozen=True)
class ColumnFacts:
    """What a column held when its table was drafted. ``codes`` only where the draft gave it a value set."""

    filled: int
    least: str | None = None
    greatest: str | None = None
    codes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class DraftedTable:
    """A table as it was found, the address of the source that it is from, and what its columns held."""

    source: str
    table: FoundTable
    facts: Mapping[str, ColumnFacts]


@dataclass(frozen=True)
class DraftedFile:
    """A file's text as it was drafted, from which sources."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Remembered:
    """``drafted`` is the day on which each source was drafted, by its address."""

    warehouse: str
    copied: bool
    drafted: Mapping[str, date] = field(default_factory=dict)
    tables: tuple[DraftedTable, ...] = ()
    files: Mapping[str, DraftedFile] = field(default_factory=dict)

    def found(self, source: str | None = None) -> Found:
        """The tables as they were found, of one source or of all."""
        tables = tuple(known.table for known in self.tables if source is None or known.source == source)
        return Found(self.warehouse, tables, self.copied)


_FORM = TypeAdapter(Remembered)


def read(state: Path) -> Remembered | None:
    """What stands in the folder's ``scaffold.json``; None without one. Raises PlumblineError."""
    try:
        return _FORM.validate_json((state / NAME).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise RememberingError(
            f"{NAME} in the folder {state.name} cannot be read. Put it back from a backup, or name a new folder with "
            "--config."
        ) from error


def write(state: Path, remembered: Remembered) -> None:
    """Writes it whole or not at all, for the portal's account alone. Raises OSError."""
    draft = state / f".{NAME}-{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as stream:
            stream.write(_FORM.dump_json(remembered, indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, state / NAME)
    finally:
        draft.unlink(missing_ok=True)


def address(source: str) -> str:
    """A source by the one name under which it is remembered: a file's whole path, or a URL without its password.

    Raises PlumblineError for an address of a kind that is not read.
    """
    source = tidy(source)
    if re.match(r"postgres(ql)?://", source):
        try:
            return _without_password(source)
        except ValueError:
            raise RememberingError(
                "The address of the database cannot be read. Write postgresql://user@host:5432/database, and within "
                "the password %40 for @, %2F for /, %3F for ? and %23 for #."
            ) from None
    return str(Path(source.removeprefix("duckdb://")).expanduser().resolve())


def _without_password(url: str) -> str:
    """Raises ValueError for an address in which the password cannot be told from the rest."""
    parts = urlsplit(url)
    if "@" in parts.path + parts.query + parts.fragment or (parts.port or 0) < 0:  # to ask for a port is to check it
        raise ValueError
    user, at, host = parts.netloc.rpartition("@")
    kept = [(key, value) for key, value in parse_qsl(parts.query) if "password" not in key]
    return urlunsplit(("postgresql", user.partition(":")[0] + at + host, parts.path, urlencode(kept), ""))
