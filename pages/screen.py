"""A report on a shared screen: slide by slide, without a menu, for people who sit metres away.

It gets the door narrowed by ``on_shared_screen``: nothing here decides what a room may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data_access.definitions.models import Report
from data_access.trends import chosen
from pages.parts import address as addresses
from pages.parts import (
    dates,
    filters,
    links,
    numbers,
    report_figures,
    screen_keys,
    screen_slide,
    screen_slides,
    screen_watch,
    shared_filters,
    style,
)
from pages.parts.address import Address, Unusable
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

NAMED = 4  # values of one filter


def wanted(portal: ViewerPortal) -> bool:
    """Whether the address, or else the viewer's role, asks for a shared screen of a report that they may open."""
    id, asked = addresses.one("id"), addresses.one("screen")
    report = next((report for report in portal.reports() if report.id == id), None)
    if report is None:
        return False
    return asked == "1" if asked in ("0", "1") else portal.opens_on_shared_screen(report)


def render(portal: ViewerPortal, report: Report) -> None:
    """Draws the slide that the address names. ``portal``: as ``on_shared_screen`` gives it."""
    style.apply_screen()
    screen_watch.draw(portal.viewer)
    shared = shared_filters.of(portal, report)
    given = addresses.current()
    address = addresses.read(given, replace(shared.allowed, slides=True))
    if _stopped(report, address.unusable):
        return
    found = report_figures.of(portal, shared, address)
    slides = screen_slides.of(report, found, latest=not (address.period or address.span))
    number = addresses.slide(given, len(slides))
    if isinstance(number, Unusable):
        _stopped(report, [number])
        return
    place = f"{number} of {len(slides)}"
    with st.container(key="screen"):
        with st.container(key="board-slide"):
            head = _head(shared, address, report_figures.data_to(found))
            screen_slide.draw(slides[number - 1], shared, address, found, portal.settings, head, place)
        with st.container(key="screen-foot"):
            for name, other in (("previous", number - 1), ("next", number + 1)):
                if 1 <= other <= len(slides):
                    _button(name, slides[other - 1].headline, other)
            _leave()
    screen_keys.draw(number, len(slides), f"Slide {place}: {slides[number - 1].headline}", _go)


def _head(shared: Shared, address: Address, data_to: str) -> str:
    """Which report, for whom, of when and of what: everything that the figures depend on."""
    parts = [*dict.fromkeys((shared.report.title, shared.report.forum)), _period(shared, address)]
    parts += [f"data to {data_to}"] if data_to else []
    parts += [f"only {shared.scope}"] if shared.scope else []
    parts += [
        f"{shared.allowed.labels[name]}: {_values(shared.allowed.choices[name], values)}"
        for name, values in address.where
    ]
    return " · ".join(part for part in parts if part)


def _values(choices: Mapping[str, str], values: Sequence[str]) -> str:
    """The names of a filter's values; of many only how many, or they would push the figures off the screen."""
    if len(values) > NAMED:
        return f"{len(values)} of {len(choices)} chosen"
    return numbers.listed([choices[value] for value in values])


def _period(shared: Shared, address: Address) -> str:
    if address.span:
        return dates.span(*address.span)
    period = chosen(shared.periods, address.period)
    if period is None:
        return ""
    part = f" ({dates.partial_note(period.end)})" if period.partial else ""
    return dates.period(period.start, shared.grain) + part


def _stopped(report: Report, unusable: Sequence[Unusable]) -> bool:
    """Names what of the address cannot be applied, and shows no figure; True when there is such."""
    if not unusable:
        return False
    with st.container(key="screen"):
        st.title(report.title, anchor=False)
        filters.stopped(unusable, values=False)
        with st.container(key="screen-foot"):
            _leave()
    return True


def _button(name: str, label: str, slide: int) -> None:
    arrows = {"previous": f"← {links.plain(label)}", "next": f"{links.plain(label)} →"}
    st.button(arrows[name], key=f"screen-{name}", width="stretch", on_click=_go, args=(slide,))


def _go(slide: int) -> None:
    # With ``screen``, so that the link shows the same to somebody whose reports do not open so by themselves.
    addresses.write({"screen": ["1"], "slide": [str(slide)] if slide > 1 else []})


def _leave() -> None:
    st.button("Leave the shared screen", key="screen-leave", type="tertiary", on_click=_left)


def _left() -> None:
    addresses.write({"screen": ["0"], "slide": []})
