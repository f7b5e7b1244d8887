"""A condensed table in hand: the cells that ``records`` asks the engine for, as arrays.

A *record kind* is one or more *copies* with the parts of each, and how many records are of that kind.
Most kinds have one copy and nothing in doubt (*plain*); only the others take part in the slice-by-slice
work of ``membership``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data_access.certainty.measures import MeasureBuilder, Measures, agree
from data_access.certainty.records import COPY, ESCAPE, ESCAPED, FIELD, NULL_TEXT
from data_access.definitions.models import BLANK, Column

NO, DOUBT, YES = 0, 1, 2  # AND of several parts is their least
CERTAIN, NEVER, MOVED = 0, 1, 2  # states of a time
UNKNOWN = -1  # the code of a doubtful dimension

MOST_VALUES = 1000  # a longer run of whole numbers is no list

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Parts = tuple[object, ...]


@dataclass(frozen=True)
class Cells:
    """``copies`` rows in the order of their record kinds; ``starts`` is each kind's first copy.

    ``dims`` and ``recorded_dims`` are codes into ``labels`` (one list a dimension). ``failed[part]`` is a
    matrix copies × rules: part 0 the filter, 1 the outcome, 2 the time, 3… the dimensions.
    ``first`` and ``last`` are buckets, minus and plus infinity where open. ``recorded_*`` hold one row a
    kind: the parts as recorded of the chosen copy, NaN for no date. ``measures`` is None for a count or share.
    """

    labels: tuple[tuple[str, ...], ...]
    starts: Ints
    n: Ints
    w: Ints
    o: Ints
    t: Ints
    first: Floats
    last: Floats
    dims: Ints
    failed: npt.NDArray[np.bool_]
    recorded_w: Flags
    recorded_o: Flags
    recorded_t: Floats
    recorded_dims: Ints
    chosen: Ints
    measures: Measures | None = None

    @property
    def plain(self) -> Flags:
        """Per record kind: a single copy with nothing in doubt."""
        ends = np.append(self.starts[1:], len(self.w))
        single = (ends - self.starts) == 1
        at = self.starts
        known = (self.w[at] != DOUBT) & (self.o[at] != DOUBT) & (self.t[at] != MOVED)
        return np.asarray(single & known & (self.dims[at] != UNKNOWN).all(axis=1), dtype=np.bool_)


def decode(
    single_rows: Iterable[Parts],
    copied_rows: Iterable[tuple[str, int]],
    dimensions: int,
    rules: int,
    measures: MeasureBuilder | None = None,
) -> Cells:
    """Cells from the rows of ``records.singles`` and ``records.copied``.

    ``single_rows``: the fields of a part in order, a measure's sums, then n. ``copied_rows``: the encoded copies and n.
    Copies with the same parts count as one: nothing about the figure is in doubt between them. The checks
    behind a doubtful part are the same too, or both copies stay, to name the checks of both.
    """
    builder = _Builder(dimensions, rules, measures)
    for row in single_rows:
        builder.add([row[:-1]], 0, int(row[-1]), condensed=True)  # type: ignore[call-overload]
    for text, n in copied_rows:
        copies = [copy.split(FIELD) for copy in text.split(COPY)]
        chosen = next(place for place, copy in enumerate(copies) if copy[-1] == "1")
        parts = [_typed(copy[:-1], dimensions) for copy in copies]
        if measures:
            parts = [_unmeasured(part, _base(dimensions), measures.width) for part in parts]
        same, base = 8 + 2 * dimensions, _base(dimensions)
        if all(part[:same] == parts[0][:same] for part in parts) and agree([part[base:] for part in parts]):
            parts, chosen = [parts[chosen]], 0
        builder.add(parts, chosen, int(n), condensed=False)
    return builder.build()


def _base(dimensions: int) -> int:
    """How many fields of a part stand before its measure's."""
    return 11 + 3 * dimensions


def _unmeasured(part: Parts, base: int, width: int) -> Parts:
    """A certain non-member's measure is in no figure, so nothing about it is in doubt."""
    if part[0] is not False:
        return part
    return (part[0], True, *part[2:base], *([None] * width), *part[base + width :])


def _typed(fields: Sequence[str], dimensions: int) -> Parts:
    """The fields of an encoded copy with the types they had."""
    values: list[object] = [None if text == NULL_TEXT else _unescaped(text) for text in fields]
    recorded = 8 + 2 * dimensions
    for place in (0, 1, recorded, recorded + 1):
        values[place] = None if values[place] is None else values[place] == "true"
    for place in (3, 4, recorded + 2):
        text = values[place]
        values[place] = None if text is None else int(str(text))
    return tuple(values)


def _unescaped(text: str) -> str:
    for mark, letter in reversed(ESCAPED.items()) if ESCAPE in text else ():
        text = text.replace(ESCAPE + letter, mark)
    return text


