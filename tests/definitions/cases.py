"""The good configuration, and the bad ones: the good one with a case's files laid over it.

A folder of ``bad/`` holds only the files that differ. ``absent.txt`` names files to take away;
``expected.txt`` has a line for each error: file:line | key | words of the reason | suggested spelling, with
``-`` for none.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
GOOD = HERE / "good"
BAD = HERE / "bad"


@dataclass(frozen=True)
class Expected:
    """One error that the configuration must report."""

    place: str  # file:line, or the file alone when the problem has no line
    key: str
    words: str
    suggestion: str | None


def cases() -> list[Path]:
    """Every bad configuration."""
    return sorted(path for path in BAD.iterdir() if path.is_dir())


def expected(case: Path) -> list[Expected]:
    """The errors that a case must report."""
    found = []
    for line in (case / "expected.txt").read_text("utf-8").splitlines():
        place, key, words, suggestion = line.split(" | ")
        found.append(Expected(place, "" if key == "-" else key, words, None if suggestion == "-" else suggestion))
    return found


def lay_over(case: Path, folder: Path) -> Path:
    """Make the case's whole configuration in ``folder``, which must not exist yet."""
    shutil.copytree(GOOD, folder)
    absent = case / "absent.txt"
    for name in absent.read_text("utf-8").split() if absent.exists() else ():
        (folder / name).unlink()
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "absent.txt"))
    return folder
