"""Runs ``scaffold`` on published files, and lays a hand-finished configuration over the tables that it copied."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from filelock import FileLock

from data_access.cli.main import main

WAREHOUSE = Path("state") / "warehouse.duckdb"


@dataclass(frozen=True)
class Said:
    """How a command ended and all that it printed."""

    code: int
    text: str


def command(config: Path, *words: str) -> Said:
    """Runs one command line of the portal in this process."""
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = main(["--config", str(config), *words])
    return Said(code, printed.getvalue())


def drafted(
    places: pytest.TempPathFactory, worker_id: str, name: str, sources: Callable[[Path], Sequence[Path]]
) -> Path:
    """The configuration that ``scaffold`` drafts, unedited, with its warehouse beside it.

    Drafted by the first of the test processes that asks; each has a copy of its own. ``sources`` may put files of
    its own into the folder that it is given.
    """
    own = places.getbasetemp()
    made = (own if worker_id == "master" else own.parent) / f"{name}-scaffolded"
    with FileLock(made.with_suffix(".lock")):
        if not made.exists():  # which is there whole or not at all
            half_made = places.mktemp(f"{name}-half-made")
            said = command(half_made / "config", "scaffold", *map(str, sources(half_made)))
            assert said.code == 0, said.text
            half_made.rename(made)
    return over_the_tables(made / "config", made / "config", places.mktemp(f"{name}-draft"))


def over_the_tables(draft: Path, configuration: Path, folder: Path) -> Path:
    """A copy of ``configuration`` in ``folder``, over the tables that were copied for ``draft``."""
    config = folder / "config"
    shutil.copytree(configuration, config)
    (folder / WAREHOUSE).parent.mkdir()
    os.link(draft.parent / WAREHOUSE, folder / WAREHOUSE)  # never written to, only ever replaced
    return config
