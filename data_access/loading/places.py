"""What each SOURCE is: a file of a kind, a folder of files, or a database; and one name by which it is told again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from data_access.loading.refusal import SourceError

Kind = Literal["delimited", "spreadsheet", "parquet", "duckdb", "postgresql"]
_ENDINGS: dict[str, Kind] = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
    ".parquet": "parquet",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".xls": "spreadsheet",
    ".ods": "spreadsheet",
    ".duckdb": "duckdb",
    ".db": "duckdb",
}
TAKEN = "CSV, TSV, text, Parquet, XLSX, XLS, ODS and DuckDB files, folders of them, and postgresql:// addresses"

_MAY_HOLD_A_PASSWORD = re.compile(r"://|(password|passwd|pwd)\s*=|^[^/\\]*:[^/\\]*@", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """One file or database. ``origin`` begins the origins of its tables; ``url`` may hold a password: never show it."""

    kind: Kind
    title: str
    origin: str
    size: int  # bytes; 0 where that is not known
    path: Path = Path()
    url: str = ""
    in_folder: bool = False


def resolve(sources: Sequence[str]) -> tuple[list[Place], list[str]]:
    """The files and databases that are meant, each once, and sentences on what was left out of folders.

    Raises SourceError for one that is not there or of another kind.
    """
    found: dict[str, Place] = {}
    left_out: list[str] = []
    for source in sources:
        for place in _places(source, left_out):
            found.setdefault(place.origin, place)
    return list(found.values()), left_out


def tidy(source: str) -> str:
    """A SOURCE as it is used: without blanks around it, its scheme in small letters.

    Raises SourceError for an address of another kind, without what was typed: it may hold a password.
    """
    bare = source.strip()
    scheme = re.match(r"(duckdb|postgres|postgresql)://", bare, re.IGNORECASE)
    if scheme:
        return scheme[0].lower() + bare[scheme.end() :]
    if _MAY_HOLD_A_PASSWORD.search(bare):
        raise SourceError(f"This kind of address is not read. These are: {TAKEN}.")
    return bare


def _places(source: str, left_out: list[str]) -> Iterable[Place]:
    source = tidy(source)
    if re.match(r"postgres(ql)?://", source):
        return [_database(source)]
    path = Path(source.removeprefix("duckdb://")).expanduser()
    if not path.exists():
        raise SourceError(f"There is no file or folder '{path}'. Give the path of one that is there.")
    if path.is_dir():
        return _of_folder(path, left_out)
    kind = "duckdb" if source.startswith("duckdb://") else kind_of(path)
    if kind is None:
        raise SourceError(f"{path.name} is of a kind that is not read. These are: {TAKEN}.")
    return [_file(path, kind)]


def kind_of(path: Path) -> Kind | None:
    """By the ending of the name; None for a file of another kind."""
    ending = Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix
    kind = _ENDINGS.get(ending.lower())
    return kind if path.suffix.lower() != ".gz" or kind == "delimited" else None


def _of_folder(folder: Path, left_out: list[str]) -> list[Place]:
    places = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name.lower()):
        kind = kind_of(path) if path.is_file() else None
        if path.name.startswith((".", "~$")):
            continue
        if kind is None:
            left_out.append(f"{path.name} is {'a folder' if path.is_dir() else 'no table'} and was left out.")
        else:
            places.append(_file(path, kind, in_folder=True))
    if not places:
        raise SourceError(f"The folder {folder.name} holds no file that can be read. These are: {TAKEN}.")
    return places


def _file(path: Path, kind: Kind, *, in_folder: bool = False) -> Place:
    return Place(kind, path.name, str(path.resolve()), path.stat().st_size, path.resolve(), in_folder=in_folder)


def _database(url: str) -> Place:
    try:
        parts = urlsplit(url)
        where = parts.hostname or "this computer"
    except ValueError as error:
        raise SourceError("The address is no postgresql:// address. Write postgresql://user@host/database.") from error
    name = parts.path.strip("/") or "the database"
    return Place("postgresql", f"{name} on {where}", without_password(url), 0, url=url)


def without_password(url: str) -> str:
    """The address of a PostgreSQL database as it may be shown and kept."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    kept = [(key, value) for key, value in parse_qsl(parts.query) if "password" not in key]
    return urlunsplit(("postgresql", user.partition(":")[0] + at + host, parts.path, urlencode(kept), ""))
