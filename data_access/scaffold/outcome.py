"""What a run of ``scaffold`` came to, for whoever started it to read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TableDrafted:
    """A table with the number of its records, and of the guesses in its contract and metrics."""

    name: str
    records: int
    guesses: int


@dataclass(frozen=True)
class Drafted:
    """Files were drafted. ``by_hand`` are sentences on what only a person can do; ``password`` the first person's."""

    folder: Path
    tables: tuple[TableDrafted, ...]
    other_guesses: int
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    password: str | None = None


@dataclass(frozen=True)
class ChangedFile:
    """One drafted file: what changed in its source, what a draft would now say, and what people did to it."""

    file: str
    in_the_source: tuple[str, ...] = ()
    in_the_draft: tuple[str, ...] = ()
    by_people: str | None = None


@dataclass(frozen=True)
class Compared:
    """Nothing was drafted: what is different now. ``reloaded`` are the tables whose records were copied anew."""

    folder: Path
    files: tuple[ChangedFile, ...]
    others: tuple[str, ...] = ()  # sentences on tables that came or are gone
    reloaded: tuple[TableDrafted, ...] = ()
    notes: tuple[str, ...] = ()
