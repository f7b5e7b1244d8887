"""The row of filters: period and dimensions. They show what the address says and write what the reader picks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from data_access.definitions.models import Grain
from data_access.trends import latest
from pages.parts import address as addresses
from pages.parts import dates, links, widgets
from pages.parts.address import Address, Unusable

if TYPE_CHECKING:
    from data_access.questions import Period

_LATEST, _DATES = "latest", "dates"
_FEW = 16  # up to here every choice is in sight; beyond, a list to search


def draw(
    address: Address,
    periods: Sequence[Period],
    grain: Grain,
    choices: Mapping[str, Mapping[str, str]],
    labels: Mapping[str, str],
) -> None:
    """Draws the row. ``choices``: dimension -> value -> label; ``labels``: dimension -> label."""
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        _period(address, periods, grain)
        for dimension, values in choices.items():
            _dimension(dimension, labels[dimension], values, dict(address.where).get(dimension, ()))
        if address.where or address.period or address.span:
            st.button("Clear filters", key="clear-filters", type="tertiary", on_click=_clear, args=(tuple(choices),))


def _period(address: Address, periods: Sequence[Period], grain: Grain) -> None:
    newest = latest(periods)
    words = {_LATEST: f"Latest: {dates.period(newest.start, grain)}" if newest else "Latest"}
    for period in reversed(periods):
        part = f" ({dates.partial_note(period.end)})" if period.partial else ""
        words[period.start.isoformat()] = dates.period(period.start, grain) + part
    words[_DATES] = "Dates of my own"
    chosen = _DATES if address.span else address.period.isoformat() if address.period else _LATEST
    span = address.span or _days_of(address, periods) or ((newest.start, newest.end) if newest else None)
    key = widgets.key("filter-period", chosen)
    st.selectbox(
        "Period",
        list(words),
        format_func=lambda value: words[value],
        key=key,
        width=248,
        on_change=_write_period,
        args=(key, span),
    )
    if address.span:
        keys = [widgets.key(f"filter-{name}", day) for name, day in zip(("from", "to"), address.span, strict=True)]
        for label, key in zip(("From", "To"), keys, strict=True):
            st.date_input(label, key=key, format="DD/MM/YYYY", width=196, on_change=_write_dates, args=tuple(keys))


def _days_of(address: Address, periods: Sequence[Period]) -> tuple[date, date] | None:
    """The first and the last day of the period in the address: where own dates start from."""
    return next(((one.start, one.end) for one in periods if one.start == address.period), None)


def _dimension(dimension: str, label: str, values: Mapping[str, str], chosen: Sequence[str]) -> None:
    names = [values[value] for value in chosen]
    summary = "All" if not names else names[0] if len(names) == 1 else f"{len(names)} chosen"
    key = widgets.key(f"filter-{dimension}", list(chosen))
    with st.popover(f":gray[{links.plain(label)}] {links.plain(summary)}", key=f"open-filter-{dimension}"):
        write: dict[str, Any] = {"on_change": _write_dimension, "args": (dimension, key)}
        if len(values) <= _FEW:
            st.pills(label, list(values), selection_mode="multi", format_func=values.__getitem__, key=key, **write)
        else:
            unset = "All; type to search"
            st.multiselect(label, list(values), format_func=values.__getitem__, key=key, placeholder=unset, **write)


def _write_period(key: str, span: tuple[date, date] | None) -> None:
    picked = st.session_state[key]
    own = [day.isoformat() for day in span] if picked == _DATES and span else []
    period = [] if picked in (_LATEST, _DATES) else [picked]
    addresses.write({"period": period, "from": own[:1], "to": own[1:]})


def _write_dates(start: str, end: str) -> None:
    days = st.session_state[start], st.session_state[end]
    if all(days):
        addresses.write({"from": [days[0].isoformat()], "to": [days[1].isoformat()]})


def _write_dimension(dimension: str, key: str) -> None:
    addresses.write({addresses.parameter(dimension): st.session_state[key]})


def _clear(dimensions: Sequence[str]) -> None:
    names = ["period", "from", "to", *(addresses.parameter(dimension) for dimension in dimensions)]
    addresses.write({name: [] for name in names})


def stopped(unusable: Sequence[Unusable], *, values: bool = True) -> bool:
    """Names what of the address cannot be applied; True when there is such, and no figure may be shown.

    Without ``values`` only the parameters are named: a mistyped filter may hold what a room should not read.
    """
    if not unusable:
        return False
    with st.container(key="unusable"):
        lines = [
            f"- **{links.plain(one.parameter)}{links.plain(f' = {one.value[:80]}') if values else ''}**: "
            f"{links.plain(one.reason)}"
            for one in unusable
        ]
        st.warning(
            "This address asks for something that cannot be applied, so no figure is shown yet.\n\n" + "\n".join(lines)
        )
        st.button(
            "Show the page without it",
            type="primary",
            key="dismiss-unusable",
            on_click=addresses.without,
            args=(tuple(unusable),),
        )
    return True
