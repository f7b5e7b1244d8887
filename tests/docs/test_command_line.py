"""The command line of README.md and config/DEPLOY.md is the one that the code parses: commands, options, examples."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from data_access.cli.main import parser
from start import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DEPLOYMENT = (ROOT / "config" / "DEPLOY.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"(?:^| )(?:\.venv/bin/)?python -m data_access (.+?)(?: &&.*)?$|`python -m data_access ([^`]+)`",
    README + DEPLOYMENT,
    re.MULTILINE,
)
COMPLETE = [line for pair in EXAMPLES if (line := pair[0] or pair[1]) != "users" and "…" not in line]


def commands(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The sub-commands of a parser by name; none for a parser without."""
    found = [action.choices for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


def options(of: argparse.ArgumentParser) -> Iterator[str]:
    """The long name of every option, those of sub-commands included."""
    for action in of._actions:
        yield from (name for name in action.option_strings if name.startswith("--") and name != "--help")
    for command in commands(of).values():
        yield from options(command)


@pytest.mark.parametrize("command", sorted(commands(parser())))
def test_every_command_has_a_row_of_its_own(command: str) -> None:
    assert re.search(rf"^\| `python -m data_access {command}\b", README, re.MULTILINE)


@pytest.mark.parametrize("command", sorted(commands(commands(parser())["users"])))
def test_every_users_command_is_shown(command: str) -> None:
    assert f"python -m data_access users {command}" in README


@pytest.mark.parametrize("option", sorted(set(options(parser()))))
def test_every_option_is_named(option: str) -> None:
    assert re.search(rf"{option}\b", README), f"README does not name {option}"


@pytest.mark.parametrize("line", COMPLETE)
def test_every_example_is_one_that_the_command_line_takes(line: str) -> None:
    wanted = parser().parse_args(shlex.split(line.replace("--config DIR", "--config config")))
    assert wanted.command in commands(parser())


def test_no_command_is_shown_that_does_not_exist() -> None:
    shown = {re.sub(r"^--config \S+ ", "", line).split()[0] for line in COMPLETE}
    assert shown == set(commands(parser()))
    assert len(COMPLETE) >= 20
