"""The good configuration, and the bad ones: the good one with a case's files laid over it.

A folder of ``bad/`` holds only the files that differ. ``absent.txt`` names files to take away; ``warehouse.sql``
makes the warehouse that the contracts are held against, without which their tables are not looked at;
``people.yaml`` becomes users.yaml, which no clone of the project has;
``expected.txt`` has a line for each error: file:line | key | words of the reason | suggested spelling, with
``-`` for none.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
GOOD = HERE / "good"
BAD = HERE / "bad"
NOT_CONFIGURATION = ("expected.txt", "absent.txt", "warehouse.sql", "people.yaml")


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
    """Make the case's whole configuration in ``folder``, which must not exist yet, and its warehouse beside it."""
    shutil.copytree(GOOD, folder)
    add(case, folder)
    return folder


def add(case: Path, folder: Path) -> None:
    """Lay a case's files over a configuration."""
    absent = case / "absent.txt"
    for name in absent.read_text("utf-8").split() if absent.exists() else ():
        (folder / name).unlink()
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_CONFIGURATION))
    if (case / "people.yaml").exists():
        shutil.copyfile(case / "people.yaml", folder / "users.yaml")
    if (case / "warehouse.sql").exists():
        make_warehouse((case / "warehouse.sql").read_text("utf-8"), folder)


def make_warehouse(sql: str, folder: Path) -> None:
    """Make the warehouse that the good configuration names, with what this SQL makes in it."""
    file = folder.parent / "state" / "test.duckdb"
    file.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(sql)