@dataclass
class _Builder:
    dimensions: int
    rules: int
    measures: MeasureBuilder | None = None
    starts: list[int] = field(default_factory=list)
    n: list[int] = field(default_factory=list)
    copies: list[tuple[int, int, int, float, float]] = field(default_factory=list)
    dims: list[list[int]] = field(default_factory=list)
    failed: list[tuple[str, ...]] = field(default_factory=list)
    recorded: list[tuple[bool, bool, float, list[int]]] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.codes: list[dict[str, int]] = [{} for _ in range(self.dimensions)]

    def code(self, place: int, value: object) -> int:
        if value is None:
            return UNKNOWN
        return self.codes[place].setdefault(str(value), len(self.codes[place]))

    def add(self, copies: Sequence[Parts], chosen: int, n: int, *, condensed: bool) -> None:
        count, base = self.dimensions, _base(self.dimensions)
        if self.measures is not None:
            end = base + self.measures.width
            copies = [_unmeasured(part, base, self.measures.width) for part in copies]
            sums = copies[0][end:] if condensed else None
            known = [part[1] is not None for part in copies]
            self.measures.add([part[base:end] for part in copies], known, chosen, n, sums)
        self.starts.append(len(self.copies))
        self.chosen.append(len(self.copies) + chosen)
        self.n.append(n)
        for part in copies:
            state = {"c": CERTAIN, "n": NEVER, "x": MOVED}[str(part[2])]
            if state == CERTAIN and part[3] is None:  # a date without end, such as 'infinity', is in no period
                state = NEVER
            first = _bound(part[3], -np.inf)
            last = _bound(part[4], np.inf)
            self.copies.append((_truth(part[0]), _truth(part[1]), state, first, last))
            self.dims.append([self.code(place, part[5 + place]) for place in range(count)])
            self.failed.append(tuple(str(text) for text in part[5 + count : 8 + 2 * count]))
        self.recorded.append(self._as_recorded(copies[chosen]))

    def _as_recorded(self, part: Parts) -> tuple[bool, bool, float, list[int]]:
        count = self.dimensions
        at = 8 + 2 * count
        if part[at] is None:  # nothing in doubt: the parts are as recorded
            when = float("nan") if part[2] == "n" else _bound(part[3], np.nan)
            return bool(part[0]), bool(part[1]), when, [self.code(place, part[5 + place]) for place in range(count)]
        dims = [self.code(place, part[at + 3 + place]) for place in range(count)]
        return bool(part[at]), bool(part[at + 1]), _bound(part[at + 2], np.nan), dims

    def build(self) -> Cells:
        count, parts = self.dimensions, 3 + self.dimensions
        table = np.array(self.copies, dtype=np.float64).reshape(len(self.copies), 5)
        failed = np.zeros((parts, len(self.copies), self.rules), dtype=np.bool_)
        for row, texts in enumerate(self.failed):
            for part, text in enumerate(texts):
                for place in text.split(",")[:-1]:
                    failed[part, row, int(place)] = True
        recorded = self.recorded
        return Cells(
            labels=tuple(tuple(codes) for codes in self.codes),
            starts=np.array(self.starts, dtype=np.int64),
            n=np.array(self.n, dtype=np.int64),
            w=table[:, 0].astype(np.int64),
            o=table[:, 1].astype(np.int64),
            t=table[:, 2].astype(np.int64),
            first=table[:, 3],
            last=table[:, 4],
            dims=np.array(self.dims, dtype=np.int64).reshape(len(self.copies), count),
            failed=failed,
            recorded_w=np.array([row[0] for row in recorded], dtype=np.bool_),
            recorded_o=np.array([row[1] for row in recorded], dtype=np.bool_),
            recorded_t=np.array([row[2] for row in recorded], dtype=np.float64),
            recorded_dims=np.array([row[3] for row in recorded], dtype=np.int64).reshape(len(recorded), count),
            chosen=np.array(self.chosen, dtype=np.int64),
            measures=self.measures.build() if self.measures else None,
        )


def _truth(value: object) -> int:
    return DOUBT if value is None else (YES if value else NO)


def _bound(value: object, missing: float) -> float:
    return missing if value is None else float(value)  # type: ignore[arg-type]


def domain_of(column: Column, *, may_be_blank: bool) -> frozenset[str] | None:
    """What a doubtful cell may hold, as text and with the blank where allowed; None when that is no short list."""
    values = list(column.values)
    if not values and column.type == "boolean":
        values = ["true", "false"]
    if not values and column.type == "integer" and column.minimum is not None and column.maximum is not None:
        low, high = math.ceil(float(column.minimum)), math.floor(float(column.maximum))
        values = [str(value) for value in range(low, high + 1)] if high - low < MOST_VALUES else []
    if not values:
        return None
    return frozenset((*values, BLANK)) if may_be_blank else frozenset(values)
