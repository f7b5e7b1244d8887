"""``users add | list | remove | reset``: people, their roles and the attributes that row rules name.

A password is asked for twice and never shown, or made up with ``--generate`` and shown once. Whatever
takes a right away closes the person's open sessions, and every change leaves an audit record.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data_access.access import passwords, people_file
from data_access.access.people import People
from data_access.access.person import PeopleError, Person, require_username
from data_access.definitions.load import load
from data_access.definitions.models import Configuration
from data_access.demonstration import is_demonstration
from data_access.errors import nearest
from data_access.state import sessions
from data_access.state.audit import record
from data_access.state.store import StateStore

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: Subparsers) -> None:
    """Adds the ``users`` command to the command line."""
    users = subparsers.add_parser("users", help="people and their roles")
    commands = users.add_subparsers(dest="users_command", required=True, metavar="add|list|remove|reset")
    add = commands.add_parser("add", help="add a person, or give one other roles")
    add.add_argument("name", metavar="NAME", help="the username: small letters, digits and . _ @ + -")
    add.add_argument(
        "--role", action="append", required=True, metavar="ROLE", help="a role of roles.yaml; repeat for more"
    )
    add.add_argument("--name", dest="full_name", metavar="NAME", help="the person's name as shown")
    add.add_argument("--email", default="", help="the person's e-mail address")
    add.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a value that row rules test, such as quadrant=South; repeat for more",
    )
    add.add_argument("--generate", action="store_true", help="make a password up and show it once")
    commands.add_parser("list", help="list people, their roles and attributes")
    remove = commands.add_parser("remove", help="remove a person and close their sessions")
    remove.add_argument("name", metavar="NAME")
    reset = commands.add_parser("reset", help="give a person a new password and close their sessions")
    reset.add_argument("name", metavar="NAME")
    reset.add_argument("--generate", action="store_true", help="make a password up and show it once")


def run(args: argparse.Namespace, folder: Path) -> int:
    """Carries out a ``users`` command on a configuration folder. Returns 0; raises PlumblineError when it cannot."""
    configuration = load(folder)
    if args.users_command == "list":
        return _list(folder, demonstration=_has_demonstration(configuration))
    store = StateStore(configuration.portal.state, folder.resolve().parent)
    try:
        if args.users_command == "add":
            _add(args, configuration, store)
        elif args.users_command == "remove":
            _remove(args.name, folder, store)
        else:
            _reset(args, folder, store)
    finally:
        store.close()
    return 0


def _add(args: argparse.Namespace, configuration: Configuration, store: StateStore) -> None:
    username = args.name.lower()
    require_username(username)
    folder = configuration.folder
    known = people_file.read(folder).people.get(username)
    for role in args.role:
        _require_role(role, configuration)
    attributes = _attributes(args.attribute, configuration)
    # Somebody who is there already keeps their password: adding again is how roles are changed.
    password_hash = known.password if known else _new_password(generate=args.generate)
    person = Person(
        username=username,
        name=args.full_name or (known.name if known else username),
        email=args.email or (known.email if known else ""),
        password=password_hash,
        roles=tuple(dict.fromkeys(args.role)),
        attributes=attributes or (known.attributes if known else ()),
    )
    people_file.put(folder, person)
    done = "change person" if known else "add person"
    _note(store, done, username, {"roles": list(person.roles), "attributes": dict(person.attributes)})
    print(
        f"{username} {'now has' if known else 'was added with'} the role{_s(person.roles)} {', '.join(person.roles)}."
    )


def _list(folder: Path, *, demonstration: bool) -> int:
    people = People(folder, demonstration=lambda: demonstration)
    if not people.everybody():
        print("users.yaml has no people. Add one with: python -m data_access users add NAME --role ROLE")
    for person in sorted(people.everybody().values(), key=lambda person: person.username):
        attributes = "; ".join(f"{key}={', '.join(values)}" for key, values in person.attributes)
        parts = (person.username, person.name, person.email, ", ".join(person.roles), attributes)
        print("  ".join(part for part in parts if part))
    if people.only_on_this_machine():
        print("The demonstration's people are among them, with its warehouse and on this machine only.")
    return 0


def _has_demonstration(configuration: Configuration) -> bool:
    """Whether the warehouse is the demonstration, made by ``demo``."""
    kind, _, place = configuration.portal.warehouse.partition("://")
    return kind == "duckdb" and is_demonstration(configuration.folder.resolve().parent / place)


def _remove(name: str, folder: Path, store: StateStore) -> None:
    person = _existing(name, folder)
    people_file.remove(folder, person.username)
    closed = sessions.close_all(store, person.username, "the person was removed")
    _note(store, "remove person", person.username, {"sessions closed": closed})
    print(f"{person.username} was removed; {closed} open session{'s' if closed != 1 else ''} closed.")


def _reset(args: argparse.Namespace, folder: Path, store: StateStore) -> None:
    person = _existing(args.name, folder)
    password_hash = _new_password(generate=args.generate)
    people_file.put(folder, person.with_password(password_hash))
    closed = sessions.close_all(store, person.username, "new password")
    _note(store, "reset password", person.username, {"sessions closed": closed})
    print(f"{person.username} has a new password; {closed} open session{'s' if closed != 1 else ''} closed.")


def _existing(name: str, folder: Path) -> Person:
    people = people_file.read(folder).people
    if (person := people.get(name.lower())) is not None:
        return person
    near = nearest(name, people)
    raise PeopleError(f"There is no {name} in users.yaml.{_hint(near)}")


def _require_role(role: str, configuration: Configuration) -> None:
    if role not in configuration.roles:
        raise PeopleError(f"'{role}' is not a role of roles.yaml.{_hint(nearest(role, configuration.roles))}")


def _attributes(given: Sequence[str], configuration: Configuration) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The attributes of ``quadrant=South``. One that no row rule tests is refused: it would only seem to limit."""
    tested = {attribute for role in configuration.roles.values() for attribute in role.rows.values()}
    found: dict[str, list[str]] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise PeopleError(f"'{text}' is not an attribute: write KEY=VALUE.")
        if key not in tested:
            raise PeopleError(f"No role's row rule tests '{key}'.{_hint(nearest(key, tested))}")
        found.setdefault(key, []).append(value.strip())
    return tuple(sorted((key, tuple(values)) for key, values in found.items()))


def _new_password(*, generate: bool) -> str:
    """The hash of a password that was made up and shown, typed twice, or read from a line of standard input."""
    if generate:
        password = passwords.generated()
        print(f"Password, shown this once: {password}")
        return passwords.hashed(password)
    password = _typed()
    passwords.require_strong(password)
    return passwords.hashed(password)


def _typed() -> str:
    if not sys.stdin.isatty():  # a script hands it over on a pipe, out of sight of the process list
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise passwords.PasswordError("The two passwords differ. Nothing was changed.")
    return password


def _note(store: StateStore, action: str, username: str, detail: dict[str, object]) -> None:
    record(
        store,
        username="operator",
        action=action,
        subject=username,
        detail={"account": _account(), **detail},
        allowed=True,
        reason="at the command line",
    )


def _account() -> str:
    """The operating system's account that ran the command; empty where it has no name (some containers)."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _hint(near: str | None) -> str:
    return f" Did you mean '{near}'?" if near else ""


def _s(words: Sequence[str]) -> str:
    return "" if len(words) == 1 else "s"
