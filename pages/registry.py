"""Every address of the portal, as data. ``shell.py`` registers all of them on every run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PRODUCT = "Plumbline"
ICON = Path(__file__).with_name("icon.svg")  # a plumb line; an icon by name would come from another server


@dataclass(frozen=True)
class Entry:
    """One address. Its title is generic: Streamlit sends it to the browser before anybody has signed in.

    ``in_menu`` is false for a page that needs an ``id`` in its address to show anything.
    """

    id: str
    title: str
    in_menu: bool = True

    @property
    def url_path(self) -> str:
        return self.id


HOME = Entry("home", "Home")  # served at "/"
ENTRIES = (
    HOME,
    Entry("report", "Report", in_menu=False),
    Entry("metric", "Metric", in_menu=False),
    Entry("explore", "Explore"),
    Entry("quality", "Data quality"),
    Entry("actions", "Actions"),
    Entry("board", "Data board"),
    Entry("catalogue", "Catalogue"),
    Entry("workbench", "Workbench"),
    Entry("access", "Access"),
)
