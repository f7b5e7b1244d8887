"""A portal whose configuration is edited while it serves.

Each look (see ``watch.py``) only asks for the files' times and sizes. When they have changed, and two looks have found
them alike, they are read: half-saved files are not. A good configuration is put into force whole, a broken one leaves
the last good one serving and is told to those who administer the portal.

Whoever asks has one ``Serving`` from the first line of a run to the last: its portal, with its grants, contracts and
caches, belongs to one configuration, so no answer is made of two. Only the open warehouse and the portal's own
records, with the sessions in them, pass from one to the next.

Rights are the exception to "whole or not at all". A right that somebody took away in ``roles.yaml`` must not go on
because of a misprint elsewhere, which the one who took it away may never see. While other files are broken, or all of
them are whole but cannot be served, a ``roles.yaml`` without a mistake therefore limits the roles in force: what either
refuses is refused. It never adds: what is new in it may belong to what cannot be read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from data_access.access import people_file
from data_access.access.gate import Gate
from data_access.access.people import People
from data_access.access.people_problems import people_problems
from data_access.access.person import PeopleError
from data_access.answering.problems import table_problems
from data_access.definitions.days import at_home
from data_access.definitions.files import ROLES, stamp
from data_access.definitions.load import Reading, in_order, read_all
from data_access.definitions.models import Configuration
from data_access.errors import DefinitionError, PlumblineError, Problem
from data_access.portal import Portal
from data_access.questions import Condition
from data_access.state.times import now

RETRY_AFTER = 10.0  # seconds until whole files that could not be put into force are tried again


@dataclass(frozen=True)
class Serving:
    """A portal under one configuration, and the way in to it. ``number`` tells it from those before."""

    number: int
    portal: Portal
    gate: Gate


Permit = Callable[[Serving], None]
log = logging.getLogger("plumbline")


def _anything(_serving: Serving) -> None:
    """Permits every configuration."""


class Live:
    """The portal of one folder as it is now. ``now`` may be read by any thread; one thread alone calls ``look``."""

    def __init__(self, folder: Path) -> None:
        """Opens the portal. Raises DefinitionError with every problem, StateError, PeopleError."""
        self._folder = folder
        self._files = self._resting = stamp(folder)
        self._reading = read_all(folder)
        if self._reading.configuration is None:
            raise DefinitionError(one for one in self._reading.problems if one.severity == "error")
        self._good = self._reading.configuration
        self._refused: tuple[Problem, ...] = ()  # why what was read could not be put into force
        self._since: datetime | None = None
        self._outside: object = None
        self._pending = False  # something was read that has not been dealt with to the end
        self._retry_at = 0.0
        self.now = self._serving(Portal(self._good), 1)

    def look(self, permit: Permit = _anything) -> bool:
        """Takes note of what has changed. Returns whether another configuration is in force now.

        ``permit`` raises a PlumblineError for one that may not be served. Whatever else is raised, nothing that was
        read is lost: the next look goes on with it.
        """
        before = self.now
        outside = (_or_why_not(lambda: people_file.stamp(self._folder)), _or_why_not(self._data_version))
        self._pending |= self._read_again()
        again = bool(self._refused) and time.monotonic() >= self._retry_at
        if not (self._pending or again or outside != self._outside):
            return False
        if self._pending or self._refused:
            self._take_over(permit)
        self.now.portal.condition = self._condition()
        self._pending, self._outside = False, outside
        return self.now is not before

    def _read_again(self) -> bool:
        """Reads the files where they have changed; not while they go on changing."""
        files = stamp(self._folder)
        rested, self._resting = files == self._resting, files
        if files == self._files or not rested:
            return False
        reading = read_all(self._folder)
        if stamp(self._folder) != files:
            return False
        self._files, self._reading = files, reading
        return True

    def _take_over(self, permit: Permit) -> None:
        """Puts what was read into force, if it may be; otherwise keeps the reason, and takes away what it may."""
        wanted = self._reading.configuration
        if wanted is None:
            self._refused = ()
            self._withhold()
            return
        try:
            self._put_into_force(wanted, permit)
        except Exception as error:
            self._withhold()  # whatever the reason
            self._refused = (self._why(error),)
            self._retry_at = time.monotonic() + RETRY_AFTER
        else:
            self._good, self._refused = wanted, ()

    def _why(self, error: Exception) -> Problem:
        """Why what was read is not in force. What nobody foresaw goes into the log, once."""
        if isinstance(error, PlumblineError):
            file = people_file.NAME if isinstance(error, PeopleError) else "portal.yaml"
            return Problem(file, None, "", " ".join(error.message.split()))
        reason = f"the files cannot be put into force, and the portal's log says why ({type(error).__name__})"
        problem = Problem("portal.yaml", None, "", reason)
        if problem not in self._refused:
            log.error("The files could not be put into force.", exc_info=error)
        return problem

    def _put_into_force(self, wanted: Configuration, permit: Permit) -> None:
        """Serves this configuration from now on. Raises PlumblineError where it cannot or may not be served."""
        before = self.now
        if wanted == before.portal.configuration:
            return
        portal = Portal(wanted, before.portal)
        try:
            serving = self._serving(portal, before.number + 1)
            permit(serving)
        except BaseException:
            if portal.state is not before.portal.state:
                portal.state.close()
            raise
        self._serve(serving)

    def _withhold(self) -> None:
        """Takes away what ``roles.yaml`` no longer gives. That needs nobody's permit, nor a people file just now."""
        before = self.now
        narrowed = _narrowed(self._good, before.portal.configuration, self._reading)
        if narrowed != before.portal.configuration:
            # All that is open is shared, so nothing here can fail for what stands outside.
            self._serve(Serving(before.number + 1, Portal(narrowed, before.portal), before.gate))

    def _serve(self, serving: Serving) -> None:
        before = self.now.portal
        serving.portal.condition = before.condition  # until it has been looked at anew
        self.now = serving
        if serving.portal.state is not before.state:
            before.state.close()  # what is still asked there opens it again

    def _serving(self, portal: Portal, number: int) -> Serving:
        people = People(self._folder, demonstration=lambda: portal.demonstration)
        return Serving(number, portal, Gate(portal.state, people))

    def _data_version(self) -> str:
        return self.now.portal.warehouse.generation().version

    def _condition(self) -> Condition:
        """What those who administer the portal are told."""
        portal, reading = self.now.portal, self._reading
        opened = {portal.configuration.portal.warehouse: portal.warehouse}
        tables, unread = table_problems(self._folder, reading, opened)
        people = people_problems(self._folder, reading.roles)
        found = in_order([*reading.problems, *self._refused, *people, *tables])
        since = None
        if reading.configuration is None or self._refused:
            since = self._since or at_home(now())
        self._since = since
        errors = tuple(dict.fromkeys(problem for problem in found if problem.severity == "error"))
        return Condition(errors, since, unread, narrowed=_is_narrowed(portal.configuration, reading))


def _narrowed(good: Configuration, current: Configuration, reading: Reading) -> Configuration:
    """The last good configuration, its roles limited by what ``roles.yaml`` says now, where that has no mistake."""
    if reading.roles is None or _mistaken(reading):
        return current  # what it is meant to say cannot be told: no right comes back, and none is lost
    return replace(good, narrower=None if reading.roles == good.roles else reading.roles)


def _is_narrowed(configuration: Configuration, reading: Reading) -> bool:
    """Whether what ``roles.yaml`` takes away now, and no earlier state of it, is withheld."""
    return configuration.narrower is not None and configuration.narrower == reading.roles and not _mistaken(reading)


def _mistaken(reading: Reading) -> bool:
    return any(one.file == ROLES and one.severity == "error" for one in reading.problems)


def _or_why_not(ask: Callable[[], object]) -> object:
    """What it says, or why it cannot: compared with the time before, never shown. Raises nothing."""
    try:
        return ask()
    except Exception as error:
        return repr(error)
