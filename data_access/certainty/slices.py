"""Six counts, weights and reasons for every slice of a question at once (certainty §2 to §4).

A question has K combinations of dimension values and P periods; a slice is one of the K × P. Plain
records, by far the most, are summed by key (``plain``). The others are weighed slice by slice (``membership``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from data_access.certainty.cells import NEVER, NO, UNKNOWN, Cells, Flags, Floats, Ints
from data_access.certainty.figures import Figures, Judging
from data_access.certainty.membership import Weighed, weigh
from data_access.certainty.plain import Plain
from data_access.certainty.plan import RecordPlan
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
    return np.unique(np.concatenate([cells.dims[counted][:, by], cells.recorded_dims[recorded][:, by]]), axis=0)


def _recorded(cells: Cells, slicing: Slicing) -> tuple[Flags, Ints]:
    """Per record kind whether the question counts it as recorded, and the place of its period or -1."""
    period = period_of(cells.recorded_t, slicing.windows)
    counted = cells.recorded_w & (period >= 0)
    for place, chosen in slicing.where:
        among = np.array([label in chosen for label in cells.labels[place]] + [False], dtype=np.bool_)
        counted &= among[cells.recorded_dims[:, place]]
    return counted, period


def _as_recorded(cells: Cells, slicing: Slicing, combinations: Ints) -> tuple[Floats, Floats]:
    """Records as recorded in each slice: all of them, and those with the outcome.

    The row of a doubtful dimension counts the records marked so; the rows of values count what is
    recorded, whether or not it is doubtful.
    """
    periods = len(slicing.windows)
    every = np.zeros((len(combinations), periods))
    outcome = np.zeros((len(combinations), periods))
    for row, inside, period in _recorded_rows(cells, slicing, combinations):
        every[row] = np.bincount(period[inside], weights=cells.n[inside], minlength=periods)
        with_outcome = inside & cells.recorded_o
        outcome[row] = np.bincount(period[with_outcome], weights=cells.n[with_outcome], minlength=periods)
    return every, outcome


def _recorded_rows(cells: Cells, slicing: Slicing, combinations: Ints) -> Iterator[tuple[int, Flags, Ints]]:
    """Each combination, which record kinds are in its row as recorded, and the place of every kind's period."""
    counted, period = _recorded(cells, slicing)
    marked = cells.dims[cells.chosen] == UNKNOWN
    for row, codes in enumerate(combinations):
        inside = counted.copy()
        for place, code in zip(slicing.by, codes, strict=True):
            inside &= marked[:, place] if code == UNKNOWN else cells.recorded_dims[:, place] == code
        yield row, inside, period


def _recorded_places(cells: Cells, slicing: Slicing, combinations: Ints) -> tuple[Ints, Ints]:
    """Pairs of a slice (combination × periods + period) and a record kind in it as recorded."""
    slices, kinds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row, inside, period in _recorded_rows(cells, slicing, combinations):
        kinds.append(np.flatnonzero(inside))
        slices.append(row * len(slicing.windows) + period[inside])
    return np.concatenate(slices), np.concatenate(kinds)
