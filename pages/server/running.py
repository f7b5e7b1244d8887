"""The one open portal of this process, with its gate. Opened by the server's start, or by the first page run."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.portal import Portal

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "PLUMBLINE_CONFIG"


@dataclass(frozen=True)
class Running:
    """An open portal and the way in to it."""

    portal: Portal
    gate: Gate


_lock = threading.Lock()
_running: Running | None = None


def config_folder() -> Path:
    """The configuration's folder: PLUMBLINE_CONFIG, else ``config`` beside app.py."""
    return Path(os.environ.get(VARIABLE) or ROOT / "config").resolve()


def running() -> Running:
    """The open portal. Raises DefinitionError, WarehouseError, StateError or PeopleError while it cannot open."""
    global _running  # one portal for all sessions of the process is the point
    with _lock:
        if _running is None:
            folder = config_folder()
            portal = Portal.open(folder)
            people = People(folder, demonstration=lambda: portal.demonstration)
            _running = Running(portal, Gate(portal.state, people))
        return _running
