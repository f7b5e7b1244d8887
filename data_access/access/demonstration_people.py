"""The demonstration's people: one for each kind of user, all with the same public password.

They exist only in memory, never in a file. So they cannot be left behind in a configuration that is
put to real use, and ``people.py`` can promise that they come with the demonstration warehouse or not at all.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from data_access.access.passwords import hashed
from data_access.access.person import Person

PASSWORD: Final = "plumbline-demo"
DOMAIN: Final = "demonstration.example"
ATTRIBUTES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "manager": {},
    "staff": {"quadrant": ("North East",), "team": ("NE1",)},
    "steward": {},
    "analyst": {},
    "board": {},
    "administrator": {},
}


@functools.cache
def demonstration_people() -> Mapping[str, Person]:
    """Everybody in the demonstration, by username. One hash serves all: the password is no secret."""
    password_hash = hashed(PASSWORD)
    return {
        username: Person(
            username=username,
            name=f"Demonstration {username}",
            email=f"{username}@{DOMAIN}",
            password=password_hash,
            roles=(username,),
            attributes=tuple(sorted(attributes.items())),
        )
        for username, attributes in ATTRIBUTES.items()
    }
