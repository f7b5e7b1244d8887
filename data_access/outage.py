"""Says in the server's log that something cannot be reached: once when it begins, once when it is over."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger("plumbline")


class Outage:
    """Whether ``what`` can be reached. Told of every try; safe for threads."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._why = ""
        self._lock = threading.Lock()

    def goes_on(self, why: str) -> None:
        """A try failed. The log hears of it when the reason is a new one."""
        with self._lock:
            new, self._why = why != self._why, why
        if new:
            log.warning("%s cannot be reached; it is tried again. %s", self._what, why)

    def over(self) -> None:
        """A try worked."""
        if not self._why:  # nearly always; asked on every question
            return
        with self._lock:
            was, self._why = self._why, ""
        if was:
            log.warning("%s can be reached again.", self._what)
