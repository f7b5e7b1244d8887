"""Links between pages. They keep the session; only the page's address counts, not what it draws."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def _elsewhere() -> None:
    """Stands for a page that another script run draws."""


def link(page: str, label: str, parameters: Sequence[tuple[str, str]] = ()) -> None:
    """A link to one of the portal's addresses (``report``, ``metric``; ``home`` is the root)."""
    target = st.Page(_elsewhere, title=page, url_path="" if page == "home" else page, default=page == "home")
    st.page_link(target, label=plain(label), query_params=list(parameters) or None)


def plain(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: every mark is escaped."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|~$:<>" else letter for letter in text)
