"""``metric``: one metric as the portal would show it, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from data_access.access.people import People
from data_access.access.viewer import OPERATOR, Viewer
from data_access.definitions.models import Grain
from data_access.errors import QuestionError, nearest
from data_access.portal import Portal
from data_access.questions import Answer, Query, Row
from data_access.viewer_portal import ViewerPortal

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

FIGURES = (
    "value",
    "low",
    "high",
    "likely_low",
    "likely_high",
    "confidence",
    "records",
    "in_doubt",
    "target",
    "verdict",
)


def register(subparsers: Subparsers) -> None:
    """Adds the ``metric`` command to the command line."""
    command = subparsers.add_parser("metric", help="one metric as the portal would show it")
    command.add_argument("id", metavar="ID", help="the metric's id")
    command.add_argument("--over", choices=get_args(Grain), help="a row for each period of this grain")
    command.add_argument("--by", action="append", nargs="+", default=[], metavar="DIM", help="a row for each value")
    command.add_argument(
        "--where", action="append", nargs="+", default=[], metavar="DIM=VALUE", help="only this value; repeat for more"
    )
    command.add_argument("--from", dest="start", type=_day, metavar="DATE", help="the first day, as 2026-10-31")
    command.add_argument("--to", dest="end", type=_day, metavar="DATE", help="the last day, inclusive")
    command.add_argument("--as", dest="user", metavar="USER", help="with this person's rights")
    command.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, folder: Path) -> int:
    """Prints the answer. Returns 0; raises Refused, QuestionError and the other PlumblineErrors."""
    portal = Portal.open(folder)
    query = Query(
        metric=args.id,
        by=tuple(name for group in args.by for name in group),
        over=args.over,
        where=_filters([text for group in args.where for text in group]),
        start=args.start,
        end=args.end,
    )
    door = portal.for_viewer(_viewer(args.user, portal, folder))
    answer = door.ask(query)
    print(json.dumps(as_json(answer), indent=2) if args.json else _text(answer, door))
    return 0


def as_json(answer: Answer) -> dict[str, object]:
    """The answer in the shape that outsiders rely on.

    Raises QuestionError for a dimension whose name is that of a figure: one would stand in the other's place.
    """
    taken = {"period", *FIGURES, "fact", "suppressed"} & set(answer.query.by)
    if taken:
        raise QuestionError(
            f"A row of the JSON has a key '{min(taken)}' of its own, so the dimension of that name cannot stand in it. "
            "Give the column another name in a view, or leave --json out."
        )
    return {
        "metric": answer.metric.id,
        "name": answer.metric.name,
        "unit": answer.metric.unit,
        "version": answer.metric.version,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "assessed": True if answer.assessed is True else list(answer.assessed),
        "fit": answer.fit,
        "notes": list(answer.notes),
        "rows": [_row(answer, row) for row in answer.rows],
    }


def _row(answer: Answer, row: Row) -> dict[str, object]:
    found: dict[str, object] = {"period": row.period.isoformat() if row.period else None}
    found |= dict(zip(answer.query.by, row.keys, strict=True))
    found |= {name: getattr(row, name) for name in FIGURES}
    found["fact"] = asdict(row.fact) if row.fact else None
    found["suppressed"] = row.suppressed
    return found


def _text(answer: Answer, door: ViewerPortal) -> str:
    lines = [f"{answer.metric.name} ({answer.metric.unit}), version {answer.metric.version}, data to {answer.as_of}"]
    for row in answer.rows:
        values = zip(answer.query.by, row.keys, strict=True)
        names = [door.label(answer.metric.id, dimension, key) for dimension, key in values]
        where = " · ".join([*([str(row.period)] if row.period else []), *names]) or "whole span"
        if row.suppressed:
            lines.append(f"{where}: not shown, too few people")
            continue
        lines.append(
            f"{where}: {_plain(row.value)} (likely {_range(row, row.likely_low, row.likely_high)}, for certain "
            f"{_range(row, row.low, row.high)}); {row.in_doubt} of {row.records} records in doubt; "
            f"confidence {_never_rounded_up(row.confidence)}"
            + (f"; {row.verdict.replace('_', ' ')}" if row.verdict else "")
        )
    assessed = "" if answer.assessed is True else f"Not assessed: {', '.join(answer.assessed)}"
    return "\n".join(line for line in (*lines, f"Fit for purpose: {answer.fit}", assessed, *answer.notes) if line)


def _plain(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3g}" if 0 < abs(value) < 0.1 else f"{value:,.1f}"


def _range(row: Row, low: float | None, high: float | None) -> str:
    """Both ends; one that is None beside a figure is open."""
    figure = any(number is not None for number in (row.value, low, high))
    ends = ("open" if figure and end is None else _plain(end) for end in (low, high))
    return " to ".join(ends)


def _never_rounded_up(confidence: float | None) -> str:
    return _plain(None if confidence is None else math.floor(confidence * 10 + 1e-9) / 10)


def _filters(texts: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    chosen: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise QuestionError(f"'{text}' is not a filter. Write it as dimension=value.")
        chosen.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in chosen.items())


def _viewer(username: str | None, portal: Portal, folder: Path) -> Viewer:
    if username is None:
        return OPERATOR
    people = People(folder, demonstration=lambda: portal.demonstration)
    viewer = people.viewer_of(username)
    if viewer is None:
        near = nearest(username, people.everybody())
        raise QuestionError(f"There is no person '{username}'." + (f" Did you mean '{near}'?" if near else ""))
    return viewer


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-10-31") from error
