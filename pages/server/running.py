"""The one live portal of this process. Opened by the server's start, or by the first page run."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from data_access.live import Live, Serving

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "PLUMBLINE_CONFIG"

_lock = threading.Lock()
_live: Live | None = None


def config_folder() -> Path:
    """The configuration's folder: PLUMBLINE_CONFIG, else ``config`` beside app.py."""
    return Path(os.environ.get(VARIABLE) or ROOT / "config").resolve()


def live() -> Live:
    """The live portal. Raises DefinitionError, WarehouseError, StateError or PeopleError while it cannot open."""
    global _live  # one portal for all sessions of the process is the point
    with _lock:
        if _live is None:
            _live = Live(config_folder())
        return _live


def running() -> Serving:
    """The portal in force now. Ask once a run: then the whole run belongs to one configuration. Raises as ``live``."""
    return live().now
