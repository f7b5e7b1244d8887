"""The oracle: every world of a small table, listed one by one, in plain Python.

It shares no code with the product. Checks, domains, copies and slices are written out again, straight
from the definition of a world: a doubtful cell may hold anything of its domain; of copies exactly one is
real; everything else is as recorded.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.worlds.tables import COLUMNS, DISTRICTS, FIRST, STATUSES, TODAY

Record = dict[str, Any]
DAYS = [date(2026, month, day) for month in (1, 2, 3, 4) for day in (1, 28)]
MOST_WORLDS = 4_000


@dataclass(frozen=True)
class Slice:
    """``period``: first and last day, or None for the whole span. ``district``: a value, or None for all."""

    period: tuple[date, date] | None = None
    district: str | None = None
    districts: frozenset[str] | None = None


def doubtful(record: Record, district_required: bool, opened_required: bool) -> set[str]:
    """The names of the cells that fail a check."""
    bad = set()
    if (record["opened"] is None and opened_required) or (
        record["opened"] is not None and not FIRST <= record["opened"] <= TODAY
    ):
        bad.add("opened")
    if record["closed"] is not None and record["opened"] is not None and record["closed"] < record["opened"]:
        bad |= {"closed"}
    if record["status"] not in STATUSES:
        bad.add("status")
    if record["score"] is None or not 0 <= record["score"] <= 3:
        bad.add("score")
    if record["district"] is None:
        if district_required:
            bad.add("district")
    elif record["district"] not in DISTRICTS:
        bad.add("district")
    return bad


def domain(column: str, record: Record, bad: set[str], district_required: bool, opened_required: bool) -> list[Any]:
    """Everything a doubtful cell may hold."""
    if column == "status":
        return list(STATUSES)
    if column == "score":
        return [0, 1, 2, 3]
    if column == "district":
        return [*DISTRICTS, *([] if district_required else [None])]
    if column == "opened":
        return [*DAYS, *([] if opened_required else [None])]
    from_day = None if record["opened"] is None or "opened" in bad else record["opened"]
    return [day for day in (*DAYS, TODAY) if from_day is None or day >= from_day] + [None]


def worlds(rows: Sequence[Sequence[Any]], district_required: bool, opened_required: bool) -> Iterator[list[Record]]:
    """Every world. Raises ValueError when there are too many to list."""
    by_key: dict[Any, list[Record]] = {}
    for place, row in enumerate(rows):
        record = dict(zip(COLUMNS, row, strict=True))
        key = ("own", place) if record["id"] is None else ("key", record["id"])
        by_key.setdefault(key, []).append(record)
    choices: list[list[Record]] = []
    for copies in by_key.values():
        possible = []
        for record in copies:
            bad = doubtful(record, district_required, opened_required)
            names = sorted(bad)
            domains = [domain(name, record, bad, district_required, opened_required) for name in names]
            for values in itertools.product(*domains):
                possible.append(record | dict(zip(names, values, strict=True)))
        choices.append(possible)
    size = 1
    for possible in choices:
        size *= len(possible)
    if size > MOST_WORLDS:
        raise ValueError(size)
    yield from (list(world) for world in itertools.product(*choices))


def inside(record: Record, of: Slice) -> bool:
    """Whether a record of one world is in the slice; a record without a date is in no figure."""
    if record["opened"] is None:
        return False
    if of.period and not of.period[0] <= record["opened"] <= of.period[1]:
        return False
    if of.district is not None and (record["district"] or "(blank)") != of.district:
        return False
    return of.districts is None or (record["district"] or "(blank)") in of.districts


def figure(
    world: list[Record], of: Slice, where: Callable[[Record], bool], outcome: Callable[[Record], bool] | None
) -> float | None:
    """The count, or the share in percent, in one world."""
    members = [record for record in world if inside(record, of) and where(record)]
    if outcome is None:
        return float(len(members))
    return 100.0 * sum(outcome(record) for record in members) / len(members) if members else None


def extremes(
    rows: Sequence[Sequence[Any]],
    slices: Sequence[Slice],
    where: Callable[[Record], bool],
    outcome: Callable[[Record], bool] | None,
    district_required: bool,
    opened_required: bool,
) -> list[tuple[float | None, float | None]]:
    """The least and greatest figure of each slice over all worlds."""
    found: list[list[float]] = [[] for _ in slices]
    for world in worlds(rows, district_required, opened_required):
        for place, of in enumerate(slices):
            value = figure(world, of, where, outcome)
            if value is not None:
                found[place].append(value)
    return [(min(values), max(values)) if values else (None, None) for values in found]
