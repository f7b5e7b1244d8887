"""Six counts, weights and reasons for every slice of a question at once (certainty §2 to §4).

A question has K combinations of dimension values and P periods; a slice is one of the K × P. Plain
records, by far the most, are summed by key (``plain``). The others are weighed slice by slice (``membership``).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from data_access.certainty.cells import NEVER, NO, UNKNOWN, Cells, Flags, Floats, Ints
from data_access.certainty.figures import Figures, Judging
from data_access.certainty.membership import Weighed, weigh
from data_access.certainty.plain import Plain
from data_access.certainty.plan import RecordPlan
from data_access.certainty.rows import distinct, places_of
from data_access.certainty.slicing import Slicing, filter_status, period_of, within_any


@dataclass(frozen=True)
class Counted(Weighed):
    """What every record adds to each slice, flattened combination by combination, then period by period.

    ``combinations`` is K × len(by), codes; UNKNOWN marks the row of doubtful values. ``value_n`` and ``value_yes``
    count the records as recorded, and those of them with the outcome.
    """

    combinations: Ints
    value_n: Floats
    value_yes: Floats
    figures: Figures | None = None


def count_slices(cells: Cells, slicing: Slicing, plan: RecordPlan | None = None) -> Counted:
    """Cut the cells into slices. ``plan``: needed where they have measures."""
    combinations = _combinations(cells, slicing)
    plain = Plain(cells, slicing, combinations)
    judge = Judging(plan, cells, plain) if plan is not None and cells.measures is not None else None
    weighed = weigh(cells, slicing, combinations, plain, judge)
    sums = {entry.name: getattr(weighed, entry.name) for entry in fields(Weighed)}
    with_outcome, without = plain.members()
    sums["a"], sums["b"] = sums["a"] + with_outcome, sums["b"] + without
    sums["value_n"], sums["value_yes"] = _as_recorded(cells, slicing, combinations)
    figures = judge.figures(_recorded_places(cells, slicing, combinations)) if judge else None
    shape = len(combinations) * len(slicing.windows)
    # The last two axes, combinations and periods, become one; kinds and by_rule have an axis before them.
    flat = {name: table.reshape(*table.shape[:-2], shape) for name, table in sums.items()}
    return Counted(combinations=combinations, figures=figures, **flat)


def _combinations(cells: Cells, slicing: Slicing) -> Ints:
    """The combinations of values that a slice is made for; one empty one without ``by``.

    Those that records certainly have and may count, and those recorded, however doubtful: a value that the
    figures count as recorded must have a row to be counted in.
    """
    if not slicing.by:
        return np.zeros((1, 0), dtype=np.int64)
    counted = (cells.w != NO) & (cells.t != NEVER) & within_any(cells.first, cells.last, slicing.windows)
    for place, chosen in slicing.where:
        counted &= filter_status(cells, place, chosen, slicing.domains[place]) != NO
    recorded = _recorded(cells, slicing)[0]
    for place in slicing.by:
        domain = slicing.domains[place]
        possible = [domain is None or label in domain for label in cells.labels[place]]
        recorded = recorded & np.array([*possible, False], dtype=np.bool_)[cells.recorded_dims[:, place]]
    by = list(slicing.by)
    return distinct(np.concatenate([cells.dims[counted][:, by], cells.recorded_dims[recorded][:, by]]))[0]


def _recorded(cells: Cells, slicing: Slicing) -> tuple[Flags, Ints]:
    """Per record kind whether the question counts it as recorded, and the place of its period or -1."""
    period = period_of(cells.recorded_t, slicing.windows)
    counted = cells.recorded_w & (period >= 0)
    for place, chosen in slicing.where:
        among = np.array([label in chosen for label in cells.labels[place]] + [False], dtype=np.bool_)
        counted &= among[cells.recorded_dims[:, place]]
    return counted, period


def _as_recorded(cells: Cells, slicing: Slicing, combinations: Ints) -> tuple[Floats, Floats]:
    """Records as recorded in each slice: all of them, and those with the outcome."""
    shape = len(combinations), len(slicing.windows)
    place, kind = _recorded_places(cells, slicing, combinations)

    def total(chosen: Flags) -> Floats:
        sums = np.bincount(place[chosen], weights=cells.n[kind[chosen]], minlength=shape[0] * shape[1])
        return sums.astype(np.float64).reshape(shape)

    return total(np.ones(len(kind), dtype=np.bool_)), total(cells.recorded_o[kind])


def _recorded_places(cells: Cells, slicing: Slicing, combinations: Ints) -> tuple[Ints, Ints]:
    """Pairs of a slice (combination × periods + period) and a record kind that is in it as recorded.

    The row of a doubtful dimension holds the records marked so; the rows of values hold what is recorded, whether
    or not it is doubtful.
    """
    counted, period = _recorded(cells, slicing)
    by, kinds = list(slicing.by), np.flatnonzero(counted)
    codes = cells.recorded_dims[kinds][:, by]
    marked = cells.dims[cells.chosen[kinds]][:, by] == UNKNOWN
    for column in range(len(by)):  # once more under the mark, in every mixture of marks and values
        again = np.flatnonzero(marked[:, column])
        under_the_mark = codes[again]
        under_the_mark[:, column] = UNKNOWN
        codes, kinds = np.concatenate([codes, under_the_mark]), np.concatenate([kinds, kinds[again]])
        marked = np.concatenate([marked, marked[again]])
    row = places_of(codes, combinations)
    inside = row >= 0
    return row[inside] * len(slicing.windows) + period[kinds[inside]], kinds[inside]
