"""The state of a page in its address: the one module that reads and writes it.

Period (``period=2026-10-01``: any day of it) or own dates (``from``, ``to``, inclusive), filters as
repeated parameters named after their dimension, the breakdown's dimension (``by``), what is shown
as a table (``table``), whether for a shared screen (``screen``) and there which ``slide``. What cannot
be applied is named, never dropped: the page then shows no figure until the reader dismisses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

Parameters = Mapping[str, Sequence[str]]
OWN = ("id", "report", "period", "from", "to", "by", "table", "screen", "slide", "q")
_SHOWN = "address-shown"  # in the session: the page of the last run, with its parameters


@dataclass(frozen=True)
class Allowed:
    """What a page's address may say. ``choices``: dimension -> value -> label; ``starts``: of its periods;
    ``last``: the last day of the newest; ``reports``: those it can be shown for; ``screens``: whether on a shared
    screen; ``slides``: whether it has any; ``hidden``: columns that the reader may not filter by, with the reason."""

    choices: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]
    starts: tuple[date, ...] = ()
    last: date | None = None
    tables: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    slides: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unusable:
    """One value of the address that cannot be applied, and why."""

    parameter: str
    value: str
    reason: str


@dataclass(frozen=True)
class Address:
    """What the address asks for, as far as it can be applied."""

    period: date | None = None
    span: tuple[date, date] | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by: str | None = None
    tables: frozenset[str] = frozenset()
    unusable: tuple[Unusable, ...] = ()


def parameter(dimension: str) -> str:
    """The parameter that filters a dimension: its name, kept apart from the page's own parameters."""
    return f"where.{dimension}" if dimension in OWN else dimension


def read(given: Parameters, allowed: Allowed) -> Address:
    """The address against what the page allows. Pure; raises nothing."""
    wrong: list[Unusable] = []
    where = _filters(given, allowed, wrong)
    span = _span(given, allowed, wrong)
    period = _period(given, allowed, wrong)
    if span and given.get("period"):
        wrong.append(Unusable("period", given["period"][0], "the address also gives dates of its own"))
    by = _one_of("by", given, allowed.by, wrong)
    _one_of("report", given, allowed.reports, wrong)
    _one_of("screen", given, allowed.screens, wrong)
    if not allowed.slides:
        wrong += [Unusable("slide", value, "only a shared screen has slides") for value in given.get("slide", ())]
    wrong += [Unusable("id", value, "only one can be shown") for value in tuple(given.get("id", ()))[:-1]]
    tables = [value for value in given.get("table", ()) if value in allowed.tables]
    wrong += [Unusable("table", v, "there is no such table") for v in given.get("table", ()) if v not in allowed.tables]
    known = {*OWN, *(parameter(dimension) for dimension in allowed.choices)}
    wrong += [
        Unusable(name, value, allowed.hidden.get(name, "this page has no such filter"))
        for name, values in given.items()
        if name not in known
        for value in values
    ]
    return Address(period, span, where, by, frozenset(tables), tuple(wrong))


def slide(given: Parameters, count: int) -> int | Unusable:
    """Which of ``count`` slides, from 1; the first where the address names none."""
    values = tuple(given.get("slide", ()))
    if len(values) > 1:
        return Unusable("slide", values[1], "only one can be shown")
    if not values:
        return 1
    number = int(values[0]) if values[0].isascii() and values[0].isdigit() and len(values[0]) < 5 else 0
    if 1 <= number <= count:
        return number
    return Unusable("slide", values[0], f"it is not one of the {count} slides" if count > 1 else "there is one slide")


