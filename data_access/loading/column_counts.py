"""What was counted in one column of text, asked by the rules that decide how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from data_access.definitions.models import ColumnType
from data_access.loading.counting import Counts
from data_access.loading.readings import Reading

ENOUGH = 0.95  # the share of the values that are there which must read as a type
SLIPS = 0.01  # the share of the dates that prove an order up to which the fewer are slips, not a second order


@dataclass(frozen=True)
class Decision:
    """How a column is read: ``reading`` is None where it stays text; ``why`` is a whole sentence."""

    reading: Reading | None
    why: str
    unit: Literal["percent", "pounds"] | None = None

    @property
    def type(self) -> ColumnType:
        """The logical type that the column gets."""
        return self.reading.type if self.reading else "string"

    @property
    def physical(self) -> str:
        """The same in the warehouse's word."""
        return self.reading.physical if self.reading else "VARCHAR"


class Column:
    """The counts of one column, asked in the order of the readings."""

    def __init__(self, heading: str, counts: Counts, ways: Mapping[str, Reading]) -> None:
        self.heading = heading
        self.name = heading.lower()
        self.counts = counts
        self.ways = ways
        self.filled = counts["filled"]
        self.base = self.filled - counts["symbols"]

        first, second = counts.get("day_above_12", 0), counts.get("second_above_12", 0)
        self.both_orders = min(first, second) > SLIPS * (first + second)

    def read(self, key: str) -> int:
        """How many values read so."""
        return self.counts.get(key, 0)

    def share(self, key: str) -> float:
        """The share that reads so, of the values that are there and no mere symbols."""
        return self.read(key) / self.base if self.base else 0.0

    def enough_in_either(self, day_first: str) -> bool:
        """Whether nearly all are dates, of whichever order."""
        return self.read(day_first) + self.counts["second_above_12"] >= ENOUGH * self.base

    def enough(self, key: str) -> bool:
        return self.base > 0 and self.share(key) >= ENOUGH

    def decision(self, key: str, more: str = "", unit: Literal["percent", "pounds"] | None = None) -> Decision:
        reading, read = self.ways[key], self.counts[key]
        left = f" {self.filled - read:,} cannot." if read < self.filled else ""
        what = f"{read:,} of {self.filled:,} values can be read as {reading.words}.{left}"
        return Decision(reading, f"{what} {more}".strip(), unit)

    def pounds(self) -> Literal["pounds"] | None:
        """The unit, where nearly all values carry it."""
        return "pounds" if 0 < ENOUGH * self.base <= self.counts.get("pounds", 0) else None

    def unit(self, key: str) -> Literal["percent", "pounds"] | None:
        """What is written beside values that are read so."""
        return "percent" if key == "percent" else self.pounds()

    def text(self, why: str) -> Decision:
        return Decision(None, why)
