"""What is asked and what comes back: the only shapes that cross the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from data_access.definitions.models import Contract, Grain, Metric
from data_access.errors import Problem

Verdict = Literal["met", "likely_met", "cannot_tell", "likely_missed", "missed"]
Key = str | int | float | bool | None
Reason = Literal["missed", "likely_missed", "cannot_tell", "low_confidence", "not_assessed"]


@dataclass(frozen=True)
class Query:
    """One metric, sliced.

    ``by``: dimensions, a row for each combination of values. ``over``: a row for each period of the
    grain. ``where``: (dimension, its chosen values as text; ``"(blank)"`` for an allowed blank).
    ``start`` and ``end`` are dates, both inclusive; None is open. Hashable: part of the cache's key.
    """

    metric: str
    by: tuple[str, ...] = ()
    over: Grain | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Fact:
    """Complete, Accurate, Timely: percent of the expected records free of that kind of doubt."""

    complete: float
    accurate: float
    timely: float


@dataclass(frozen=True)
class Row:
    """One slice's figure. Shares are in percent, 0 to 100; None is an open bound or no value.

    ``keys`` are in the order of ``Query.by``: None is the row of the records whose dimension is
    doubtful, ``"(blank)"`` an allowed blank. ``records`` counts those that are or may be in the slice,
    ``in_doubt`` those of them that could move this figure. ``doubts`` pairs a rule's id with how many
    of the records in doubt it touches. ``counted`` records are in the slice as recorded, ``with_outcome`` of
    them have a share's outcome. A suppressed row carries no figure at all.
    """

    period: date | None = None
    period_end: date | None = None
    partial: bool = False
    keys: tuple[Key, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    likely_low: float | None = None
    likely_high: float | None = None
    confidence: float | None = None
    records: int | None = None
    in_doubt: int | None = None
    target: float | None = None
    verdict: Verdict | None = None
    fact: Fact | None = None
    suppressed: bool = False
    doubts: tuple[tuple[str, int], ...] = ()
    counted: int | None = None
    with_outcome: int | None = None


@dataclass(frozen=True)
class Answer:
    """Rows with everything a reader needs to judge them.

    ``assessed``: True, or the columns that no check which ran looks at; a metric that is not assessed has no
    confidence, FACT or verdict. ``fit``: the owner's attestation in words. ``notes``: what limits the figures,
    in sentences. ``as_of``: the data date.
    """

    query: Query
    metric: Metric
    contract: Contract
    rows: tuple[Row, ...]
    as_of: date | None
    assessed: Literal[True] | tuple[str, ...]
    fit: str
    notes: tuple[str, ...]
    generation: str


@dataclass(frozen=True)
class CheckResult:
    """One check's outcome over its whole table. ``failing`` is None when it could not run."""

    dataset: str
    rule: str
    name: str
    dimension: str
    columns: tuple[str, ...]
    records: int
    failing: int | None
    metrics: tuple[str, ...]
    fix: str | None
    note: str | None = None


@dataclass(frozen=True)
class Choice:
    """A value that a dimension can be filtered by, and its name."""

    value: str
    label: str


@dataclass(frozen=True)
class Period:
    """From ``start`` to ``end``, both inclusive. ``partial``: cut by the question, not over yet, or data are late."""

    start: date
    end: date
    partial: bool = False


@dataclass(frozen=True)
class Trend:
    """A metric's figure for one of its periods, and the figures that led up to it.

    ``series``: oldest first, the period's own row among them; the period under way follows it as partial.
    ``previous``: the row of the period before.
    """

    answer: Answer
    period: Period
    row: Row
    previous: Row | None
    series: tuple[Row, ...]


@dataclass(frozen=True)
class Standing:
    """Where a metric stands at its latest complete period, in the records that the viewer sees of it.

    ``reports``: the ids of those that show it so, the best way to open it first. ``slice``: the viewer's own
    records, as labels with values; empty for everything. ``trend`` is None while it is ``waiting`` to be worked
    out, and where there is no figure: then ``problem`` says why. ``reasons``: why it needs attention, the
    weightiest first. ``awaited``: rows of which records came late or not at all, with how many.
    """

    metric: Metric
    contract: Contract
    reports: tuple[str, ...] = ()
    slice: tuple[tuple[str, tuple[str, ...]], ...] = ()
    trend: Trend | None = None
    reasons: tuple[Reason, ...] = ()
    awaited: tuple[tuple[Row, int], ...] = ()
    problem: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class Delivery:
    """Data that were due and have not come. ``as_of``: the data date of what is there."""

    contract: Contract
    as_of: date
    due: date
    days_late: int


@dataclass(frozen=True)
class Overview:
    """All that a viewer may ask about at a glance: ``standings`` in the order in which they need attention."""

    standings: tuple[Standing, ...]
    late: tuple[Delivery, ...]

    @property
    def waiting(self) -> int:
        """How many figures are still being worked out."""
        return sum(standing.waiting for standing in self.standings)


@dataclass(frozen=True)
class Condition:
    """What is wrong with an installation's files and tables, for those who administer it.

    ``since``: from when on the files have not been in force, because of an error, by the clocks of the portal's zone;
    None while they are.
    ``unread``: why the tables were not looked at; empty where they were.
    ``narrowed``: whether rights that ``roles.yaml`` no longer gives are withheld all the same.
    """

    problems: tuple[Problem, ...] = ()
    since: datetime | None = None
    unread: str = ""
    narrowed: bool = False
