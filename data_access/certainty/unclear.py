"""The records that may be members of one slice and are not plain, with their measures (certainty §2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data_access.certainty.measures import Flags, Floats, Ints


@dataclass(frozen=True)
class Unclear:
    """Record kinds in doubt somewhere, as one slice sees them.

    ``n`` records of each kind, ``certain`` members or not, ``known``: nothing about the measure is in doubt,
    ``weight`` 1 for certain members. Copies that may be members stand in runs, one run a kind, each beginning at
    ``starts``: ``least`` and ``greatest`` (measures × copies) and ``keys``.
    """

    n: Floats
    certain: Flags
    known: Flags
    weight: Floats
    starts: Ints
    least: Floats
    greatest: Floats
    keys: Ints

    @staticmethod
    def nothing(measures: int) -> Unclear:
        """No record at all."""
        none, flags, codes = np.zeros(0), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64)
        spans = np.zeros((measures, 0))
        return Unclear(none, flags, flags, none, codes, spans, spans, codes)

    @cached_property
    def low(self) -> Floats:
        """The least of each record's measures over its copies, measures × kinds."""
        return np.minimum.reduceat(self.least, self.starts, axis=1) if len(self.n) else self.least

    @cached_property
    def high(self) -> Floats:
        """The greatest of each record's measures over its copies, measures × kinds."""
        return np.maximum.reduceat(self.greatest, self.starts, axis=1) if len(self.n) else self.greatest

    @cached_property
    def beyond_doubt(self) -> Flags:
        """Certain members with a certain measure."""
        return np.asarray(self.certain & self.known, dtype=np.bool_)
