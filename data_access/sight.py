"""Which version of the data questions see: the newest each time, or one and the same for all that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from data_access.warehouse.engine import Generation, Warehouse


class Sight:
    """One reader's sight of the warehouse. Not for several threads at once."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._holding = False
        self._held: Generation | None = None

    def generation(self) -> Generation:
        """The newest generation, or the one that is held. Raises WarehouseError."""
        if not self._holding:
            return self._warehouse.generation()
        if self._held is None:
            self._held = self._warehouse.generation()
        return self._held

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within the block all questions see one generation: the newest at the first of them.

        Only for as long as figures are put side by side: what is held keeps a replaced file open.
        """
        if self._holding:
            yield
            return
        self._holding = True
        try:
            yield
        finally:
            self._holding, self._held = False, None
