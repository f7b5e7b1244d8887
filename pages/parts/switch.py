"""The heading of a chart: a button takes its table away, another shows it as a table, kept in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data_access.take_away.table import Table
from pages.parts import address as addresses
from pages.parts import take_away, templates
from pages.parts.address import Address

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def heading(portal: ViewerPortal, title: str, name: str, address: Address, table: Table) -> bool:
    """Draws the heading; True when the figures are to be shown as a table. ``table``: what is behind the chart."""
    as_table = name in address.tables
    with st.container(key=f"heading-{name}", horizontal=True, vertical_alignment="center", gap="small"):
        templates.show("panel_title", text=title)
        take_away.draw(portal, name, table)
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
