"""One file's content with its lines, and the collecting of problems that stand in it.

``yaml_source.py`` makes documents; every reader and check of ``definitions/`` reports through them, so that
each problem has its file, line and dotted key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data_access.errors import Problem, nearest

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file's content. ``lines`` maps a path of keys and positions to its line, counted from 1.

    ``root`` is what a top-level list is called in dotted keys: ``metrics[2].numerator``.
    """

    file: str
    data: Any
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    root: str = ""

    def line(self, path: KeyPath) -> int | None:
        """The line of the key, or of the nearest thing around it when the key itself is missing."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def at(self, path: KeyPath) -> Any:
        """The value at this path, or None when there is none."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(
        self,
        path: KeyPath,
        reason: str,
        suggestion: str | None = None,
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem standing at this path of this file."""
        return Problem(self.file, self.line(path), dotted(path, self.root), reason, suggestion, severity)


def dotted(path: KeyPath, root: str = "") -> str:
    """``("sections", 0, "title")`` as ``sections[0].title``."""
    text = root
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class Findings:
    """Collects what is wrong with one document, so that the first problem does not hide the next."""

    def __init__(self, document: Document, is_sure: Callable[[KeyPath], bool] = lambda _path: True) -> None:
        self.document = document
        self.is_sure = is_sure  # problems at other places would only repeat one that is known
        self.problems: list[Problem] = []

    def add(
        self,
        path: KeyPath,
        reason: str,
        suggestion: str | None = None,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Note a problem at this path."""
        if self.is_sure(path):
            self.problems.append(self.document.problem(path, reason, suggestion, severity))


def missing(key: str | int) -> str:
    """How a missing key is reported."""
    return f"the key '{key}' is missing"


def nearest_key(key: str, known: Iterable[str], present: Collection[str]) -> str | None:
    """The key that was meant: rather one that is not there yet."""
    names = list(known)
    return nearest(key, [name for name in names if name not in present]) or nearest(key, names)


def without_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """Leaves out "x is missing" where a misspelling of x is reported beside it."""
    found = list(problems)
    meant = {(problem.key.rpartition(".")[0], problem.suggestion) for problem in found if problem.suggestion}
    return [
        problem
        for problem in found
        if not (
            problem.reason == missing(name := problem.key.rpartition(".")[2])
            and (problem.key.rpartition(".")[0], name) in meant
        )
    ]
