"""The columns of the rows that are taken away: each with what it holds, and where its cell comes from.

The file of rows and the description beside it are both made from this list, so neither can have a column that the
other lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.definitions.models import BLANK
from data_access.questions import Key, Row
from data_access.take_away.symbols import SYMBOLS, span, symbols
from data_access.take_away.table import Answered

Cell = str | int | float | bool | date | None
CellOf = Callable[[Answered, Row], Cell]
Datatype = str | dict[str, str]

VERDICTS = {
    "met": "the target is met, whatever is true of the records in doubt",
    "likely met": "the target is met if the records in doubt are like the others, but not for certain",
    "cannot tell": "the figure could be on either side of the target",
    "likely missed": "the target is missed if the records in doubt are like the others, but not for certain",
    "missed": "the target is missed, whatever is true of the records in doubt",
}


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds in words, its type, its unit, and the cell of a row."""

    heading: str
    about: str
    datatype: Datatype
    cell: CellOf
    unit: str | None = None


def columns(parts: Sequence[Answered], medium: float) -> tuple[Column, ...]:
    """The columns for these parts, in order. ``medium``: below this confidence it is called low."""
    dimensions = dict.fromkeys(name for part in parts for name in part.rows.query.by)
    units = {part.rows.metric.unit for part in parts}
    return (
        *_periods(),
        *(column for name in dimensions for column in _dimension(name, parts)),
        *_figures(units.pop() if len(units) == 1 else "as in the column unit"),
        *_trust(),
        Column("note", _meanings(SYMBOLS), "string", lambda part, row: symbols(part.rows, row, medium)),
    )


def _periods() -> tuple[Column, ...]:
    return (
        Column("metric", "The metric's id", "string", _of_metric("id")),
        Column("metric_name", "The metric's name", "string", _of_metric("name")),
        Column("period_start", "The first day that the row tells of", "date", _day(0)),
        Column("period_end", "The last day that the row tells of", "date", _day(1)),
        Column("partial", "Whether the period is cut short or not over", "boolean", _of_row("partial")),
    )


def _dimension(name: str, parts: Sequence[Answered]) -> tuple[Column, ...]:
    label = next(part.rows.contract.columns[name].label for part in parts if name in part.rows.query.by)

    def code(part: Answered, row: Row) -> Key:
        by = part.rows.query.by
        return row.keys[by.index(name)] if name in by else None

    def words(part: Answered, row: Row) -> Cell:
        return part.name_of(name, code(part, row)) if name in part.rows.query.by else None

    held = f"empty where it is in doubt, {BLANK} where it is not recorded"
    return (
        Column(f"{name}_code", f"{label}, as the table of records has it; {held}", "string", code),
        Column(f"{name}_name", f"{label}, in words", "string", words),
    )


def _figures(unit: str) -> tuple[Column, ...]:
    lowest, highest = "the lowest value it could have", "the highest value it could have"
    certain, likely = "for certain", "if the records in doubt are like the others"
    open_end = "empty where there is no such bound or nothing is assessed"
    return (
        Column("value", "The figure as recorded", "number", _of_row("value"), unit),
        Column("unit", "The unit of the figure, its ranges and its target", "string", _of_metric("unit")),
        Column("low", f"Range: {lowest}, {certain}; {open_end}", "number", _assessed("low"), unit),
        Column("high", f"Range: {highest}, {certain}; {open_end}", "number", _assessed("high"), unit),
        Column("likely_low", f"Likely range: {lowest}, {likely}; {open_end}", "number", _assessed("likely_low"), unit),
        Column(
            "likely_high", f"Likely range: {highest}, {likely}; {open_end}", "number", _assessed("likely_high"), unit
        ),
    )


def _trust() -> tuple[Column, ...]:
    of = "of every 100 records that belong behind the figure, how many are"
    confidence = f"Confidence: {of} beyond doubt; empty where it is not assessed"
    verdict = f"Where the figure stands against its target: {_meanings(VERDICTS)}"
    return (
        Column("confidence", confidence, "number", _of_row("confidence"), "percent"),
        Column("records", "Records that are or may be behind the figure", "integer", _of_row("records")),
        Column("in_doubt", "Of these, those in doubt that could move the figure", "integer", _assessed("in_doubt")),
        Column("target", "What is aimed at, in the unit of the figure", "number", _target),
        Column("verdict", verdict, {"base": "string", "format": "|".join(VERDICTS)}, _verdict),
        Column(
            "complete", f"Complete: {of} free of doubt about what is missing", "number", _fact("complete"), "percent"
        ),
        Column("accurate", f"Accurate: {of} free of doubt about what is wrong", "number", _fact("accurate"), "percent"),
        Column("timely", f"Timely: {of} free of doubt about what came late", "number", _fact("timely"), "percent"),
    )


def _of_metric(name: str) -> CellOf:
    def cell(part: Answered, _row: Row) -> Cell:
        found: str = getattr(part.rows.metric, name)
        return found

    return cell


def _of_row(name: str) -> CellOf:
    def cell(_part: Answered, row: Row) -> Cell:
        found: float | int | bool | None = getattr(row, name)
        return found

    return cell


def _assessed(name: str) -> CellOf:
    """What only checks can tell: no range is claimed where nothing looks at the records."""
    of_row = _of_row(name)
    return lambda part, row: of_row(part, row) if part.rows.assessed is True else None


def _fact(name: str) -> CellOf:
    def cell(_part: Answered, row: Row) -> Cell:
        found: float | None = getattr(row.fact, name) if row.fact else None
        return found

    return cell


def _day(place: int) -> CellOf:
    return lambda part, row: span(part.rows, row)[place]


def _target(_part: Answered, row: Row) -> Cell:
    return None if row.suppressed else row.target


def _verdict(_part: Answered, row: Row) -> Cell:
    return row.verdict.replace("_", " ") if row.verdict else None


def _meanings(words: Mapping[str, str]) -> str:
    return "; ".join(f"{word} = {meaning}" for word, meaning in words.items())
