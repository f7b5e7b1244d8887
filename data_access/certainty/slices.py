"""Six counts, weights and reasons for every slice of a question at once (certainty §2 to §4).

A question has K combinations of dimension values and P periods; a slice is one of the K × P. Plain
records, by far the most, are summed by key (``plain``). The others are weighed slice by slice (``membership``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.certainty.cells import NEVER, NO, UNKNOWN, Cells, Flags, Floats, Ints
from data_access.certainty.membership import Weighed, weigh
from data_access.certainty.plain import Plain
from data_access.certainty.slicing import Slicing, filter_status, period_of, within_any


@dataclass(frozen=True)
class Counted:
    """Per slice, flattened combination by combination, then period by period.

    ``a b u k1 k0 ku`` are the six counts of certainty §2. ``w1 w0 wu`` sum the weights of members in
    doubt by outcome and ``q1 q0 qu`` their squares. ``kinds`` (3 × slices) sum the weights of the
    records in doubt touched by each FACT kind; ``by_rule`` (rules × slices) count them.
    ``value_n`` and ``value_yes`` count the records as recorded.
    """

    combinations: Ints
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
    value_n: Floats
    value_yes: Floats


def count_slices(cells: Cells, slicing: Slicing) -> Counted:
    """Cut the cells into slices. ``combinations`` is K × len(by), codes; UNKNOWN marks the doubtful row."""
    combinations = _combinations(cells, slicing)
    periods = len(slicing.windows)
    plain = Plain(cells, slicing, combinations)
    members = plain.members()
    weighed = weigh(cells, slicing, combinations, plain)
    a = members[0] + weighed.a
    value = _as_recorded(cells, slicing, combinations)
    shape = len(combinations) * periods
    return Counted(
        combinations=combinations,
        a=a.reshape(shape),
        b=(members[1] + weighed.b).reshape(shape),
        **_flat(weighed, shape),
        value_n=value[0].reshape(shape),
        value_yes=value[1].reshape(shape),
    )


def _flat(weighed: Weighed, shape: int) -> dict[str, Floats]:
    names = ("u", "k1", "k0", "ku", "w1", "w0", "wu", "q1", "q0", "qu")
    flat = {name: getattr(weighed, name).reshape(shape) for name in names}
    flat["kinds"] = weighed.kinds.reshape(3, shape)
    flat["by_rule"] = weighed.by_rule.reshape(len(weighed.by_rule), shape)
    return flat


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
    counted, period = _recorded(cells, slicing)
    marked = cells.dims[cells.chosen] == UNKNOWN
    every = np.zeros((len(combinations), periods))
    outcome = np.zeros((len(combinations), periods))
    for row, codes in enumerate(combinations):
        inside = counted.copy()
        for place, code in zip(slicing.by, codes, strict=True):
            inside &= marked[:, place] if code == UNKNOWN else cells.recorded_dims[:, place] == code
        every[row] = np.bincount(period[inside], weights=cells.n[inside], minlength=periods)
        with_outcome = inside & cells.recorded_o
        outcome[row] = np.bincount(period[with_outcome], weights=cells.n[with_outcome], minlength=periods)
    return every, outcome
