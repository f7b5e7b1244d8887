"""A page that could not be drawn looks by itself whether it can be now, so that nobody has to press anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages import session
from pages.parts import templates

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

EVERY = 10.0  # seconds between looks
ANYWAY = 6  # looks until the page is tried although nothing is seen to have changed: a disk may have room again
SAID = "This page looks again by itself every few seconds. You need not do anything."


def draw(portal: ViewerPortal | None, *, said: str = SAID, anyway: bool = True) -> None:
    """Looks until the page is worth another try. ``portal``: where the data stand in the way, else None.

    Every try of a page that asks for figures leaves a record, so that it is not tried for nothing: only when the data
    have changed and, with ``anyway``, now and then as long as they can be read. Where nothing can be recorded, or
    nobody is known, there is nothing to spare.
    """
    looking = Looking(portal, portal.data_version() if portal else None, anyway)
    templates.show("line", text=said)

    @st.fragment(run_every=EVERY)
    def again() -> None:
        if portal is not None:
            session.require(portal.viewer)
        if looking.worth_a_try():
            session.goes_on_by_itself()
            st.rerun(scope="app")

    again()


@dataclass
class Looking:
    """What was seen at the last try, and how often since. The first look is that of the try itself."""

    portal: ViewerPortal | None
    seen: str | None
    anyway: bool
    looks: int = -1

    def worth_a_try(self) -> bool:
        """Whether the page may come out differently now."""
        self.looks += 1
        if self.looks == 0:
            return False
        if self.portal is None:
            return True
        now = self.portal.data_version()
        return now is not None and (now != self.seen or (self.anyway and self.looks % ANYWAY == 0))
