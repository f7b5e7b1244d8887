"""What is wrong with ``users.yaml``: it stands beside the configuration, and is never in git."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from data_access.access import people_file
from data_access.access.person import PeopleError
from data_access.errors import Problem, nearest


def people_problems(folder: Path, roles: Collection[str]) -> list[Problem]:
    """The people file's problems: one where it cannot be read, else one for each role that is not configured."""
    try:
        people = people_file.read(folder).people
    except PeopleError as error:
        return [Problem(people_file.NAME, None, "", error.message)]
    return [
        Problem(people_file.NAME, None, f"{person.username}.roles", f"there is no role '{role}'", nearest(role, roles))
        for person in people.values()
        for role in person.roles
        if role not in roles
    ]
