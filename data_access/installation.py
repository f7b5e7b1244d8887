"""What all viewers of one installation share: its configuration, its warehouse, its memory and its caches."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from cachetools import LRUCache

from data_access.answering.condense import Condenser
from data_access.definitions.models import Configuration
from data_access.demonstration.builder import MARK
from data_access.errors import WarehouseError
from data_access.questions import Answer
from data_access.state.store import StateStore
from data_access.warehouse.engine import connect

ANSWERS_KEPT = 4096


class Installation:
    """An open installation. Safe for threads."""

    def __init__(self, configuration: Configuration) -> None:
        base = configuration.folder.resolve().parent
        self.configuration = configuration
        self.warehouse = connect(configuration.portal.warehouse, base)
        self.state = StateStore(configuration.portal.state, base)
        self.condenser = Condenser(lambda: configuration.today)
        self._answers: LRUCache[Hashable, Answer] = LRUCache(ANSWERS_KEPT)
        self._lock = threading.Lock()
        self._marked = ("", False)

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

    def remembered(self, key: Hashable) -> Answer | None:
        """An earlier answer under the same grant, question and data version."""
        with self._lock:
            return self._answers.get(key)

    def remember(self, key: Hashable, found: Answer) -> None:
        """Keeps an answer for the same grant, question and data version."""
        with self._lock:
            self._answers[key] = found
