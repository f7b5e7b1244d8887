"""The thread that looks after a live portal's configuration, so that nobody who asks something has to wait for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from data_access.live import Live, Permit, Serving

LOOK_EVERY = 1.0  # seconds
STOP_WITHIN = 5.0

log = logging.getLogger("plumbline")


class Watch:
    """The thread that looks. ``changed`` is called in it when another configuration has come into force.

    Also where the look that put it into force went wrong afterwards; and again where ``changed`` itself did.
    """

    def __init__(self, live: Live, *, permit: Permit, changed: Callable[[Serving], None]) -> None:
        self._live, self._permit, self._changed = live, permit, changed
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="plumbline-watch", daemon=True)
        self._complaint = ""
        self._handed_on = live.now.number

    def start(self) -> None:
        """Begins, and returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; a file in hand is left to the end of the process."""
        self._stopping.set()
        self._thread.join(STOP_WITHIN)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            try:
                self._look()
                self._say()
            except Exception as error:  # it outlives whatever happens to the files
                self._complain(repr(error), "The configuration could not be looked at.")

    def _look(self) -> None:
        try:
            self._live.look(self._permit)
        finally:
            serving = self._live.now
            if serving.number != self._handed_on:
                self._changed(serving)
                self._handed_on = serving.number

    def _say(self) -> None:
        """One line in the log when the files have broken, and one when they are whole again."""
        condition = self._live.now.portal.condition
        if condition.since is None:
            if self._complaint:
                log.warning("The configuration is whole again, and in force.")
            self._complaint = ""
        else:
            first = str(condition.problems[0]) if condition.problems else ""
            self._complain(
                first, "The configuration has problems; the last good one goes on. See: python -m data_access check"
            )

    def _complain(self, complaint: str, words: str) -> None:
        if complaint != self._complaint:
            self._complaint = complaint
            log.warning("%s %s", words, complaint)
