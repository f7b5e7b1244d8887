"""``demo``: builds the demonstration warehouse, with a progress bar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from data_access.definitions.load import load
from data_access.demonstration.builder import build, is_demonstration
from data_access.errors import QuestionError

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: Subparsers) -> None:
    """Adds the ``demo`` command to the command line."""
    subparsers.add_parser("demo", help="build the demonstration warehouse")


def run(args: argparse.Namespace, folder: Path) -> int:  # noqa: ARG001 (every command takes its arguments)
    """Builds the file that portal.yaml names as the warehouse. Returns 0; raises PlumblineError.

    A file that is there and is not a demonstration is never overwritten.
    """
    configuration = load(folder)
    kind, _, place = configuration.portal.warehouse.partition("://")
    path = folder.resolve().parent / place
    if kind != "duckdb" or "*" in place:
        raise QuestionError("The demonstration needs a DuckDB file: write `warehouse: duckdb://state/demo.duckdb`.")
    if path.exists() and not is_demonstration(path):
        raise QuestionError(f"{path.name} is there and is not the demonstration. It is left as it is.")
    with tqdm(total=100, bar_format="{desc:<38} {bar:32} {percentage:3.0f}%") as bar:

        def progress(share: float, what: str) -> None:
            bar.set_description_str(f"Demonstration: {what}"[:40])
            bar.update(share * 100 - bar.n)

        build(path, configuration.today, progress)
    return 0
