"""What DuckDB's errors mean, in words for whoever looks after the portal."""

from __future__ import annotations

import duckdb

from data_access.errors import NotAsAgreed, WarehouseError

MissingNames = (duckdb.CatalogException, duckdb.BinderException)
# The query itself is at fault; anything else is the file's or the machine's.
Unsuitable = (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError)


def in_opening(error: duckdb.Error, name: str) -> WarehouseError:
    """Why the file could not be opened."""
    said = str(error)
    if "lock on file" in said:
        return WarehouseError(
            f"The warehouse file {name} is locked by another program, which writes to it. Close that program. "
            "Let it write a new file beside this one and rename that over it: then nobody waits."
        )
    if "Permission denied" in said:
        return WarehouseError(f"The portal's account may not read the warehouse file {name}. Let it read the file.")
    return WarehouseError(
        f"The warehouse file {name} is damaged or was not copied whole. Load it again, or put a good copy in its place."
    )


def in_answering(error: duckdb.Error, name: str) -> WarehouseError:
    """Why a query that is right in itself got no answer."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(
            "This question needs more memory than the portal has, and there is no more room for it on the disk. "
            "Make room in the folder for temporary files (TMPDIR), or ask for less at once.",
            told="There is not enough room to work this out just now. Ask for less at once: fewer dimensions or a "
            "shorter time. If that does not help, tell whoever looks after the portal.",
        )
    return WarehouseError(
        f"The warehouse file {name} could not be read to its end. It may be damaged, or the disk may be full or "
        "failing. See that the disk has room; else load the file again, or put a good copy in its place."
    )


def overwritten(name: str) -> WarehouseError:
    """The file was written to while it was being read, so what was read may be half of one and half of another."""
    return WarehouseError(
        f"The warehouse file {name} was written to while it was being read. The next try reads it anew. "
        "To load data, write a new file beside it and rename that over it.",
        told="The data were being loaded while this was worked out, so nothing is shown of it. Try again in a moment.",
    )


def missing_names() -> NotAsAgreed:
    """A table or a column that a contract names is not there."""
    return NotAsAgreed(
        "The warehouse does not have the table or column that a contract names. Run the check command, "
        "which lists every difference.",
        told="The warehouse does not have the table or a column that this figure is counted from.",
    )


def unsuitable() -> NotAsAgreed:
    """A column holds something else than its contract says."""
    return NotAsAgreed(
        "The warehouse could not work this out: its records are not what the question takes them for. "
        "Run the check command, which compares the columns' types with the contracts.",
        told="The records that this figure is counted from are not what their contract says.",
    )
