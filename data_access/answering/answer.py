"""A validated question's figures: cells, cut into slices, each judged (certainty §3 to §5)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np

from data_access.answering.condense import Condenser, key_rule_place
from data_access.answering.delivery import told_up_to
from data_access.answering.fitness import fit, words
from data_access.answering.open_ends import open_ends
from data_access.answering.periods import asked_periods, outside, unit_of
from data_access.answering.validate import Question
from data_access.certainty import formulas
from data_access.certainty.cells import UNKNOWN, Cells, domain_of
from data_access.certainty.doubts import may_be_blank, unchecked_columns
from data_access.certainty.likely import likely_range
from data_access.certainty.plan import RecordPlan, Unit
from data_access.certainty.rows import distinct
from data_access.certainty.slices import Counted, count_slices
from data_access.certainty.slicing import Slicing
from data_access.certainty.times import bucket_of
from data_access.certainty.verdict import verdict
from data_access.definitions.models import BLANK, Column, PortalSettings, RuleDimension
from data_access.errors import QuestionError
from data_access.questions import Answer, Fact, Key, Period, Query, Row
from data_access.warehouse.engine import Generation

MOST_SLICES = 50_000
FACT_KINDS: tuple[tuple[RuleDimension, ...], ...] = (
    ("completeness", "coverage"),
    ("accuracy", "conformity", "consistency", "uniqueness"),
    ("timeliness",),
)


def answer(
    question: Question, generation: Generation, condenser: Condenser, settings: PortalSettings, today: date
) -> Answer:
    """The figures as they are, before disclosure control. Raises WarehouseError.

    With ``over``, a row for every period from the first to the last in which a record counts: certainly, or as
    recorded where that may be.
    """
    query, metric, contract = question.query, question.metric, question.contract
    unit = unit_of(question)
    plan = condenser.plan(generation, metric, contract, question.dimensions, unit)
    cells = condenser.cells(generation, plan)
    as_of = condenser.as_of(generation, metric, contract)
    periods = asked_periods(question, cells, settings, today, told_up_to(contract, as_of, today), unit)
    _require_few(question, cells, plan, len(periods))
    counted = count_slices(cells, _slicing(question, plan, periods, unit), plan)
    bounds = formulas.certain_range(metric.type, counted)
    rows = _rows(question, plan, cells, counted, bounds, periods)
    unchecked = unchecked_columns(contract, plan.read, plan.rules)
    if unchecked:
        rows = [replace(row, confidence=None, fact=None, verdict=None) for row in rows]  # never 100 for want of checks
    return Answer(
        query=query,
        metric=metric,
        contract=contract,
        rows=tuple(rows),
        as_of=as_of,
        assessed=unchecked or True,
        fit=fit(metric, contract, today),
        notes=(
            *_notes(question, rows, unchecked, outside(question, cells, unit, today)),
            *_idle(plan),
            *open_ends(plan, bounds, rows),
        ),
        generation=generation.version,
    )


def _require_few(question: Question, cells: Cells, plan: RecordPlan, periods: int) -> None:
    """Raises QuestionError where the answer would have more slices than anybody could read."""
    by = [plan.dimensions.index(name) for name in question.by]
    combinations = len(distinct(cells.dims[:, by])[0])
    if combinations * max(1, periods) > MOST_SLICES:
        raise QuestionError(
            f"This would make {combinations * periods:,} rows; at most {MOST_SLICES:,} can be answered at once. "
            "Ask for fewer dimensions, a coarser grain or a shorter time."
        )


def _slicing(question: Question, plan: RecordPlan, periods: list[Period | None], unit: Unit) -> Slicing:
    query, contract, rules = question.query, question.contract, plan.rules
    places = {name: place for place, name in enumerate(plan.dimensions)}
    windows = []
    for period in periods:
        start, end = (period.start, period.end) if period else (query.start, query.end)
        first = bucket_of(start, unit) if start else -math.inf
        windows.append((first, bucket_of(end, unit) if end else math.inf))
    kinds = [tuple(place for place, rule in enumerate(rules) if rule.dimension in kind) for kind in FACT_KINDS]
    return Slicing(
        windows=tuple(windows),
        by=tuple(places[name] for name in question.by),
        where=tuple((places[name], values) for name, values in question.chosen),
        domains=tuple(
            domain_of(contract.columns[name], may_be_blank=may_be_blank(contract, name, rules))
            for name in plan.dimensions
        ),
        time_may_be_blank=may_be_blank(contract, question.metric.time, rules),
        kinds=(kinds[0], kinds[1], kinds[2]),
        key_rule=key_rule_place(contract, rules),
    )


def _rows(
    question: Question,
    plan: RecordPlan,
    cells: Cells,
    counted: Counted,
    bounds: formulas.Range,
    periods: list[Period | None],
) -> list[Row]:
    metric = question.metric
    likely_low, likely_high = likely_range(metric.type, counted, bounds)
    facts = formulas.fact(counted)
    confidence, records, doubt = formulas.confidence(counted), formulas.records(counted), formulas.in_doubt(counted)
    target = metric.target.value if metric.target else None
    places = {name: place for place, name in enumerate(plan.dimensions)}
    rows = []
    for at in range(len(bounds.low)):
        combination, period = divmod(at, len(periods))
        span = periods[period]
        low, high = _end(bounds.low[at]), _end(bounds.high[at])
        likely = _end(likely_low[at]), _end(likely_high[at])
        fact = Fact(*(float(part) for part in facts[:, at])) if not np.isnan(facts[0, at]) else None
        keys = tuple(
            _key(question.contract.columns[name], cells, places[name], int(code))
            for name, code in zip(question.by, counted.combinations[combination], strict=True)
        )
        touched = [(plan.rules[rule].id, int(n)) for rule, n in enumerate(counted.by_rule[:, at]) if n]
        rows.append(
            Row(
                period=span.start if span and question.query.over else None,
                period_end=span.end if span and question.query.over else None,
                partial=bool(span and span.partial),
                keys=keys,
                value=_number(bounds.value[at]),
                low=_number(low),
                high=_number(high),
                likely_low=_number(likely[0]),
                likely_high=_number(likely[1]),
                confidence=_number(confidence[at]),
                records=int(records[at]),
                in_doubt=int(doubt[at]),
                target=target,
                verdict=verdict(metric, low, high, *likely),
                fact=fact,
                doubts=tuple(sorted(touched, key=lambda pair: (-pair[1], pair[0]))),
                counted=int(counted.value_n[at]),
                with_outcome=int(counted.value_yes[at]) if metric.type == "share" else None,
            )
        )
    return sorted(rows, key=lambda row: [(key is None, key == BLANK, str(key)) for key in row.keys])


def _key(column: Column, cells: Cells, place: int, code: int) -> Key:
    if code == UNKNOWN:
        return None
    text = cells.labels[place][code]
    if text == BLANK or column.type not in ("integer", "number", "boolean"):
        return text
    if column.type == "boolean":
        return text == "true"
    number = float(text) if text.replace(".", "", 1).lstrip("-").isdigit() else None
    if number is None:  # the warehouse's type is not the contract's: shown as recorded
        return text
    return int(number) if number.is_integer() else number


def _end(value: float) -> float | None:
    """An end of a range: None where there is no figure, infinite where it is open."""
    return None if np.isnan(value) else float(value)


def _number(value: float | None) -> float | None:
    """What an answer shows: an open end is None too."""
    return None if value is None or not math.isfinite(value) else float(value)


def _notes(question: Question, rows: list[Row], unchecked: tuple[str, ...], stray: int) -> list[str]:
    columns, metric = question.contract.columns, question.metric
    notes = []
    if unchecked:
        named = ", ".join(columns[name].label for name in unchecked)
        notes.append(f"Not assessed: no check looks at {named}. Add one to the contract.")
    for place, name in enumerate(question.by):
        unknown = sum(row.records or 0 for row in rows if row.keys[place] is None)
        if unknown:
            counted = "1 record" if unknown == 1 else f"{unknown:,} records"
            notes.append(
                f"{columns[name].label} is in doubt for {counted}; they count in the ranges, so rows need not add up."
            )
    if stray:
        counted = "1 record is" if stray == 1 else f"{stray:,} records are"
        notes.append(f"{counted} dated too far off to have a row; the figure for the whole span counts them.")
    if any(row.partial for row in rows):
        notes.append(
            "A period marked partial is cut by the dates asked for, is not over yet, or its data have not all come."
        )
    notes += [
        f"Version {entry.version}, from {words(entry.on)}, breaks the series: {entry.what}"
        for entry in metric.history
        if entry.breaks_series and _within(entry.on, question.query)
    ]
    return notes


def _idle(plan: RecordPlan) -> list[str]:
    """Names the checks of columns that the figure reads which the engine cannot evaluate on these data."""
    idle = [rule.name for rule in plan.contract.rules if rule not in plan.rules and set(rule.columns) & set(plan.read)]
    if not idle:
        return []
    what = "A check" if len(idle) == 1 else f"{len(idle)} checks"
    return [f"{what} could not run on these data, so what it would find is not counted as doubt: {', '.join(idle)}."]


def _within(day: date, query: Query) -> bool:
    """Whether figures from before and from after the day stand together in the answer."""
    return (query.start is None or query.start < day) and (query.end is None or day <= query.end)
