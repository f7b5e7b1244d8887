"""How to read a card: each mark of the graphic with its meaning, drawn as the cards draw it."""

from __future__ import annotations

import streamlit as st

from pages.parts import graphic, palette, templates


def draw() -> None:
    """Draws the key to the figures."""
    swatches = graphic.swatches(palette.current())
    meanings = (
        ("dot", "The figure as it is recorded."),
        ("likely", "Likely: where it lies if the records in doubt are like the others."),
        ("certain", "For certain: the lowest and the highest it could be, whatever is true of them."),
        ("target", "The target."),
    )
    with st.container(key="legend", border=True):
        templates.show("legend", marks=[(templates.image(swatches[name]), words) for name, words in meanings])