def _filters(given: Parameters, allowed: Allowed, wrong: list[Unusable]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    where = []
    for dimension, choices in allowed.choices.items():
        values = tuple(dict.fromkeys(given.get(parameter(dimension), ())))
        reason = f"it is not a value of {allowed.labels[dimension]}"
        wrong += [Unusable(parameter(dimension), value, reason) for value in values if value not in choices]
        if usable := tuple(value for value in values if value in choices):
            where.append((dimension, usable))
    return tuple(where)


def _one_of(name: str, given: Parameters, among: Sequence[str], wrong: list[Unusable]) -> str | None:
    values = tuple(given.get(name, ()))
    wrong += [Unusable(name, value, "it is not among the choices") for value in values if value not in among]
    wrong += [Unusable(name, value, "only one can be shown") for value in values[1:] if value in among]
    return values[0] if values and values[0] in among else None


def _day(name: str, given: Parameters, wrong: list[Unusable]) -> date | None:
    values = tuple(given.get(name, ()))
    wrong += [Unusable(name, value, "only one can be given") for value in values[1:]]
    if not values:
        return None
    try:
        return date.fromisoformat(values[0])
    except ValueError:
        wrong.append(Unusable(name, values[0], "it is not a date such as 2026-10-31"))
        return None


def _period(given: Parameters, allowed: Allowed, wrong: list[Unusable]) -> date | None:
    """The start of the period that the day lies in."""
    chosen = _day("period", given, wrong)
    if chosen is None:
        return None
    starts = [start for start in allowed.starts if start <= chosen]
    if not starts or (allowed.last is not None and chosen > allowed.last):
        wrong.append(Unusable("period", given["period"][0], "there are no records of that time"))
        return None
    return max(starts)


def _span(given: Parameters, allowed: Allowed, wrong: list[Unusable]) -> tuple[date, date] | None:
    start, end = _day("from", given, wrong), _day("to", given, wrong)
    if start is None and end is None:
        return None
    start = start or min(allowed.starts, default=None)
    end = end or allowed.last
    if start is None or end is None or start > end:
        name = "from" if given.get("from") else "to"
        wrong.append(Unusable(name, given[name][0], "the first day is after the last"))
        return None
    return start, end


# -- the browser's address -------------------------------------------------------------------


def current() -> dict[str, list[str]]:
    """The address's parameters as the browser has them now."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def one(name: str) -> str | None:
    """A parameter of which there is one, such as ``id``."""
    return st.query_params.get(name)


def write(changes: Mapping[str, Iterable[str]]) -> None:
    """Changes parameters in one step of the browser's history; an empty list takes one out."""
    now = current()
    new = {**now, **{name: list(values) for name, values in changes.items()}}
    kept = {name: values for name, values in new.items() if values}
    if kept != now:
        st.query_params.from_dict(kept)


def keep_in_step(page: str) -> None:
    """Has the browser show what the page was asked for; to be called on every run.

    A link to the page that is open already, with other parameters, is followed without the browser's address
    changing: a copied link, a reload or the next change would then be about what was there before.
    """
    before, now = st.session_state.get(_SHOWN), (page, current())
    if before is not None and before != now and before[0] == page:
        st.query_params.from_dict(now[1])  # a step of the history, unless the browser is there already
    st.session_state[_SHOWN] = now


def without(unusable: Iterable[Unusable]) -> None:
    """Takes out what could not be applied: the reader has read it and goes on without."""
    now = current()
    changes: dict[str, list[str]] = {}
    for wrong in unusable:
        values = changes.setdefault(wrong.parameter, list(now.get(wrong.parameter, [])))
        if wrong.value in values:
            values.remove(wrong.value)
    write(changes)


def carried(address: Address, dimensions: Iterable[str], **more: str | None) -> list[tuple[str, str]]:
    """The parameters of a link that keeps period and filters, for a page with these dimensions."""
    pairs = [(name, value) for name, value in more.items() if value is not None]
    if address.period:
        pairs.append(("period", address.period.isoformat()))
    if address.span:
        pairs += [("from", address.span[0].isoformat()), ("to", address.span[1].isoformat())]
    kept = set(dimensions)
    return pairs + [(parameter(name), value) for name, values in address.where if name in kept for value in values]
