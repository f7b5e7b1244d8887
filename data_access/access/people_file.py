"""``users.yaml``: reading and writing the people file, whole or not at all, for the portal's account only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from data_access.access.person import PeopleError, Person, from_yaml, to_yaml
from data_access.errors import nearest

NAME = "users.yaml"
PRIVATE_FILE = 0o600
MERGE = "tag:yaml.org,2002:merge"  # `<<`, which takes in what stands elsewhere in the file
# The first is streamlit-authenticator's, the second ours; the rest are its other settings, which the
# portal does not use but lets stand in a file that somebody brings along.
KEYS = ("credentials", "demonstration", "cookie", "pre-authorized", "api_key", "oauth2")


@dataclass(frozen=True)
class PeopleFile:
    """What the file says. ``demonstration`` is None when it does not say whether it wants those people."""

    people: Mapping[str, Person] = field(default_factory=dict)
    demonstration: bool | None = None


def read(folder: Path) -> PeopleFile:
    """The people file of a configuration folder; an absent one is empty. Raises PeopleError."""
    content = _content(folder / NAME)
    for key in content:
        if key not in KEYS:
            near = nearest(str(key), KEYS)
            hint = f" Did you mean '{near}'?" if near else ""
            raise PeopleError(f"{NAME}: '{key}' is not a key of the people file.{hint}")
    wanted = content.get("demonstration")
    if wanted is not None and not isinstance(wanted, bool):
        raise PeopleError(f"{NAME}: 'demonstration' is true or false.")
    credentials = content.get("credentials") or {}
    entries = credentials.get("usernames") or {} if isinstance(credentials, Mapping) else None
    if not isinstance(entries, Mapping):
        raise PeopleError(f"{NAME}: people belong under 'credentials', 'usernames', each under their username.")
    people: dict[str, Person] = {}
    for name, entry in entries.items():
        username = str(name).lower()
        if username in people:  # which of the two is meant decides what somebody may see
            raise PeopleError(f"{NAME}: '{username}' is there twice; capital letters make no difference.")
        people[username] = from_yaml(username, entry)
    return PeopleFile(people, wanted)


def put(folder: Path, person: Person) -> None:
    """Adds or replaces one person; everything else in the file stays."""
    _change(folder, person.username, to_yaml(person))


def remove(folder: Path, username: str) -> None:
    """Takes one person out of the file."""
    _change(folder, username, None)


def stamp(folder: Path) -> tuple[int, int, int] | None:
    """What changes when the file does: its inode, time and size. None while there is no file."""
    try:
        status = (folder / NAME).stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PeopleError(f"{NAME} cannot be looked at: {error.strerror}.") from error
    return status.st_ino, status.st_mtime_ns, status.st_size


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, which refuses a key that is given twice: else the last would silently win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        lines: dict[object, int] = {}
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != MERGE:
                value = self.construct_object(key)
                if value in lines:  # not named: it may be a password in the wrong place
                    twice = f"a key is given twice; it first stands on line {lines[value]}"
                    raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
                lines[value] = key.start_mark.line + 1
        return super().construct_mapping(node, deep)


def _change(folder: Path, username: str, entry: Mapping[str, Any] | None) -> None:
    content = _content(folder / NAME)
    credentials = content.setdefault("credentials", {}) or {}
    usernames = credentials.get("usernames") or {}
    kept = {name: value for name, value in usernames.items() if str(name).lower() != username}
    if entry is not None:
        kept[username] = dict(entry)
    content["credentials"] = {**credentials, "usernames": kept}
    _write(folder / NAME, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def _content(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise PeopleError(f"{file.name} cannot be read: it is not text in UTF-8.") from error
    except OSError as error:
        raise PeopleError(f"{file.name} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise PeopleError(f"{file.name} is not YAML{_place(error)}.") from error
    except RecursionError as error:
        raise PeopleError(f"{file.name} cannot be read: it is nested too deeply.") from error
    except (ValueError, OverflowError, LookupError, AttributeError) as error:  # PyYAML's, for a value that cannot be
        raise PeopleError(
            f"{file.name} cannot be read: a value in it is not what it looks like, such as a date that does not exist. "
            "Mend it or put it in quotes."
        ) from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise PeopleError(f"{file.name} must be a mapping with the key 'credentials'.")
    return content


def _place(error: yaml.YAMLError) -> str:
    """Where the fault lies, without the lines around it that PyYAML would show: they may hold somebody's password."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return ""
    return f": line {error.problem_mark.line + 1}, {error.problem}"


def _write(file: Path, text: str) -> None:
    """Writes beside and renames, so that a reader sees the old people or the new ones, and nobody else sees either."""
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="utf-8"
        ) as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise PeopleError(f"{file.name} cannot be written: {error}.") from error
