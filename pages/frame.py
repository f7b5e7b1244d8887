"""What surrounds every page, signed in or not: the style sheets and the mark of the demonstration."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from pages.parts import style


def render(*, demonstration: bool) -> None:
    """Draws the frame. Call it first: what is drawn before the style sheets is drawn plain."""
    style.apply()
    st.html(_sheet())
    if demonstration:
        with st.container(key="demonstration"):
            st.html('<div class="pl-demonstration">Demonstration: these figures are made up</div>')


@cache
def _sheet() -> str:
    return f"<style>{Path(__file__).with_name('frame.css').read_text(encoding='utf-8')}</style>"
