"""What stands in the warehouse after a source was copied or looked at: what ``scaffold`` drafts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from data_access.definitions.models import ColumnType

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done, in words."""


@dataclass(frozen=True)
class FoundColumn:
    """One column as it stands in the warehouse.

    ``heading`` is its name in the source, ``why`` one sentence on how its type was found. ``unread`` names the column
    that holds the text of the ``unread_values`` cells that could not be read as ``type`` (there the column itself is
    blank); None where all could. ``unit`` is what the source wrote beside the numbers.
    """

    name: str
    heading: str
    type: ColumnType
    physical_type: str  # the warehouse's own word: VARCHAR, DATE, BIGINT, DOUBLE
    why: str
    unread: str | None = None
    unread_values: int = 0
    unit: Literal["percent", "pounds"] | None = None
    reading: str | None = None  # the key of the way in which its text was read, so that it is read so again


@dataclass(frozen=True)
class FoundTable:
    """One table or view. ``notes`` are sentences on what was done to it on the way, and what was left out."""

    name: str  # as a contract's physicalName: "t" or "schema.t"
    title: str  # for people
    source: str  # the file, sheet or table that it comes from, for people
    columns: tuple[FoundColumn, ...]
    records: int
    notes: tuple[str, ...] = ()
    copied_on: str | None = None  # the column that holds the day of the copy, where the source has no date of its own
    origin: str = ""  # tells the same file, sheet or table again in a later copy; never holds a password
    unnamed: tuple[str, ...] | None = None  # the source's columns without heading in order; "" where one was left out


@dataclass(frozen=True)
class Found:
    """A whole source. ``warehouse`` is the address for portal.yaml; ``copied`` whether the tables are copies."""

    warehouse: str
    tables: tuple[FoundTable, ...]
    copied: bool
    left_out: tuple[str, ...] = ()  # sentences: files, sheets and tables that were not taken, and why
