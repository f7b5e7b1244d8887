"""The measures of condensed records, as arrays beside ``cells``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data_access.certainty.condensed import SUMS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_KEY, UNSURE = -1, -2  # a key blank by right, and one in doubt
Fields = Sequence[object]


@dataclass(frozen=True)
class Measures:
    """What each copy and record kind measures.

    ``least``, ``greatest``: measures × copies, the span of one record's m (and p); infinite where open. ``recorded``:
    measures × kinds, one record's as recorded, NaN for none. ``sums``: ``SUMS`` × kinds, of kinds condensed into sums
    (``summed``), over all their records. A distinct count has ``keys`` a copy and ``recorded_keys`` a kind, codes into
    ``labels``.
    """

    least: Floats
    greatest: Floats
    recorded: Floats
    sums: Floats
    keys: Ints
    recorded_keys: Ints
    labels: tuple[str, ...]

    def taken(self, rows: Ints, kinds: Flags) -> Measures:
        """The measures of some copies and kinds."""
        return Measures(
            least=self.least[:, rows],
            greatest=self.greatest[:, rows],
            recorded=self.recorded[:, kinds],
            sums=self.sums[:, kinds] if self.sums.size else self.sums,
            keys=self.keys[rows],
            recorded_keys=self.recorded_keys[kinds],
            labels=self.labels,
        )

    @property
    def compared(self) -> Floats:
        """What copies must share so that nothing about the measure is in doubt between them, one row each."""
        return np.concatenate([self.least, self.greatest, self.keys[None, :].astype(np.float64)])


@dataclass
class MeasureBuilder:
    """Collects the measures of record kinds in the order of the cells.

    ``count``: how many measures a record has, 0 for a distinct count, whose measures are keys.
    """

    count: int
    spans: list[list[float]] = field(default_factory=list)
    recorded: list[list[float]] = field(default_factory=list)
    sums: list[list[float]] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    recorded_keys: list[int] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def distinct(self) -> bool:
        return self.count == 0

    @property
    def width(self) -> int:
        """How many fields of a part are the measure's."""
        return 3 * self.count or 2

    def add(self, copies: Sequence[Fields], known: Sequence[bool], chosen: int, n: int, sums: Fields | None) -> None:
        """One record kind. ``known``: whether each copy's measure is not in doubt. ``sums``: None for copies."""
        if self.distinct:
            self.keys += [self._code(copy[0]) if sure else UNSURE for copy, sure in zip(copies, known, strict=True)]
            self.recorded_keys.append(self._code(copies[chosen][1]))
            return
        self.spans += [[_number(value) for place, value in enumerate(copy) if place % 3 < 2] for copy in copies]
        recorded = [_number(value) for value in copies[chosen][2::3]]
        self.recorded.append(recorded)
        if sums is None:
            self.sums.append(_sums(recorded, n))
        else:
            given = [0.0 if value is None else float(value) for value in sums]  # type: ignore[arg-type]
            self.sums.append(given + [0.0] * (len(SUMS) - len(given)))

    def _code(self, key: object) -> int:
        return NO_KEY if key is None else self.codes.setdefault(str(key), len(self.codes))

    def build(self) -> Measures:
        count, kinds = self.count, len(self.recorded_keys if self.distinct else self.recorded)
        copies = len(self.keys) if self.distinct else len(self.spans)
        spans = np.array(self.spans, dtype=np.float64).reshape(copies, 2 * count)
        return Measures(
            least=spans[:, 0::2].T.copy(),
            greatest=spans[:, 1::2].T.copy(),
            recorded=np.array(self.recorded, dtype=np.float64).reshape(kinds, count).T.copy(),
            sums=np.array(self.sums, dtype=np.float64).reshape(len(self.sums), len(SUMS)).T.copy(),
            keys=np.array(self.keys if self.distinct else np.zeros(copies), dtype=np.int64),
            recorded_keys=np.array(self.recorded_keys if self.distinct else np.zeros(kinds), dtype=np.int64),
            labels=tuple(self.codes),
        )


def agree(copies: Sequence[Fields]) -> bool:
    """Whether copies have the same measure, whatever was recorded for a doubtful one."""
    return all(_without_recorded(copy) == _without_recorded(copies[0]) for copy in copies)


def _without_recorded(copy: Fields) -> list[object]:
    if len(copy) == 2:  # a key and the key as recorded
        return [copy[0]]
    return [_number(value) if value is not None else None for place, value in enumerate(copy) if place % 3 < 2]


def _sums(values: Sequence[float], n: int) -> list[float]:
    m, p = values[0], values[1] if len(values) > 1 else 0.0
    below, above = (min(m, 0.0), max(m, 0.0)) if p == 0 and len(values) > 1 else (0.0, 0.0)
    return [n * m, n * m * m, n * p, n * p * p, n * below, n * above]


def _number(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]
