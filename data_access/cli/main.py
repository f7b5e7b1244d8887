"""Parses the command line and hands over to one module a command.

Exit codes: 0 done · 1 the configuration has problems · 2 a refused or wrong request, with one line of reason.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from data_access.cli import check, demo, metric, quality, scaffold, users
from data_access.cli.one_line import one_line
from data_access.errors import DefinitionError, PlumblineError

Run = Callable[[argparse.Namespace, Path], int]


class OneLineParser(argparse.ArgumentParser):
    """A wrong request is one line of reason; the usage is for ``--help``."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with exit code 2."""
        self.exit(2, f"{self.prog}: {one_line(message)}\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line. Without ``--config``, the folder is PLUMBLINE_CONFIG's, else ``config``."""
    top = OneLineParser(prog="python -m data_access", description="Plumbline's command line.")
    folder = Path(os.environ.get("PLUMBLINE_CONFIG") or "config")
    top.add_argument("--config", type=Path, default=folder, metavar="DIR", help="the configuration's folder")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (check, demo, scaffold, metric, quality, users):
        command.register(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code."""
    wanted = parser().parse_args(arguments)
    run: Mapping[str, Run] = {
        "check": check.run,
        "demo": demo.run,
        "metric": metric.run,
        "quality": quality.run,
        "scaffold": scaffold.run,
        "users": users.run,
    }
    try:
        return run[wanted.command](wanted, wanted.config)
    except DefinitionError as error:
        print("\n".join(one_line(str(problem)) for problem in error.problems), file=sys.stderr)
        return 1
    except PlumblineError as error:
        print(one_line(error.message), file=sys.stderr)
        return 2
