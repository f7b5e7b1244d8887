"""A table as it stands on a page, as it is answered, and as it is taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data_access.definitions.models import PortalSettings, Report
from data_access.questions import Answer, Key, Query


@dataclass(frozen=True)
class Part:
    """One metric's part of a table: the question that gave its rows, and that of the one figure above them."""

    rows: Query
    figure: Query


@dataclass(frozen=True)
class Table:
    """A table on a page, by the questions it was drawn from.

    ``name`` is for files, ``title`` for people. ``report``: the id of the report that it is shown for.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    report: str | None = None


@dataclass(frozen=True)
class Answered:
    """One metric's part of a table, answered for one viewer.

    ``limits``: the slice that the viewer's rights leave of the records, as labels with values. ``small_counts``:
    whether counts of people below the threshold may be in it. ``name_of``: a dimension's value in words.
    """

    rows: Answer
    figure: Answer
    limits: tuple[tuple[str, tuple[str, ...]], ...]
    small_counts: bool
    name_of: Callable[[str, Key], str]


@dataclass(frozen=True)
class Setting:
    """What stands around the figures: the portal, the day, the report and whom the files are made for."""

    portal: PortalSettings
    today: date
    person: str
    report: Report | None


@dataclass(frozen=True)
class TakenAway:
    """The files in one: a ZIP's name and bytes, and how many rows are in it."""

    name: str
    content: bytes
    rows: int
