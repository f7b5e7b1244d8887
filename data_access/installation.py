"""What all viewers of one installation share: its configuration, its warehouse, its memory and its caches."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Hashable
from queue import SimpleQueue
from typing import Generic, TypeVar

from cachetools import LRUCache

from data_access.access.grant import Grant
from data_access.answering.condense import Condenser
from data_access.definitions.models import Configuration
from data_access.demonstration.builder import MARK
from data_access.errors import WarehouseError
from data_access.questions import Answer, Condition, Standing
from data_access.state.store import StateStore
from data_access.warehouse.engine import Warehouse, connect

T = TypeVar("T")
ANSWERS_KEPT, STANDINGS_KEPT = 4096, 4096


class Memory(Generic[T]):
    """The results used last, each under a key that holds all that could change it. Safe for threads."""

    def __init__(self, kept: int) -> None:
        self._kept: LRUCache[Hashable, T] = LRUCache(kept)
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        """What was put there, if it is still kept."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: T) -> None:
        """Keeps it; what was not used for longest makes room."""
        with self._lock:
            self._kept[key] = value


class Asking:
    """Entered for as long as somebody waits for an answer. Safe for threads."""

    def __init__(self) -> None:
        self._now = 0
        self._last = -math.inf
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self._now += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._now -= 1
            self._last = time.monotonic()

    def within(self, seconds: float) -> bool:
        """Whether somebody waits, or did until so many seconds ago: a page asks one question after another."""
        with self._lock:
            return self._now > 0 or time.monotonic() - self._last < seconds


class Installation:
    """An open installation. Safe for threads.

    ``answers`` and ``standings``: under the whole grant, the question, the data version and the day.
    ``asking``: whether people wait for answers; what works ahead gives way to them.
    ``condition``: what is wrong with its files and tables, as far as anybody has looked.
    ``hurried``: the grants of those who wait for their home page, for the thread that works ahead; None without one.
    """

    def __init__(self, configuration: Configuration, before: Installation | None = None) -> None:
        """Opens it. Raises StateError, and WarehouseError for a kind of warehouse that is not read.

        ``before``: the installation whose place it takes. What is open there and has the same address is shared;
        nothing that was worked out under its configuration is.
        """
        base, settings = configuration.folder.resolve().parent, configuration.portal
        self.configuration = configuration
        self._marked: tuple[str, bool] = ("", False)
        if before and before.configuration.portal.warehouse == settings.warehouse:
            self.warehouse: Warehouse = before.warehouse
            self._marked = before._marked  # the warehouse may be out of reach just now
        else:
            self.warehouse = connect(settings.warehouse, base)
        if before and before.configuration.portal.state == settings.state:
            self.state: StateStore = before.state
        else:
            self.state = StateStore(settings.state, base)
        self.condenser = Condenser(lambda: configuration.today)
        self.answers: Memory[Answer] = Memory(ANSWERS_KEPT)
        self.standings: Memory[Standing] = Memory(STANDINGS_KEPT)
        self.asking = Asking()
        self.hurried: SimpleQueue[Grant | None] | None = None
        self.condition = Condition()

    @property
    def demonstration(self) -> bool:
        """Whether the warehouse is the demonstration's; while it cannot be read, what it was when last read."""
        try:
            generation = self.warehouse.generation()
        except WarehouseError:
            return self._marked[1]
        version, marked = self._marked
        if version != generation.version:  # asked several times on every run of a page
            marked = generation.columns(MARK) is not None
            self._marked = (generation.version, marked)
        return marked
