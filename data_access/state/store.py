"""The portal's own memory: sessions, tickets, sign-in attempts and the audit, through SQLAlchemy.

SQLite by default, beside the configuration; any SQLAlchemy URL in ``portal.yaml`` does. What is stored
here names people, so the folder and the files are for the portal's own account only.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from data_access.errors import StateError
from data_access.outage import Outage
from data_access.state import tables

BUSY_SECONDS = 15
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


# What the database says, and what to do about it; what it says besides is answered with the last line.
CURES = (
    ("locked", "Another program keeps the state database locked: close it."),
    ("full", "The disk is full: make room on it."),
    ("readonly", "The state database may not be written to: let the portal's account write to it and to its folder."),
    ("unable to open", "The state database cannot be opened: see that its folder is there and may be written to."),
    ("malformed", "The state database is damaged: put the last good copy in its place."),
    ("not a database", "The file of the state database holds something else: put the last good copy in its place."),
    ("", "See that the disk has room and that the folder of `state:` in portal.yaml may be written to."),
)


class StateStore:
    """One installation's memory. ``url`` is SQLAlchemy's; ``base`` the folder a relative SQLite path starts at.

    Creates the folder, the file and the tables. Raises StateError when it cannot.
    """

    def __init__(self, url: str, base: Path) -> None:
        self.url = _resolve(url, base)
        self._outage = Outage("The state database")
        self._settling = threading.Lock()
        self.folder = _folder(self.url, base)
        try:
            _make_private(self.folder, base)
            _make_file(self.url)
            self.engine = _engine(self.url)
            tables.Base.metadata.create_all(self.engine)
            self._file = _file_id(self.url)
        except (OSError, SQLAlchemyError, ImportError) as error:
            raise StateError(
                "The state database cannot be opened. See `state:` in portal.yaml: the address, and that its folder "
                f"may be written to. ({_said(error)})"
            ) from error

    @contextmanager
    def session(self, *, proof: bool = False) -> Iterator[Session]:
        """A unit of work: committed at the end, rolled back on an error. Reads, and writes of single rows.

        ``proof``: it writes, so that its success shows that an outage is over; a full disk can still be read.
        Raises StateError when the database cannot be read or written.
        """
        with self._unit(self.engine) as session:
            yield session
        if proof:
            self._outage.over()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A unit of work that reads a row and then changes it: nobody else writes in between. Raises StateError."""
        with self._unit(self.engine.execution_options(immediate=True)) as session:
            yield session
        self._outage.over()

    def close(self) -> None:
        self.engine.dispose()

    def require_in_place(self) -> None:
        """Raises StateError while the database's file is gone; goes on with another that was put in its place.

        An open connection would go on writing to a file that nobody finds again, and what it wrote would be lost.
        """
        found = _file_id(self.url)
        if found == self._file:
            return
        if found is None:
            raise StateError(
                f"The state database {Path(str(self.url.database)).name} is gone from its folder, and with it the "
                "record of who asked what. Put it back. To begin with an empty one, start the portal again."
            )
        with self._settling:
            if found != self._file:
                self.engine.dispose()
                _make_file(self.url)
                tables.Base.metadata.create_all(self.engine)
                self._file = found

    @contextmanager
    def _unit(self, engine: Engine) -> Iterator[Session]:
        try:
            self.require_in_place()
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (IntegrityError, DataError):  # ours, not the database's
            raise
        except (DatabaseError, InterfaceError, PoolTimeout) as error:
            self.engine.dispose()  # what is broken or stale is not tried again
            said = str(getattr(error, "orig", error)).splitlines()[0]
            cure = next(words for sign, words in CURES if sign in said)
            self._outage.goes_on(f"{cure} ({said})")
            raise StateError(
                f"The portal cannot write its own records, so nothing is answered that could not be recorded. {cure}"
            ) from error
        except StateError as error:
            self._outage.goes_on(error.message)
            raise


def _said(error: BaseException) -> str:
    """What the system says, without the server's folders."""
    return str(error.strerror) if isinstance(error, OSError) else str(getattr(error, "orig", error)).splitlines()[0]


def _resolve(url: str, base: Path) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StateError(f"'{url}' is not a database address that SQLAlchemy knows.") from error
    if not _is_file(parsed):
        return parsed
    return parsed.set(database=str((base / str(parsed.database)).resolve()))


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def _folder(url: URL, base: Path) -> Path:
    """Where the installation keeps what is not in git; the secret lives here too."""
    return Path(str(url.database)).parent if _is_file(url) else base.resolve() / "state"


def _make_private(folder: Path, base: Path) -> None:
    made = not folder.exists()
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    # A folder of the installation's own is closed to others even if something else made it first; a shared
    # one that the administrator chose elsewhere is theirs to set.
    if made or base.resolve() in folder.resolve().parents:
        folder.chmod(PRIVATE_FOLDER)


def _make_file(url: URL) -> None:
    """Makes the database's file before SQLite does, so that it (and its -wal and -shm) are private from the start."""
    if not _is_file(url):
        return
    file = Path(str(url.database))
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    file.chmod(PRIVATE_FILE)


def _file_id(url: URL) -> tuple[int, int] | None:
    """Which file the database is; None while there is none. A database that is no file has none either."""
    if not _is_file(url):
        return None
    try:
        found = os.stat(str(url.database))
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a read that leads to a write
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
