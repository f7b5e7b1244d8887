"""``check``: the whole configuration, and where the warehouse answers, that every table and column is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data_access.answering.problems import inspect
from data_access.cli.one_line import one_line

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: Subparsers) -> None:
    """Adds the ``check`` command to the command line."""
    subparsers.add_parser("check", help="list every problem of the configuration")


def run(args: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001 (every command takes its arguments)
    """Prints every problem, and a last line that sums up. Returns 1 when there is an error, else 0."""
    found = inspect(folder)
    for problem in found.problems:
        print(one_line(str(problem)), file=sys.stderr)
    print(_summary(len(found.errors), len(found.problems) - len(found.errors)))
    if found.unread:
        print(f"The tables were not looked at: {found.unread}", file=sys.stderr)
    return 1 if found.errors else 0


def _summary(errors: int, warnings: int) -> str:
    def counted(number: int, word: str) -> str:
        return f"{number} {word}" if number == 1 else f"{number} {word}s"

    if not errors and not warnings:
        return "The configuration has no problems."
    return f"The configuration has {counted(errors, 'error')} and {counted(warnings, 'warning')}."
