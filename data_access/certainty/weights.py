"""How much a member in doubt weighs: w of certainty §4."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data_access.certainty.cells import CERTAIN, DOUBT, UNKNOWN, YES, Cells, Flags, Floats, Ints
from data_access.certainty.slicing import Slicing, filter_status, time_share, window_share

Held = frozenset[int]
PlainCount = Callable[[Held, Held], Floats]


class Weights:
    """The weights of some records' copies in a run of combinations.

    ``status``: each part's membership, to be broadcast to copies × combinations × periods. ``plain`` counts the plain
    records of each slice with some parts relaxed (``Plain.count``).
    """

    def __init__(
        self, cells: Cells, slicing: Slicing, combinations: Ints, status: Mapping[int, Ints], plain: PlainCount
    ) -> None:
        self.cells, self.slicing, self.combinations, self.status, self.plain = (
            cells,
            slicing,
            combinations,
            status,
            plain,
        )
        self.shape = (len(cells.w), len(combinations), len(slicing.windows))

    def of_copies(self, member: Ints) -> Floats:
        """Each copy's weight: 1 for a member, 0 for none, else w of certainty §4."""
        share = time_share(self.cells, self.slicing)[:, None, :]
        weights = np.where(member == YES, 1.0, 0.0)
        signature = np.zeros(self.shape, dtype=np.int64)
        for part, status in self.status.items():
            # A date known to lie in a closed interval is weighed by its share of the interval alone.
            open_time = np.isinf(self.cells.first) | np.isinf(self.cells.last)
            counts = (status == DOUBT) & (open_time[:, None, None] if part == 2 else True)
            signature |= np.where(counts, 1 << part, 0)
        signature = np.where(member == DOUBT, signature, -1)
        members = self._certain(frozenset())
        filtered = frozenset(3 + place for place, _ in self.slicing.where if place in self.slicing.by)
        for code in np.unique(signature[signature >= 0]).tolist():
            relaxed = frozenset(part for part in self.status if code >> part & 1)
            base, loose = self._certain(relaxed), relaxed & filtered
            # No record is certainly in the row of doubtful values and in its filter: weigh there as in all its values.
            here = self._certain(frozenset(), loose) if loose else members
            chance = np.where(base > 0, here / np.where(base > 0, base, 1.0), self._blind(relaxed))
            w = np.where(self.status[2] == DOUBT, share, 1.0) * np.minimum(chance, 1.0)[None]
            weights = np.where(signature == code, w, weights)
        return weights

    def _certain(self, relaxed: frozenset[int], loose: frozenset[int] = frozenset()) -> Floats:
        """Records beyond doubt in each slice relaxed on these parts (they must still be certain there).

        The row of the doubtful values of a ``loose`` dimension stands for all the values of its filter.
        """
        holds = np.ones(self.shape, dtype=np.bool_)
        cells = self.cells
        for part, status in self.status.items():
            if part not in relaxed:
                holds &= (self._loosened(part) if part in loose else status) == YES
            elif part == 0:
                holds &= (cells.w != DOUBT)[:, None, None]
            elif part == 2:
                holds &= (cells.t == CERTAIN)[:, None, None]
            else:
                holds &= (cells.dims[:, part - 3] != UNKNOWN)[:, None, None]
        every = np.logical_and.reduceat(holds, cells.starts, axis=0)
        plain = self.plain(relaxed, loose)
        return np.asarray((every * cells.n[:, None, None]).sum(axis=0) + plain)

    def _loosened(self, part: int) -> Ints:
        """The part's membership, but that of its filter alone in the row of doubtful values."""
        place = part - 3
        chosen = dict(self.slicing.where)[place]
        alone = filter_status(self.cells, place, chosen, self.slicing.domains[place])
        return np.where(self._marked(place)[None, :, None], alone[:, None, None], self.status[part])

    def _marked(self, place: int) -> Flags:
        """Which combinations are rows of a dimension's doubtful values."""
        return np.asarray(self.combinations[:, self.slicing.by.index(place)] == UNKNOWN, dtype=np.bool_)

    def _blind(self, relaxed: frozenset[int]) -> Floats:
        """Values chosen ÷ values possible of each relaxed part, when no record shows how they spread."""
        chance = np.ones(self.shape[1:])
        for part in relaxed:
            if part == 0:
                chance = chance / 2
            elif part == 2:
                chance = chance * window_share(self.slicing)[None, :]
            else:
                place = part - 3
                domain = self.slicing.domains[place]
                possible = max(1, len(domain) if domain is not None else len(self.cells.labels[place]))
                among = [
                    values if domain is None else values & domain for at, values in self.slicing.where if at == place
                ]
                chosen = min(len(among[0]), possible) if among else possible
                here = np.where(self._marked(place), chosen, 1)[:, None] if place in self.slicing.by else chosen
                chance = chance * (here / possible)
        return chance
