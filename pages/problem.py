"""Errors on screen: a title and what to do, never a trace. The trace goes to the terminal under a reference."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

import streamlit as st

from data_access.errors import PlumblineError, Unreachable, WarehouseError
from pages.parts import again
from pages.parts.links import plain

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

log = logging.getLogger("plumbline")


def render(title: str, message: str) -> None:
    """Says what went wrong, in the page's own place. The message is text: no mark in it is Markdown."""
    with st.container(key="problem"):
        st.title(title, anchor=False)
        st.markdown(plain(message).replace("\n", "  \n"))


def explain(error: PlumblineError, portal: ViewerPortal | None = None) -> None:
    """An error that its reader can act on, or is told the meaning of. ``portal``: as the reader may use it.

    What may pass by itself is looked at again and again until it has.
    """
    mends_it = portal is not None and portal.grant.sees("administer")
    render(error.title, error.message if mends_it else error.told)
    if isinstance(error, Unreachable):
        again.draw(portal if isinstance(error, WarehouseError) else None)


def report(error: Exception) -> None:
    """An error that nobody foresaw: the reader gets a reference, the terminal the trace under it."""
    render(PlumblineError.title, noted(error, "this page"))


def noted(error: Exception, unfinished: str) -> str:
    """Writes the trace of an unforeseen error to the terminal. Returns what its reader is told, with the reference."""
    reference = secrets.token_hex(4).upper()
    log.error("Unexpected error %s", reference, exc_info=error)
    return (
        f"The portal could not finish {unfinished}. Try again; if it happens once more, give the reference "
        f"{reference} to whoever looks after the portal."
    )


def on_script_error(error: Exception) -> bool:
    """Streamlit's last resort, for what is raised outside a page (in a callback). True: it shows nothing itself."""
    if isinstance(error, PlumblineError):
        render(error.title, error.told)
    else:
        report(error)
    return True
