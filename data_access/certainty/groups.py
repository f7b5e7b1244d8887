"""Which record kinds stand in each slice, looked up by slice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.measures import Ints


@dataclass(frozen=True)
class Groups:
    """``kinds`` in the order of their slices; slice s has those from ``starts[s]`` to ``starts[s + 1]``."""

    kinds: Ints
    starts: Ints

    @staticmethod
    def of(slices: Ints, kinds: Ints, count: int) -> Groups:
        """Pairs of a slice and a kind; a slice of -1 is none."""
        order = np.argsort(slices, kind="stable")
        ordered = slices[order]
        return Groups(kinds[order], np.searchsorted(ordered, np.arange(count + 1)))

    def members(self, at: int) -> Ints:
        return self.kinds[self.starts[at] : self.starts[at + 1]]
