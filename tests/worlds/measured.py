"""A table with measures (a cost, the hours, a code), its contract, and every world of it, in plain Python.

The worlds are written out again, straight from the definition, like ``enumeration``; nothing is shared with the
product. Many small tables are asked about at once: each is a value of the dimension ``batch``, never in doubt.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data_access.definitions.models import Column, Contract, Metric, Rule
from data_access.questions import Row
from tests.worlds import enumeration
from tests.worlds.enumeration import MOST_WORLDS, Record, Slice, inside
from tests.worlds.tables import COLUMNS, TYPES, Asker, contract

NAMES = (*COLUMNS, "cost", "hours", "code")
KINDS = (*TYPES, "DECIMAL(9,2)", "DOUBLE", "VARCHAR", "INTEGER")
CODES = {"x": "Ex", "y": "Why", "z": "Zed"}
FAR = 1e6  # where a limit is not declared, the worlds go this far

Number = float | None
Figure = Callable[[list[Record]], Number]


@dataclass(frozen=True)
class Agreed:
    """What the contract says. ``limits`` of the cost: both, only a minimum, only a maximum, or none."""

    district_required: bool = True
    opened_required: bool = True
    cost_required: bool = True
    hours_required: bool = True
    code_required: bool = True
    limits: tuple[float | None, float | None] = (-2, 3)
    most_hours: float | None = 2
    codes_listed: bool = True

    def contract(self) -> Contract:
        base = contract(district_required=self.district_required, opened_required=self.opened_required)
        least, most = self.limits
        columns = dict(base.columns) | {
            "cost": Column("cost", "Cost", "number", required=self.cost_required, minimum=least, maximum=most),
            "hours": Column("hours", "Hours", "number", required=self.hours_required, minimum=0,
                            maximum=self.most_hours),
            "code": Column("code", "Code", "string", required=self.code_required,
                           values=CODES if self.codes_listed else {}),
            "batch": Column("batch", "Batch", "integer", required=True),
        }  # fmt: skip
        rules = [
            *base.rules,
            Rule("cost_limits", "C", "limits", "accuracy", ("cost",), minimum=least, maximum=most),
            # Fails without limits too, so that a cost may be doubtful and go on for ever.
            Rule("cost_odd", "C", "custom", "accuracy", ("cost",), condition="cost <> 9 and cost <> -7"),
            Rule("hours_limits", "H", "limits", "accuracy", ("hours",), minimum=0, maximum=self.most_hours),
            Rule("hours_odd", "H", "custom", "accuracy", ("hours",), condition="hours <> 5"),
            Rule("batch_required", "B", "required", "completeness", ("batch",)),
            Rule("code_known", "K", "pattern", "conformity", ("code",), pattern="[a-z]+"),
        ]
        for name in ("cost", "hours", "code"):
            if getattr(self, f"{name}_required"):
                rules.append(Rule(f"{name}_required", "R", "required", "completeness", (name,)))
        return dataclasses.replace(base, columns=columns, rules=tuple(rules))


Table = list[tuple[Any, ...]]


def asker(tables: Sequence[Table], agreed: Agreed) -> Asker:
    """The product over these tables. A key means a record of its own table."""
    rows = [
        (None if row[0] is None else f"{row[0]} of {batch}", *row[1:], batch)
        for batch, table in enumerate(tables)
        for row in table
    ]
    return Asker(rows, agreed.contract(), (*NAMES, "batch"), KINDS)


def asked(portal: Asker, of: Metric, cut: Slice) -> dict[int, Row]:
    """The row of each table that has one in this slice."""
    query: dict[str, Any] = {"by": ("batch",) if cut.district is None else ("batch", "district")}
    if cut.period:
        query |= {"start": cut.period[0], "end": cut.period[1]}
    if cut.districts:
        query["where"] = (("district", tuple(sorted(cut.districts))),)
    rows = portal.ask(of, **query).rows
    return {int(row.keys[0] or 0): row for row in rows if row.keys[1:] == ((cut.district,) if cut.district else ())}


def doubtful(record: Record, agreed: Agreed) -> set[str]:
    """The names of the cells that fail a check."""
    bad = enumeration.doubtful(record, agreed.district_required, agreed.opened_required)
    least, most = agreed.limits
    cost, hours, code = record["cost"], record["hours"], record["code"]
    if cost is None:
        bad |= {"cost"} if agreed.cost_required else set()
    elif cost in (9, -7) or (least is not None and cost < least) or (most is not None and cost > most):
        bad.add("cost")
    if hours is None:
        bad |= {"hours"} if agreed.hours_required else set()
    elif hours == 5 or hours < 0 or (agreed.most_hours is not None and hours > agreed.most_hours):
        bad.add("hours")
    if code is None:
        bad |= {"code"} if agreed.code_required else set()
    elif not (code.isalpha() and code.islower()):
        bad.add("code")
    return bad


def domain(name: str, record: Record, bad: set[str], agreed: Agreed, place: int) -> list[Any]:
    """What a doubtful cell may hold: of numbers, the ends and what lies between or near them."""
    blank = [] if getattr(agreed, f"{name}_required", True) else [None]
    if name == "cost":
        least, most = agreed.limits
        return [-FAR if least is None else least, 0.5, FAR if most is None else most, *blank]
    if name == "hours":
        return [0, 1e-6, 1, FAR if agreed.most_hours is None else agreed.most_hours, *blank]
    if name == "code":
        return [*(CODES if agreed.codes_listed else [*CODES, f"new{place}"]), *blank]
    return enumeration.domain(name, record, bad, agreed.district_required, agreed.opened_required)


def worlds(rows: Sequence[Sequence[Any]], agreed: Agreed, read: set[str]) -> Iterator[list[Record]]:
    """Every world, as far as these columns tell them apart. Raises ValueError when there are too many to list."""
    by_key: dict[Any, list[tuple[int, Record]]] = {}
    for place, row in enumerate(rows):
        record = dict(zip(NAMES, row, strict=True))
        key = ("own", place) if record["id"] is None else ("key", record["id"])
        by_key.setdefault(key, []).append((place, record))
    choices: list[list[Record]] = []
    for copies in by_key.values():
        possible = []
        for place, record in copies:
            bad = doubtful(record, agreed)
            names = sorted(bad & read)
            domains = [domain(name, record, bad, agreed, place) for name in names]
            possible += [record | dict(zip(names, values, strict=True)) for values in itertools.product(*domains)]
        choices.append(possible)
    if math.prod(len(possible) for possible in choices) > MOST_WORLDS:
        raise ValueError("too many worlds")
    yield from (list(world) for world in itertools.product(*choices))


def extremes(
    rows: Sequence[Sequence[Any]],
    slices: Sequence[Slice],
    where: Callable[[Record], bool],
    figure: Figure,
    agreed: Agreed,
    read: set[str],
) -> list[tuple[Number, Number]]:
    """The least and greatest figure of each slice over all worlds."""
    found: list[list[float]] = [[] for _ in slices]
    for world in worlds(rows, agreed, read | {"opened", "district"}):
        for place, of in enumerate(slices):
            value = figure([record for record in world if inside(record, of) and where(record)])
            if value is not None:
                found[place].append(value)
    return [(min(values), max(values)) if values else (None, None) for values in found]


# -- the figures, as a person would work them out --------------------------------------------


def total(of: Callable[[Record], Number]) -> Figure:
    return lambda members: float(sum(of(record) or 0 for record in members))


def average(of: Callable[[Record], Number]) -> Figure:
    def figure(members: list[Record]) -> Number:
        known = [float(value) for record in members if (value := of(record)) is not None]
        return sum(known) / len(known) if known else None

    return figure


def percentile(of: Callable[[Record], Number], rank: float) -> Figure:
    def figure(members: list[Record]) -> Number:
        known = sorted(float(value) for record in members if (value := of(record)) is not None)
        return interpolated(known, rank) if known else None

    return figure


def interpolated(known: list[float], rank: float) -> float:
    """``quantile_cont`` of values in ascending order."""
    place = rank * (len(known) - 1) / 100
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (place - below) * (known[above] - known[below])


def ratio(of: Callable[[Record], Number], per: Callable[[Record], Number]) -> Figure:
    def figure(members: list[Record]) -> Number:
        whole = float(sum(per(record) or 0 for record in members))
        return float(sum(of(record) or 0 for record in members)) / whole if whole > 0 else None

    return figure


def distinct(of: Callable[[Record], Any]) -> Figure:
    return lambda members: float(len({of(record) for record in members} - {None}))
