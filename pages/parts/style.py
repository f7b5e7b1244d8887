"""The portal's own style sheets, on top of the theme in ``.streamlit/config.toml``: drawn once a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st


@cache
def _sheet(scheme: str) -> str:
    # Streamlit sets the colour scheme on the page, not on what floats over it (a popover's content).
    floating = f":root {{ color-scheme: {scheme}; }}\n"
    return f"<style>{floating}{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def apply() -> None:
    """Puts the style sheet on the page. Call it first: what is drawn before it is drawn plain."""
    st.html(_sheet("dark" if st.context.theme.type == "dark" else "light"))


def apply_screen() -> None:
    """Puts the style sheet of a shared screen on the page, after the other."""
    st.html(_screen_sheet())


@cache
def _screen_sheet() -> str:
    return f"<style>{Path(__file__).with_name('screen.css').read_text(encoding='utf-8')}</style>"
