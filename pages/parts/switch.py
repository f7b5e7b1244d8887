"""The heading of a chart with the button that shows it as a table, kept in the address."""

from __future__ import annotations

import streamlit as st

from pages.parts import address as addresses
from pages.parts import templates
from pages.parts.address import Address


def heading(title: str, name: str, address: Address) -> bool:
    """Draws the heading; True when the figures are to be shown as a table."""
    as_table = name in address.tables
    with st.container(key=f"heading-{name}", horizontal=True, vertical_alignment="center", gap="small"):
        templates.show("panel_title", text=title)
        st.button(
            "Show as chart" if as_table else "Show as table",
            key=f"switch-{name}",
            type="tertiary",
            on_click=_turn,
            args=(name, as_table, tuple(address.tables)),
        )
    return as_table


def _turn(name: str, as_table: bool, tables: tuple[str, ...]) -> None:
    addresses.write({"table": sorted(set(tables) - {name} if as_table else {*tables, name})})
