"""``check``: the whole configuration, and where the warehouse answers, that every table and column is there."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data_access.answering.presence import missing
from data_access.cli.one_line import one_line
from data_access.cli.people_problems import people_problems
from data_access.definitions.load import read
from data_access.errors import Problem, WarehouseError
from data_access.warehouse.engine import connect

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: Subparsers) -> None:
    """Adds the ``check`` command to the command line."""
    subparsers.add_parser("check", help="list every problem of the configuration")


def run(args: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001 (every command takes its arguments)
    """Prints every problem, and a last line that sums up. Returns 1 when there is an error, else 0."""
    configuration, found = read(folder)
    problems = list(found)
    unread: str | None = None
    if configuration is not None:
        problems += people_problems(folder, configuration.roles)
        try:
            warehouse = connect(configuration.portal.warehouse, folder.resolve().parent)
            problems += missing(configuration, warehouse.generation())
        except WarehouseError as error:
            unread = error.message
    for problem in problems:
        print(one_line(str(problem)), file=sys.stderr)
    errors = [problem for problem in problems if problem.severity == "error"]
    print(_summary(errors, len(problems) - len(errors)))
    if unread is not None:
        print(f"The tables were not looked at: {unread}", file=sys.stderr)
    return 1 if errors else 0


def _summary(errors: list[Problem], warnings: int) -> str:
    def counted(number: int, word: str) -> str:
        return f"{number} {word}" if number == 1 else f"{number} {word}s"

    if not errors and not warnings:
        return "The configuration has no problems."
    return f"The configuration has {counted(len(errors), 'error')} and {counted(warnings, 'warning')}."
