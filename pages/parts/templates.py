"""The HTML templates of cards, panels and tables: every value is escaped (jinja2, autoescape on)."""

from __future__ import annotations

import base64
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "html"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def show(template: str, **values: object) -> None:
    """Draws ``html/<template>.html`` with these values."""
    st.html(_ENVIRONMENT.get_template(f"{template}.html").render(values))


def image(svg: str) -> str:
    """An SVG as the address of an image: Streamlit's sanitiser strips inline ``<svg>``."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
