"""The records with nothing in doubt: summed by whatever parts of a slice are held."""

from __future__ import annotations

import numpy as np

from data_access.certainty.cells import CERTAIN, NO, UNKNOWN, YES, Cells, Flags, Floats, Ints
from data_access.certainty.rows import distinct, places_of
from data_access.certainty.slicing import Slicing, period_of

Part = int  # 0 the filter, 2 the time, 3… the dimensions (1, the outcome, is never relaxed)


class Plain:
    """The plain records of a question, summed by whatever parts of a slice are held."""

    def __init__(self, cells: Cells, slicing: Slicing, combinations: Ints) -> None:
        at = cells.starts[cells.plain]
        self.n = cells.n[cells.plain].astype(np.float64)
        self.w, self.o, self.t = cells.w[at], cells.o[at], cells.t[at]
        self.period = period_of(np.where(self.t == CERTAIN, cells.first[at], np.nan), slicing.windows)
        self.dated = self.t == CERTAIN
        self.codes = cells.dims[at]
        self.slicing, self.combinations = slicing, combinations
        self._counted: dict[tuple[frozenset[Part], frozenset[Part]], Floats] = {}
        self.filtered = {
            place: (np.array([label in chosen for label in cells.labels[place]] + [False])[self.codes[:, place]])
            for place, chosen in slicing.where
        }

    def members(self) -> tuple[Floats, Floats]:
        """Certain members with outcome yes and with outcome no, combinations × periods."""
        return self._count(self.o == YES), self._count(self.o == NO)

    def places(self) -> Ints:
        """The slice of each certain member (combination × periods + period), -1 for all other records."""
        chosen = (self.w == YES) & (self.period >= 0)
        for inside in self.filtered.values():
            chosen &= inside
        row = places_of(self.codes[:, list(self.slicing.by)], self.combinations)
        return np.where(chosen & (row >= 0), row * len(self.slicing.windows) + self.period, -1)

    def count(self, relaxed: frozenset[Part], loose: frozenset[Part]) -> Floats:
        """Certain records in each slice when the relaxed parts are not asked for; worked out once.

        The row of the doubtful values of a ``loose`` dimension stands for all the values of its filter.
        """
        if (relaxed, loose) not in self._counted:
            self._counted[relaxed, loose] = self._count(np.ones(len(self.n), dtype=np.bool_), relaxed, loose)
        return self._counted[relaxed, loose]

    def _count(
        self, chosen: Flags, relaxed: frozenset[Part] = frozenset(), loose: frozenset[Part] = frozenset()
    ) -> Floats:
        if 0 not in relaxed:
            chosen &= self.w == YES
        chosen &= self.dated if 2 in relaxed else self.period >= 0
        for place, inside in self.filtered.items():
            if 3 + place not in relaxed:
                chosen &= inside
        held = [place for place in self.slicing.by if 3 + place not in relaxed]
        either = [column for column, place in enumerate(held) if 3 + place in loose]
        return self._sums(chosen, held, either, by_period=2 not in relaxed)

    def _sums(self, chosen: Flags, held: list[int], either: list[int], *, by_period: bool) -> Floats:
        periods = len(self.slicing.windows)
        columns = [self.slicing.by.index(place) for place in held]
        combinations = self.combinations[:, columns]
        codes = self.codes[chosen][:, held]
        where = self.period[chosen] if by_period else np.zeros(int(chosen.sum()), dtype=np.int64)
        n = self.n[chosen]
        for column in either:  # each record once more, under the mark that no plain record holds
            marked = codes.copy()
            marked[:, column] = UNKNOWN
            codes, where, n = np.concatenate([codes, marked]), np.tile(where, 2), np.tile(n, 2)
        kinds, group = distinct(codes)
        width = periods if by_period else 1
        flat = np.bincount(group * width + where, weights=n, minlength=len(kinds) * width)
        sums = np.concatenate([flat.astype(float).reshape(len(kinds), width), np.zeros((1, width))])
        table = sums[places_of(combinations, kinds)]  # -1, which no record holds, is the row of nothing at the end
        return np.broadcast_to(table, (len(combinations), periods)) if not by_period else table
