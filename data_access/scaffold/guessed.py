"""What is guessed of one table: each guess with its reason, before any file is written from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from data_access.definitions.models import Classification, RuleDimension
from data_access.loading.tables import FoundColumn
from data_access.scaffold.profile import ColumnProfile, TableProfile

T = TypeVar("T")


@dataclass(frozen=True)
class Reasoned(Generic[T]):
    """A guess, and why: the evidence in figures, and what to decide."""

    value: T
    why: str


@dataclass(frozen=True)
class Codes:
    """The codes of a column, as they stand in it, with the names that people are to read."""

    values: tuple[str | int | bool, ...]
    labels: Mapping[str | int | bool, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A condition that every record must meet; ``doubts`` are in doubt where it is false."""

    id: str
    name: str
    condition: str
    doubts: tuple[str, ...]
    dimension: RuleDimension
    why: str


@dataclass(frozen=True)
class Delay:
    """``then`` comes within ``days`` of ``first`` in ``within`` of the ``both`` records that have the two dates."""

    first: ColumnProfile
    then: ColumnProfile
    days: int
    within: int
    both: int


@dataclass(frozen=True)
class ColumnGuess:
    """What is guessed of one column; None where there is nothing to go by."""

    classification: Reasoned[Classification] | None = None  # None: nothing speaks of a person
    required: Reasoned[bool] | None = None
    stand_ins: Reasoned[tuple[str, ...]] | None = None
    codes: Reasoned[Codes] | None = None
    pattern: Reasoned[str] | None = None
    limits: Reasoned[Mapping[str, Any]] | None = None
    between: Reasoned[tuple[str, str]] | None = None
    parents: Reasoned[tuple[str, ...]] | None = None

    @property
    def beside(self) -> ColumnGuess:
        """What is guessed of the column that holds this one's unreadable text: it is as private."""
        return ColumnGuess(self.classification)

    @property
    def private(self) -> bool:
        return self.classification is not None and self.classification.value in ("personal", "special")


@dataclass(frozen=True)
class TableGuess:
    """One table: its profile, what each column seems to be, and what its records seem to be.

    ``left_out`` are sentences on columns that no contract can hold. ``unread`` are the columns with the text of cells
    that could not be read, by the column they were written in. ``time`` is the date that a record is
    counted at. ``measures`` are the numbers that may be added up. ``delay`` is how long one date usually comes after
    another; ``delivery`` the unit in which new data come, and the days after which they are there.
    """

    profile: TableProfile
    columns: Mapping[str, ColumnGuess]
    about: Reasoned[Literal["people", "things"]]
    key: Reasoned[tuple[str, ...]]  # () where nothing tells the records apart
    checks: tuple[Check, ...] = ()
    recorded_at: Reasoned[str] | None = None
    time: Reasoned[str] | None = None
    measures: tuple[str, ...] = ()
    delay: Delay | None = None
    delivery: Reasoned[tuple[str, int]] | None = None
    unread: Mapping[str, FoundColumn] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
