"""``scaffold``: drafts a configuration from tables, or says what changed in them since, with a progress bar."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from data_access.cli.one_line import one_line
from data_access.scaffold.first_person import USERNAME
from data_access.scaffold.outcome import ChangedFile, Compared, Drafted
from data_access.scaffold.run import scaffold

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

SOURCES = (
    "a file (CSV, TSV, Parquet, XLSX, ODS, DuckDB), a folder of such files, or the address of a PostgreSQL database "
    "(postgresql://user@host/database; its password may stand in the variable PGPASSWORD); repeat for more"
)


def register(subparsers: Subparsers) -> None:
    """Adds the ``scaffold`` command to the command line."""
    command = subparsers.add_parser("scaffold", help="draft a configuration from tables of your own")
    command.add_argument("sources", nargs="+", metavar="SOURCE", help=SOURCES)
    command.add_argument("--copy", action="store_true", help="copy a DuckDB file too, instead of reading it in place")
    command.add_argument(
        "--reload", action="store_true", help="copy the records of a source anew, columns and types as drafted"
    )


def run(args: argparse.Namespace, folder: Path) -> int:
    """Drafts, or compares. Returns 0, and 2 when it was stopped; raises PlumblineError."""
    with tqdm(total=100, bar_format="{desc:<38} {bar:32} {percentage:3.0f}%", leave=False, disable=None) as bar:

        def progress(share: float, what: str) -> None:
            bar.set_description_str(one_line(what)[:38])
            bar.update(share * 100 - bar.n)

        try:
            with _ended_like_ctrl_c():
                outcome = scaffold(
                    folder, args.sources, copy=args.copy, anew=args.reload, today=date.today(), progress=progress
                )
        except KeyboardInterrupt:
            bar.close()
            print("Stopped. Nothing was written.", file=sys.stderr)
            return 2
    lines = _drafted(outcome, folder) if isinstance(outcome, Drafted) else _compared(outcome)
    for line in lines:
        print(line)
    return 0


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """A request to end (SIGTERM) takes away what was begun, as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # which alone is told of a signal
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _drafted(outcome: Drafted, folder: Path) -> Iterator[str]:
    yield f"Drafted {_counted(len(outcome.files), 'file')} in {folder}, from {_counted(len(outcome.tables), 'table')}."
    yield ""
    width = max(len("in portal, roles and report"), *(len(table.name) for table in outcome.tables))
    yield f"  {'table':<{width}}  {'records':>12}  guesses to review"
    for table in outcome.tables:
        yield f"  {one_line(table.name):<{width}}  {table.records:>12,}  {table.guesses:>17,}"
    yield f"  {'in portal, roles and report':<{width}}  {'':>12}  {outcome.other_guesses:>17,}"
    yield ""
    yield from (one_line(f"Left out: {note}") for note in outcome.notes)
    yield from map(one_line, outcome.by_hand)
    if outcome.password:
        yield f"Sign in as {USERNAME} with the password {outcome.password} (shown this once)."
        yield ""
    yield from _next(folder)


def _next(folder: Path) -> Iterator[str]:
    named = shlex.quote(str(folder))
    yield "Next:"
    yield f"  python -m data_access --config {named} check"
    yield f"  python3 start.py run --config {named}"
    yield f"  look for REVIEW in {folder}: each is a guess, with its reason; decide, and take the mark away"


def _compared(outcome: Compared) -> Iterator[str]:
    for table in outcome.reloaded:
        yield one_line(f"Copied anew: {table.name}, {_counted(table.records, 'record')}.")
    if not outcome.files and not outcome.others:
        yield "Nothing has changed since the draft."
    for file in outcome.files:
        yield from _changed(file)
    yield from map(one_line, outcome.others)
    yield from (one_line(f"Left out: {note}") for note in outcome.notes)
    yield "No file of the configuration was written."


def _changed(file: ChangedFile) -> Iterator[str]:
    yield one_line(f"{file.file} {file.by_people}" if file.by_people else file.file)
    yield from (one_line(f"in the source: {sentence}").join(("  ", "")) for sentence in file.in_the_source)
    yield from (one_line(f"a draft would now say: {sentence}").join(("  ", "")) for sentence in file.in_the_draft)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
