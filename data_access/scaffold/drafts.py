"""The shapes of a draft: what one file of the configuration is to hold, and which of it is a guess."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Guess:
    """Something that nobody said and the records suggest. ``why`` gives the evidence, and what to decide."""

    path: Path  # the keys and places that lead to it within the file; () is the file itself
    why: str


@dataclass(frozen=True)
class Draft:
    """One file: its name within the configuration's folder, its content, and the guesses in it."""

    file: str
    content: Mapping[str, Any] | Sequence[Any]
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True)
class Existing:
    """What the folder holds already: ids that no draft may take again, and the roles that can read a new report."""

    datasets: Collection[str] = ()
    metrics: Collection[str] = ()
    reports: Collection[str] = ()
    readers: Sequence[str] = ()
