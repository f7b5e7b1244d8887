"""A condensed table in hand: the cells that ``records`` asks the engine for, as arrays.

A *record kind* is one or more *copies* with the parts of each, and how many records are of that kind.
Most kinds have one copy and nothing in doubt (*plain*); only the others take part in the slice-by-slice
work of ``membership``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_access.certainty.measures import Measures
from data_access.definitions.models import BLANK, Column

NO, DOUBT, YES = 0, 1, 2  # AND of several parts is their least
CERTAIN, NEVER, MOVED = 0, 1, 2  # states of a time
UNKNOWN = -1  # the code of a doubtful dimension

MOST_VALUES = 1000  # a longer run of whole numbers is no list

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


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
