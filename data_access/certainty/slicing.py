"""How a question cuts the cells, and what each part of a copy says to each cut (certainty §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from data_access.certainty.cells import DOUBT, MOVED, NEVER, NO, UNKNOWN, YES, Cells, Flags, Floats, Ints


@dataclass(frozen=True)
class Slicing:
    """How to cut the cells.

    ``windows``: each period's first and last bucket, inclusive, ascending and apart (infinite where
    open). ``by``: the dimensions that make rows. ``where``: the chosen values of a dimension, which
    must all hold. ``domains``: per dimension what a doubtful cell may hold, None when not a list.
    ``kinds``: the rules' places for Complete, Accurate and Timely. ``key_rule``: the place of the
    record key's uniqueness.
    """

    windows: tuple[tuple[float, float], ...]
    by: tuple[int, ...]
    where: tuple[tuple[int, frozenset[str]], ...]
    domains: tuple[frozenset[str] | None, ...]
    time_may_be_blank: bool
    kinds: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    key_rule: int | None

    def __post_init__(self) -> None:
        places = [place for place, _ in self.where]
        assert len(places) == len(set(places)), "one filter a dimension, or a row rule could be lost"


def within_any(first: Floats, last: Floats, windows: tuple[tuple[float, float], ...]) -> Flags:
    """Whether each interval of buckets meets the span of the windows."""
    if not windows:
        return np.zeros(len(first), dtype=np.bool_)
    return np.asarray((last >= windows[0][0]) & (first <= windows[-1][1]), dtype=np.bool_)


def filter_status(cells: Cells, place: int, chosen: frozenset[str], domain: frozenset[str] | None) -> Ints:
    """Each copy's membership of a filter on one dimension."""
    among = np.array([label in chosen for label in cells.labels[place]] + [False], dtype=np.bool_)
    status = np.where(among[cells.dims[:, place]], YES, NO)
    return np.where(cells.dims[:, place] == UNKNOWN, among_domain(chosen, domain), status)


def among_domain(chosen: Iterable[str], domain: frozenset[str] | None) -> int:
    """Whether a cell that may hold anything of its domain is among the chosen values."""
    if domain is None:
        return DOUBT
    wanted = frozenset(chosen)
    if domain <= wanted:
        return YES
    return DOUBT if domain & wanted else NO


def dimension_status(cells: Cells, slicing: Slicing, place: int, combinations: Ints) -> Ints:
    """Membership of one dimension, copies × combinations: its filter and its row value together."""
    held = cells.dims[:, place]
    status = np.full((len(held), len(combinations)), YES, dtype=np.int64)
    for where, chosen in slicing.where:
        if where == place:
            status = np.minimum(status, filter_status(cells, place, chosen, slicing.domains[place])[:, None])
    if place in slicing.by:
        wanted = combinations[:, slicing.by.index(place)]
        labels = cells.labels[place]
        domain = slicing.domains[place]
        unknown = np.array([YES if code == UNKNOWN else among_domain((labels[code],), domain) for code in wanted])
        same = np.where(held[:, None] == wanted[None, :], YES, NO)
        status = np.minimum(status, np.where(held[:, None] == UNKNOWN, unknown[None, :], same))
    return status


def period_of(buckets: Floats, windows: tuple[tuple[float, float], ...]) -> Ints:
    """The place of the period each bucket falls in, or -1."""
    starts = np.array([window[0] for window in windows])
    ends = np.array([window[1] for window in windows])
    if not len(windows):
        return np.full(len(buckets), -1, dtype=np.int64)
    known = np.where(np.isnan(buckets), -np.inf, buckets)
    place = np.searchsorted(starts, known, side="right") - 1
    inside = (place >= 0) & (known <= ends[np.maximum(place, 0)]) & ~np.isnan(buckets)
    return np.where(inside, place, -1)


def bounds(slicing: Slicing) -> tuple[Floats, Floats]:
    windows = np.array(slicing.windows, dtype=np.float64).reshape(-1, 2)
    return windows[:, 0], windows[:, 1]


def time_status(cells: Cells, slicing: Slicing) -> Ints:
    """Membership of each period, copies × periods (certainty §1, *Domains*)."""
    starts, ends = bounds(slicing)
    first, last = cells.first[:, None], cells.last[:, None]
    inside = (first >= starts) & (last <= ends)
    outside = (last < starts) | (first > ends)
    moved = np.where(outside, NO, np.where(inside & (not slicing.time_may_be_blank), YES, DOUBT))
    status = np.where(cells.t[:, None] == MOVED, moved, np.where(inside, YES, NO))
    return np.where(cells.t[:, None] == NEVER, NO, status)


def time_share(cells: Cells, slicing: Slicing) -> Floats:
    """τ: buckets of a doubtful date's interval inside each period ÷ buckets in the interval; open: 1."""
    starts, ends = bounds(slicing)
    first, last = cells.first[:, None], cells.last[:, None]
    closed = np.isfinite(first) & np.isfinite(last) & (cells.t[:, None] == MOVED)
    with np.errstate(invalid="ignore"):
        inside = np.minimum(last, ends) - np.maximum(first, starts) + 1
        share = np.clip(inside, 0, None) / (last - first + 1)
    return np.where(closed, share, 1.0)


def window_share(slicing: Slicing) -> Floats:
    starts, ends = bounds(slicing)
    with np.errstate(invalid="ignore"):
        lengths = ends - starts + 1
        total = lengths.sum()
        return np.where(np.isfinite(lengths) & np.isfinite(total), lengths / total, 1.0)
