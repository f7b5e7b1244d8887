"""The colours of graphics, light and dark (Government Analysis Function palette).

Graphics are images and canvases: style sheets do not reach inside them, so they take their colours
here, by the theme that the browser reports. Marks have at least 3:1 against the card, text 4.5:1.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Palette:
    """``dot`` the value; ``likely`` and ``certain`` the ranges; the two bands are areas under a line."""

    surface: str
    ink: str
    faint: str
    grid: str
    track: str
    dot: str
    likely: str
    certain: str
    likely_band: str
    certain_band: str
    target: str
    event: str


LIGHT = Palette(
    surface="#FFFFFF",
    ink="#18222D",
    faint="#56626E",
    grid="#E6EAEE",
    track="#E1E6EB",
    dot="#12436D",
    likely="#6F93B5",
    certain="#4D7299",
    likely_band="#A9C1D8",
    certain_band="#DFE8F0",
    target="#18222D",
    event="#801650",
)
DARK = Palette(
    surface="#1A222B",
    ink="#E9EDF2",
    faint="#A9B4C0",
    grid="#2C3844",
    track="#33404D",
    dot="#B9DAF6",
    likely="#4A86BD",
    certain="#6BACE6",
    likely_band="#2F6395",
    certain_band="#243B52",
    target="#E9EDF2",
    event="#E59BC2",
)


def current() -> Palette:
    """The palette of the theme in the reader's browser; light until the browser has said."""
    return DARK if st.context.theme.type == "dark" else LIGHT
