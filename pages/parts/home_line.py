"""The first lines of home: how many figures ask for something, and how new the data are."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from data_access.questions import Overview, Standing
from pages.parts import dates, numbers, screen_words, templates


def draw(overview: Overview) -> None:
    """Draws what the figures say together, the data date, and how far the working out has come."""
    ready = [one for one in overview.standings if not one.waiting]
    templates.show("lead", text=_lead(overview), quiet=_quiet(ready), data=_data(ready))
    if overview.waiting:
        with st.container(key="waiting"):
            count = f"{len(ready)} of {numbers.count(len(overview.standings))} figures are ready"
            templates.show("waiting", text=f"{count}; the others are being worked out and appear here by themselves.")


def _lead(overview: Overview) -> str:
    """What is missed or cannot be told; nothing is said to be well that is not known."""
    counts = Counter(one.reasons[0] for one in overview.standings if one.reasons)
    said = screen_words.headline({v: counts[v] for v in ("missed", "likely_missed", "cannot_tell")}, latest=True)
    aimed = [one for one in overview.standings if one.metric.target]
    if said or not aimed or overview.waiting:
        return f"{said}." if said else ""
    known = all(one.trend is not None and one.trend.row.verdict for one in aimed)
    return "No target is missed." if known else "No target is known to be missed."


def _quiet(ready: list[Standing]) -> str:
    rest = sum(not one.reasons and one.trend is not None and not one.trend.row.suppressed for one in ready)
    if not rest:
        return ""
    return "1 figure needs nothing now." if rest == 1 else f"{numbers.count(rest)} figures need nothing now."


def _data(ready: list[Standing]) -> str:
    """``Data to 31 Oct 2026; the oldest, Workforce, to 31 Aug 2026.`` Of data made once nothing newer is due."""
    days = {one.contract.id: (one.trend.answer.as_of, one.contract) for one in ready if one.trend}
    dated = [(day, contract) for day, contract in days.values() if day]
    renewed = [(day, contract) for day, contract in dated if "frequency" in contract.sla]
    known = sorted((day, contract.name) for day, contract in renewed or dated)
    if not known:
        return ""
    (oldest, name), newest = known[0], known[-1][0]
    said = f"Data to {dates.day(newest)}"
    return f"{said}." if oldest == newest else f"{said}; the oldest, {name}, to {dates.day(oldest)}."
