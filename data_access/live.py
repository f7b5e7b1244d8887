"""A portal whose configuration is edited while it serves.

Each look (see ``watch.py``) only asks for the files' times and sizes. When they have changed, and two looks have found
them alike, they are read: half-saved files are not. A good configuration is put into force whole, a broken one leaves
the last good one serving and is told to those who administer the portal.

Whoever asks has one ``Serving`` from the first line of a run to the last: its portal, with its grants, contracts and
caches, belongs to one configuration, so no answer is made of two. Only the open warehouse and the portal's own
records, with the sessions in them, pass from one to the next.

Rights are the exception to "whole or not at all". A right that somebody took away in ``roles.yaml`` must not go on
because of a misprint elsewhere, which the one who took it away may never see. While other files are broken, a
``roles.yaml`` without a mistake therefore limits the roles in force: what either refuses is refused. It never adds:
what is new in it may belong to what cannot be read.
"""

from __future__ import annotations

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
from data_access.errors import DefinitionError, PlumblineError, Problem, WarehouseError
from data_access.portal import Portal
from data_access.questions import Condition
from data_access.state.times import now


@dataclass(frozen=True)
class Serving:
    """A portal under one configuration, and the way in to it. ``number`` tells it from those before."""

    number: int
    portal: Portal
    gate: Gate


Permit = Callable[[Serving], None]


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
        self.now = self._serving(Portal(self._good), 1)

    def look(self, permit: Permit = _anything) -> bool:
        """Takes note of what has changed. Returns whether another configuration is in force now.

        ``permit`` raises a PlumblineError for one that may not be served.
        """
        changed = self._read_again()
        outside = (people_file.stamp(self._folder), self._data_version())
        moved, self._outside = outside != self._outside, outside
        if not changed and not moved:
            return False
        taken = (changed or bool(self._refused)) and self._take_over(permit)
        self.now.portal.condition = self._condition()
        return taken

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

    def _take_over(self, permit: Permit) -> bool:
        """Puts what was read into force, if it may be; otherwise keeps the reason."""
        before, self._refused = self.now, ()
        wanted = self._reading.configuration or _narrowed(self._good, before.portal.configuration, self._reading)
        if wanted != before.portal.configuration:
            try:
                serving = self._serving(Portal(wanted, before.portal), before.number + 1)
                permit(serving)
            except PlumblineError as error:
                file = people_file.NAME if isinstance(error, PeopleError) else "portal.yaml"
                self._refused = (Problem(file, None, "", " ".join(error.message.split())),)
                return False
            self.now = serving
            if serving.portal.state is not before.portal.state:
                before.portal.state.close()  # what is still asked there opens it again
        self._good = self._reading.configuration or self._good
        return self.now is not before

    def _serving(self, portal: Portal, number: int) -> Serving:
        people = People(self._folder, demonstration=lambda: portal.demonstration)
        return Serving(number, portal, Gate(portal.state, people))

    def _data_version(self) -> str:
        """The version of the data; while they cannot be read, the reason."""
        try:
            return self.now.portal.warehouse.generation().version
        except WarehouseError as error:
            return error.message

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
        return Condition(errors, since, unread, narrowed=portal.configuration.narrower is not None)


def _narrowed(good: Configuration, current: Configuration, reading: Reading) -> Configuration:
    """The last good configuration, its roles limited by what ``roles.yaml`` says now, where that has no mistake."""
    if reading.roles is None or any(one.file == ROLES and one.severity == "error" for one in reading.problems):
        return current  # what it is meant to say cannot be told: no right comes back, and none is lost
    return replace(good, narrower=None if reading.roles == good.roles else reading.roles)
