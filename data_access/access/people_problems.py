"""What is wrong with ``users.yaml``: it stands beside the configuration, and is never in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from data_access.access import people_file
from data_access.access.person import PeopleError, Person
from data_access.definitions.document import Document, KeyPath
from data_access.definitions.models import Role
from data_access.definitions.yaml_source import read_document
from data_access.errors import Problem, nearest


def people_problems(folder: Path, roles: Mapping[str, Role] | None) -> list[Problem]:
    """The people file's problems: one where it cannot be read, else those of each person's roles and attributes.

    ``roles`` is None where the roles could not be read: then nothing is said of them.
    """
    try:
        people = people_file.read(folder).people
    except PeopleError as error:
        return [Problem(people_file.NAME, None, "", " ".join(error.message.split()))]
    if roles is None or not people:
        return []
    document = read_document(folder / people_file.NAME, folder)[0] or Document(people_file.NAME, None)
    return [problem for person in people.values() for problem in _of_person(person, roles, document)]


def _of_person(person: Person, roles: Mapping[str, Role], document: Document) -> Iterator[Problem]:
    for role in person.roles:
        if role in roles:
            yield from _without_attribute(person, roles[role], document)
        else:
            reason = f"there is no role '{role}'"
            yield _problem(document, person, "roles", reason, nearest(role, roles))


def _without_attribute(person: Person, role: Role, document: Document) -> Iterator[Problem]:
    """A row rule closes its datasets to somebody who lacks the attribute: nearly always a spelling, never meant."""
    given = [name for name, values in person.attributes if values]
    for column, attribute in role.rows.items():
        if attribute not in given and role.datasets:
            reason = (
                f"the role '{role.id}' limits the rows to those whose {column} is the person's '{attribute}', "
                f"and {person.username} has no '{attribute}', so they may ask about none"
            )
            yield _problem(document, person, attribute, reason, nearest(attribute, given))


def _problem(document: Document, person: Person, key: str, reason: str, near: str | None) -> Problem:
    path: KeyPath = ("credentials", "usernames", person.username, key)
    return Problem(document.file, document.line(path), f"{person.username}.{key}", reason, near)
