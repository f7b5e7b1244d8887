"""Who may sign in, read from ``users.yaml`` again whenever it changes.

The demonstration's people are not in a file (see ``demonstration_people.py``): they are there when the
warehouse is the demonstration, unless the people file says ``demonstration: false``. ``require_startable``
refuses to serve them anywhere but on this machine, and refuses a portal that nobody could sign in to.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from data_access.access import passwords, people_file
from data_access.access.demonstration_people import ATTRIBUTES, PASSWORD, demonstration_people
from data_access.access.people_file import PeopleFile
from data_access.access.person import PeopleError, Person
from data_access.access.viewer import Viewer
from data_access.outage import Outage

ADD_SOMEBODY = "Add people with: python -m data_access users add NAME --role ROLE"


class People:
    """The people of one installation.

    ``demonstration`` says whether the warehouse is the demonstration's *now*: a real one may be put in its
    place while the portal runs, and then the demonstration's people are gone at once.
    """

    def __init__(self, folder: Path, *, demonstration: Callable[[], bool]) -> None:
        self._folder = folder
        self._demonstration = demonstration
        self._lock = threading.Lock()
        self._outage = Outage("The people file")
        self._stamp = people_file.stamp(folder)
        self._file = people_file.read(folder)

    def everybody(self) -> Mapping[str, Person]:
        """All who may sign in, by username. Raises PeopleError when the file was changed into a broken one."""
        file = self._current()
        if file.demonstration is False or not self._demonstration():
            return file.people
        return {**demonstration_people(), **file.people}  # a council's own 'manager' stands before the demonstration's

    def viewer_of(self, username: str) -> Viewer | None:
        """The person with the roles and attributes they have now, or None when they are no longer there."""
        person = self.everybody().get(username)
        return person.viewer() if person else None

    def verify(self, username: str, password: str) -> bool:
        """Whether this is the person's password. As slow for an unknown name as for a wrong password."""
        person = self.everybody().get(username)
        return passwords.matches(password, person.password if person else None)

    def only_on_this_machine(self) -> bool:
        """Whether the demonstration's people, whose password is public, are among those who may sign in.

        True where it cannot be told; a portal without the demonstration's warehouse is never in that doubt.
        """
        if not self._demonstration():
            return False
        try:
            return self._current().demonstration is not False
        except PeopleError:
            return True

    def _current(self) -> PeopleFile:
        try:
            stamp = people_file.stamp(self._folder)
            with self._lock:
                if stamp != self._stamp:
                    self._file = self._read(stamp)  # on an error the stamp stays, and the next look fails too
                    self._stamp = stamp
                found = self._file
        except PeopleError as error:
            self._outage.goes_on(error.message)
            raise
        self._outage.over()
        return found

    def _read(self, stamp: object) -> PeopleFile:
        if stamp is None and self._file.people:  # else everybody would be signed out for good
            raise PeopleError(
                f"{people_file.NAME} is gone. Put it back, or start the portal again to go on without it."
            )
        return people_file.read(self._folder)


def require_startable(people: People, folder: Path, *, demonstration: bool, address: str | None) -> None:
    """Raises PeopleError when the portal must not be served with these people.

    ``address`` is the one the server listens at; None means every network.
    """
    file = people_file.read(folder)
    if file.demonstration and not demonstration:
        raise PeopleError(
            "users.yaml asks for the demonstration people, but the warehouse is not the demonstration. "
            f"Remove 'demonstration: true'. {ADD_SOMEBODY}"
        )
    if people.only_on_this_machine() and not is_loopback(address):
        raise PeopleError(
            "The demonstration people have a public password and are served on this machine only, not at "
            f"{address or 'every network address'}. Start with --server.address=127.0.0.1, or write "
            f"'demonstration: false' into users.yaml. {ADD_SOMEBODY}"
        )
    if not people.everybody():
        raise PeopleError(
            "Nobody could sign in: users.yaml has no people, and the demonstration people come only with the "
            f"demonstration warehouse, which 'python -m data_access demo' builds. {ADD_SOMEBODY}"
        )
    _require_no_copies(file.people)


def is_loopback(address: str | None) -> bool:
    """Whether a host name or address means this machine and nothing else."""
    if address is None:
        return False
    host = address.strip().strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return ip.is_loopback or bool(mapped and mapped.is_loopback)


def _require_no_copies(people: Mapping[str, Person]) -> None:
    """A demonstration person written into the file would be a public password on any warehouse and address."""
    for username in sorted(people.keys() & demonstration_names()):
        if passwords.matches(PASSWORD, people[username].password):
            raise PeopleError(
                f"users.yaml gives {username} the demonstration's public password. Run: "
                f"python -m data_access users reset {username}"
            )


def demonstration_names() -> frozenset[str]:
    """The usernames of the demonstration."""
    return frozenset(ATTRIBUTES)
