"""The measures of condensed records, as arrays beside ``cells``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NO_KEY, UNSURE = -1, -2  # a key blank by right, and one in doubt


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
