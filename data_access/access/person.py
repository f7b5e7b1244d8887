"""One person of the people file, between streamlit-authenticator's YAML and a Viewer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from data_access.access.viewer import Viewer
from data_access.errors import Unreachable

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,99}")
BCRYPT = re.compile(r"\$2[aby]\$\d\d\$.{53}")
OWN_KEYS = frozenset({"email", "name", "first_name", "last_name", "password", "roles"})
# streamlit-authenticator writes these; the portal keeps sessions and failed tries in its own tables.
UNUSED_KEYS = frozenset({"logged_in", "failed_login_attempts", "password_hint", "picture"})


class PeopleError(Unreachable):
    """The people file cannot be used, or what is asked of it cannot be done."""

    title = "The people file has a problem"
    elsewhere = (
        "The portal cannot look up who may see what, so it shows nothing to anybody until it can. Nothing is lost. "
        "If it lasts, tell whoever looks after the portal, who finds the cause in its log."
    )


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in. ``password`` is a bcrypt hash; ``attributes`` are those that row rules name."""

    username: str
    name: str
    email: str
    password: str
    roles: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def viewer(self) -> Viewer:
        return Viewer(self.username, self.name, self.roles, self.attributes)

    def with_password(self, password_hash: str) -> Person:
        return replace(self, password=password_hash)


def require_username(username: str) -> None:
    """Raises PeopleError when nobody could sign in under this name, or it would not be safe to write down."""
    if not USERNAME.fullmatch(username):
        raise PeopleError(
            f"'{username}' is not a username: small letters, digits and . _ @ + -, beginning with a letter or digit."
        )


def from_yaml(username: str, entry: Any) -> Person:
    """A person from their entry in the file. Raises PeopleError that names the person and what to change."""
    require_username(username)
    if not isinstance(entry, Mapping):
        raise PeopleError(f"{username}: an entry needs name, email, password and roles.")
    password = entry.get("password")
    if not isinstance(password, str) or not BCRYPT.fullmatch(password):
        raise PeopleError(f"{username}: the password is missing or not hashed. Run 'users reset {username}'.")
    rest = {key: entry[key] for key in entry if key not in OWN_KEYS | UNUSED_KEYS}
    return Person(
        username=username,
        name=_name(username, entry),
        email=str(entry.get("email") or ""),
        password=password,
        roles=_words(username, "roles", entry.get("roles")),
        attributes=tuple(sorted((str(key), _words(username, str(key), value)) for key, value in rest.items())),
    )


def to_yaml(person: Person) -> dict[str, Any]:
    """The person's entry for the file: streamlit-authenticator's keys, then the attributes as keys of their own."""
    attributes = {key: values[0] if len(values) == 1 else list(values) for key, values in person.attributes}
    return {
        "email": person.email,
        "name": person.name,
        "password": person.password,
        "roles": list(person.roles),
        **attributes,
    }


def _name(username: str, entry: Mapping[str, Any]) -> str:
    parts = f"{entry.get('first_name') or ''} {entry.get('last_name') or ''}".strip()
    return parts or str(entry.get("name") or username)


def _words(username: str, key: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    values = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(word, str | int) and not isinstance(word, bool) for word in values):
        raise PeopleError(f"{username}: {key} must be a word or a list of words.")
    return tuple(str(word) for word in values)
