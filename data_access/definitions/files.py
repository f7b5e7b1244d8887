"""Which files of ``config/`` are read, and which lie there without being read.

A misnamed file would silently be left out; every YAML file that no part of the portal reads is therefore a
problem. ``load.py`` calls :func:`find_files`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data_access.definitions.shapes import IDENTIFIER
from data_access.errors import Problem, nearest

CONTRACT = ".odcs.yaml"
ROLES, PEOPLE = "roles.yaml", "users.yaml"
Stamp = tuple[tuple[str, int, int, int], ...]
_FOLDERS = {"datasets": CONTRACT, "metrics": ".yaml", "reports": ".yaml"}
_TOP = ("portal.yaml", ROLES, PEOPLE)


@dataclass(frozen=True)
class Files:
    """The files to read; datasets and reports by the id that their name gives."""

    portal: Path
    roles: Path | None
    datasets: dict[str, Path]
    metrics: tuple[Path, ...]
    reports: dict[str, Path]


def find_files(folder: Path) -> tuple[Files, list[Problem]]:
    """The files of the configuration, and those that are misnamed."""
    problems: list[Problem] = []
    found = {name: _in_folder(folder, name, ending, problems) for name, ending in _FOLDERS.items()}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in _FOLDERS and any(map(_is_yaml, path.iterdir())):
            problems.append(_unknown(path, folder, _FOLDERS, "no part of the portal reads this folder"))
        elif path.is_file() and _is_yaml(path) and path.name not in _TOP:
            problems.append(_unknown(path, folder, _TOP, "no part of the portal reads this file"))
    roles = folder / ROLES
    return Files(
        portal=folder / "portal.yaml",
        roles=roles if roles.exists() else None,
        datasets={path.name.removesuffix(CONTRACT): path for path in found["datasets"]},
        metrics=tuple(found["metrics"]),
        reports={path.name.removesuffix(".yaml"): path for path in found["reports"]},
    ), problems


def stamp(folder: Path) -> Stamp:
    """What changes when a file of the configuration does, people apart: names, inodes, times, sizes. Opens none."""
    found: list[tuple[str, int, int, int]] = []
    for pattern in ("*", "*/*"):
        for path in filter(_is_yaml, folder.glob(pattern)):
            try:
                status = path.stat()
            except OSError:  # gone since it was listed
                continue
            found.append((path.relative_to(folder).as_posix(), status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(sorted(one for one in found if one[0] != PEOPLE))


def _in_folder(folder: Path, name: str, ending: str, problems: list[Problem]) -> list[Path]:
    inside = folder / name
    found = []
    for path in sorted(inside.iterdir()) if inside.is_dir() else ():
        if not _is_yaml(path):
            continue
        stem = path.name.removesuffix(ending)
        place = path.relative_to(folder).as_posix()
        if stem == path.name:
            problems.append(Problem(place, None, "", f"the name of a file in {name}/ must end in {ending}"))
        elif name != "metrics" and not IDENTIFIER.fullmatch(stem):
            reason = f"'{stem}' is an id, from the file's name: a letter first, then letters, digits, '_' and '-'"
            problems.append(Problem(place, None, "", reason))
        else:
            found.append(path)
    return found


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")


def _unknown(path: Path, folder: Path, names: dict[str, str] | tuple[str, ...], reason: str) -> Problem:
    return Problem(path.relative_to(folder).as_posix(), None, "", reason, nearest(path.name, names))
