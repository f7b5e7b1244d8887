"""Records in doubt, slice by slice: membership, outcome, weight and the checks behind the doubt.

Every array here is copies × combinations × periods, reduced to records and then to slices. Work is cut
into runs of combinations so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from data_access.certainty.cells import DOUBT, NO, YES, Cells, Flags, Floats, Ints
from data_access.certainty.plain import Plain
from data_access.certainty.slicing import (
    Slicing,
    dimension_status,
    time_status,
)
from data_access.certainty.unclear import Unclear
from data_access.certainty.weights import Weights

AT_ONCE = 4_000_000  # elements of one working array
Judge = Callable[[int, int, Unclear], None]  # told a combination, a period and the unclear records of that slice


@dataclass(frozen=True)
class Weighed:
    """What the records that are not plain add to each slice (combinations × periods).

    ``a b u k1 k0 ku`` are the six counts of certainty §2. ``w1 w0 wu`` sum the weights of members in doubt by
    outcome and ``q1 q0 qu`` their squares. ``kinds`` (3 × slices) sum the weights of the records in doubt touched
    by each FACT kind; ``by_rule`` (rules × slices) count them.
    """

    a: Floats
    b: Floats
    u: Floats
    k1: Floats
    k0: Floats
    ku: Floats
    w1: Floats
    w0: Floats
    wu: Floats
    q1: Floats
    q0: Floats
    qu: Floats
    kinds: Floats
    by_rule: Floats


def weigh(cells: Cells, slicing: Slicing, combinations: Ints, plain: Plain, judge: Judge | None = None) -> Weighed:
    """Weigh every record that is not plain in every slice; ``judge`` is told of each slice's."""
    shape = (len(combinations), len(slicing.windows))
    rules = cells.failed.shape[2]
    total = _nothing(shape, rules)
    unclear = _unclear(cells)
    if not len(unclear.n) or not shape[0] * shape[1]:
        if judge and cells.measures:
            nothing = Unclear.nothing(len(cells.measures.least))
            for row, period in np.ndindex(*shape):
                judge(row, period, nothing)
        return total
    step = max(1, AT_ONCE // (len(unclear.w) * shape[1]))
    for start in range(0, shape[0], step):
        run = slice(start, start + step)
        working = _Run(unclear, slicing, combinations[run], plain, run)
        part = working.weighed()
        if judge:
            working.judged(start, judge)
        for entry in fields(Weighed):
            getattr(total, entry.name)[..., run, :] = getattr(part, entry.name)
    return total


def _nothing(shape: tuple[int, int], rules: int) -> Weighed:
    counts = {entry.name: np.zeros(shape) for entry in fields(Weighed)}
    return Weighed(**(counts | {"kinds": np.zeros((3, *shape)), "by_rule": np.zeros((rules, *shape))}))


def _unclear(cells: Cells) -> Cells:
    """The record kinds that are not plain, as cells of their own."""
    kept = ~cells.plain
    ends = np.append(cells.starts[1:], len(cells.w))
    lengths = (ends - cells.starts)[kept]
    rows = np.flatnonzero(np.repeat(kept, ends - cells.starts))
    starts = np.cumsum(lengths) - lengths
    return Cells(
        labels=cells.labels, starts=starts, n=cells.n[kept], w=cells.w[rows], o=cells.o[rows], t=cells.t[rows],
        first=cells.first[rows], last=cells.last[rows], dims=cells.dims[rows], failed=cells.failed[:, rows],
        recorded_w=cells.recorded_w[kept], recorded_o=cells.recorded_o[kept], recorded_t=cells.recorded_t[kept],
        recorded_dims=cells.recorded_dims[kept], chosen=starts,
        measures=cells.measures.taken(rows, kept) if cells.measures else None,
    )  # fmt: skip


class _Run:
    """One run of combinations: the parts' memberships, and what follows from them."""

    def __init__(self, cells: Cells, slicing: Slicing, combinations: Ints, plain: Plain, run: slice) -> None:
        self.cells, self.slicing = cells, slicing
        self.shape = (len(cells.w), len(combinations), len(slicing.windows))
        self.status: dict[int, npt.NDArray[np.int64]] = {0: cells.w[:, None, None]}
        self.status[2] = time_status(cells, slicing)[:, None, :]
        for place in range(len(cells.labels)):
            self.status[3 + place] = dimension_status(cells, slicing, place, combinations)[:, :, None]
        self.member = np.full(self.shape, YES, dtype=np.int64)
        for status in self.status.values():
            self.member = np.minimum(self.member, status)
        self._weights = Weights(cells, slicing, combinations, self.status, lambda *held: plain.count(*held)[run])

    def weighed(self) -> Weighed:
        """The counts, weights and reasons of this run."""
        lowest, highest = self._least(self.member), self._most(self.member)
        membership = np.where(lowest == highest, lowest, DOUBT)
        outcome = self._outcomes()
        weight = np.where(membership == YES, 1.0, self._mean(self._weights.of_copies(self.member)))
        weight = np.where(membership == NO, 0.0, weight)
        n = self.cells.n[:, None, None].astype(np.float64)
        self._seen = membership, outcome, weight
        certain, possible = membership == YES, membership == DOUBT
        in_doubt = possible | (certain & (outcome == DOUBT))
        touched = self._touched(in_doubt, lowest != highest)
        kinds = [np.asarray(touched[list(rules)].any(axis=0), dtype=np.bool_) for rules in self.slicing.kinds]

        def total(where: Flags, amount: Floats | float = 1.0) -> Floats:
            return np.asarray((n * where * amount).sum(axis=0), dtype=np.float64)

        by_outcome = {code: outcome == code for code in (YES, NO, DOUBT)}
        return Weighed(
            a=total(certain & by_outcome[YES]),
            b=total(certain & by_outcome[NO]),
            u=total(certain & by_outcome[DOUBT]),
            k1=total(possible & by_outcome[YES]),
            k0=total(possible & by_outcome[NO]),
            ku=total(possible & by_outcome[DOUBT]),
            w1=total(possible & by_outcome[YES], weight),
            w0=total(possible & by_outcome[NO], weight),
            wu=total(possible & by_outcome[DOUBT], weight),
            q1=total(possible & by_outcome[YES], weight**2),
            q0=total(possible & by_outcome[NO], weight**2),
            qu=total(possible & by_outcome[DOUBT], weight**2),
            kinds=np.array([total(kind, weight) for kind in kinds]),
            by_rule=np.array([total(rule) for rule in touched]).reshape(len(touched), *self.shape[1:]),
        )

    def _outcomes(self) -> Ints:
        """What all copies that may be members agree on, else doubt."""
        may = self.member != NO
        o = self.cells.o[:, None, None]
        yes, no, unsure = (self._any(may & (o == code)) for code in (YES, NO, DOUBT))
        return np.where(unsure | (yes & no) | self._measures_differ(may), DOUBT, np.where(yes, YES, NO))

    def _measures_differ(self, may: Flags) -> Flags | bool:
        """Whether the copies that may be members have different measures."""
        cells = self.cells
        if cells.measures is None or len(cells.starts) == len(cells.w):
            return False
        differ = np.zeros((len(cells.starts), *self.shape[1:]), dtype=np.bool_)
        for values in cells.measures.compared:
            held = values[:, None, None]
            least = np.minimum.reduceat(np.where(may, held, np.inf), cells.starts, axis=0)
            most = np.maximum.reduceat(np.where(may, held, -np.inf), cells.starts, axis=0)
            differ |= least < most
        return differ

    def judged(self, start: int, judge: Judge) -> None:
        """Hand the judge each slice's records, after ``weighed``; ``start`` is the run's first combination."""
        measures = self.cells.measures
        assert measures is not None
        membership, outcome, weight = self._seen
        owner = np.repeat(np.arange(len(self.cells.n)), np.diff(np.append(self.cells.starts, len(self.cells.w))))
        for row, period in np.ndindex(*self.shape[1:]):
            copies = np.flatnonzero(self.member[:, row, period] != NO)
            kinds, starts = np.unique(owner[copies], return_index=True)
            here = (kinds, row, period)
            judge(
                start + row,
                period,
                Unclear(
                    n=self.cells.n[kinds].astype(np.float64),
                    certain=membership[here] == YES,
                    known=outcome[here] == YES,
                    weight=weight[here],
                    starts=starts.astype(np.int64),
                    least=measures.least[:, copies],
                    greatest=measures.greatest[:, copies],
                    keys=measures.keys[copies],
                ),
            )

    def _touched(self, in_doubt: Flags, unequal: Flags) -> Flags:
        """Rules × records × …: whether a failed rule is behind the record's doubt in this slice."""
        cells = self.cells
        may = self.member != NO
        touched = np.zeros((cells.failed.shape[2], *in_doubt.shape), dtype=np.bool_)
        for rule in range(cells.failed.shape[2]):
            hit = may & (cells.o == DOUBT)[:, None, None] & cells.failed[1, :, rule][:, None, None]
            for part, status in self.status.items():
                hit = hit | (may & (status == DOUBT) & cells.failed[part, :, rule][:, None, None])
            touched[rule] = self._any(hit) & in_doubt
        if self.slicing.key_rule is not None:
            o = cells.o[:, None, None]
            seen = [self._any(may & (o == code)) for code in (YES, NO, DOUBT)]
            differ = unequal | (np.sum(seen, axis=0) > 1) | self._measures_differ(may)
            touched[self.slicing.key_rule] |= differ & in_doubt
        return touched

    def _least(self, values: Ints) -> Ints:
        return np.minimum.reduceat(values, self.cells.starts, axis=0)

    def _most(self, values: Ints) -> Ints:
        return np.maximum.reduceat(values, self.cells.starts, axis=0)

    def _any(self, flags: Flags) -> Flags:
        return np.logical_or.reduceat(flags, self.cells.starts, axis=0)

    def _mean(self, values: Floats) -> Floats:
        lengths = np.diff(np.append(self.cells.starts, len(self.cells.w)))
        return np.asarray(np.add.reduceat(values, self.cells.starts, axis=0) / lengths[:, None, None])
