"""The one family of errors, at the bottom: it imports nothing of ours.

Every error has a *title* for the page and a *message* that says what to do. Pages show both and the
command line prints the message; neither ever shows a stack trace to a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


class PlumblineError(Exception):
    """Something a person can read about and act on.

    ``message`` is for whoever can put it right, ``told`` for everybody else: they are told what it means for them.
    """

    title = "Something went wrong"
    elsewhere = ""  # what is told to a reader who cannot put it right; empty where the message is for every reader

    def __init__(self, message: str, *, title: str | None = None, told: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.told = told or self.elsewhere or message
        if title is not None:
            self.title = title


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the configuration, where it stands and how to mend it.

    ``file`` is relative to the configuration's folder; ``line`` counts from 1 and is None when the
    problem has no line (a missing file); ``key`` is a dotted path (``metrics[2].numerator``).
    """

    file: str
    line: int | None
    key: str
    reason: str
    suggestion: str | None = None
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        hint = f" Did you mean '{self.suggestion}'?" if self.suggestion else ""
        key = f" {self.key}:" if self.key else ""
        return f"{self.severity}: {where}:{key} {self.reason.rstrip('.')}.{hint}"


class DefinitionError(PlumblineError):
    """The configuration cannot be used; carries every problem found, not only the first."""

    title = "The configuration has problems"
    elsewhere = (
        "The portal's own files have mistakes, so it shows nothing until they are mended. Nothing is lost. "
        "Tell whoever looks after the portal; the command 'check' lists them."
    )

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class QuestionError(PlumblineError):
    """The question cannot be asked: an unknown field, value or period."""

    title = "That question cannot be answered"


class Refused(PlumblineError):
    """The viewer lacks a right; the message is the reason, for an administrator to read too."""

    title = "You do not have access to this"


class Unreachable(PlumblineError):
    """What the portal stands on cannot be reached just now. Once it can, trying again is all that is needed."""


class WarehouseError(Unreachable):
    """The warehouse cannot be read just now."""

    title = "The data cannot be read at the moment"
    elsewhere = (
        "No figure can be shown until the data can be read again. Nothing is lost. "
        "If it lasts, tell whoever looks after the portal, who finds the cause in its log."
    )


class NotAsAgreed(WarehouseError):
    """The warehouse can be read, but one dataset in it is not what its contract says."""

    title = "These data are not as agreed"


class StateError(Unreachable):
    """The portal's own memory cannot be opened, read or written."""

    title = "The portal cannot reach its own records"
    elsewhere = (
        "The portal writes down who asks what, and shows no figure that it could not write down. Just now it cannot. "
        "Nothing is lost. If it lasts, tell whoever looks after the portal, who finds the cause in its log."
    )


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice spelt most like ``word``, or None when nothing comes near."""
    lowered = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return lowered[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`` Did you mean '…'?`` with the nearest choice, to put behind a sentence; empty when nothing comes near."""
    near = nearest(word, choices)
    return f" Did you mean '{near}'?" if near else ""
