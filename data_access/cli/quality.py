"""``quality``: every check, the records it looked at, and how many fail."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from data_access.access.viewer import OPERATOR
from data_access.portal import Portal
from data_access.questions import CheckResult

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(subparsers: Subparsers) -> None:
    """Adds the ``quality`` command to the command line."""
    command = subparsers.add_parser("quality", help="every check and how many records fail it")
    command.add_argument("dataset", nargs="?", metavar="DATASET", help="one dataset; without it, all")
    command.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, folder: Path) -> int:
    """Prints a line a check, or a JSON list. Returns 0; raises PlumblineError."""
    results = Portal.open(folder).for_viewer(OPERATOR).quality(args.dataset)
    print(json.dumps([_entry(result) for result in results], indent=2) if args.json else _text(results))
    return 0


def _entry(result: CheckResult) -> dict[str, object]:
    return {
        "dataset": result.dataset,
        "rule": result.rule,
        "dimension": result.dimension,
        "columns": list(result.columns),
        "records": result.records,
        "failing": result.failing,
        "metrics": list(result.metrics),
    }


def _text(results: tuple[CheckResult, ...]) -> str:
    lines = []
    for result in results:
        share = "could not run"
        if result.failing is not None:
            percent = 100 * result.failing / result.records if result.records else 0
            share = f"{result.failing:,} of {result.records:,} fail ({percent:.2f}%)"
        metrics = ", ".join(result.metrics) or "no metric"
        lines.append(f"{result.dataset}: {result.name} [{result.dimension}]: {share}; touches {metrics}")
    return "\n".join(lines)
