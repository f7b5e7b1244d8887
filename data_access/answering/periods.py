"""Which periods an answer has rows for."""

from __future__ import annotations

from datetime import date

import numpy as np

from data_access.answering.calendar import cut, cuts_a_month, periods_between
from data_access.answering.condense import Condenser
from data_access.answering.delivery import told_up_to
from data_access.answering.validate import Question
from data_access.certainty.cells import CERTAIN, NO, Cells
from data_access.certainty.plan import Unit
from data_access.certainty.times import EPOCH, bucket_of
from data_access.definitions.models import Contract, Metric, PortalSettings
from data_access.questions import Period
from data_access.warehouse.engine import Generation

YEARS_BACK, YEARS_ON = 100, 10  # a stray date, such as 31 Dec 9999 for "no end", makes no rows up to it


def periods_of(
    metric: Metric,
    contract: Contract,
    generation: Generation,
    condenser: Condenser,
    settings: PortalSettings,
    today: date,
) -> tuple[Period, ...]:
    """The metric's periods at its own grain, from its first dated record to today, in order.

    One that is not over yet, or of which late data have not all come, is partial.
    """
    unit: Unit = "day" if metric.grain in ("day", "week") else "month"
    plan = condenser.plan(generation, metric, contract, (), unit)
    edges = _edges(condenser.cells(generation, plan), unit, today)
    if edges is None:
        return ()
    told = told_up_to(contract, condenser.as_of(generation, metric, contract), today)
    whole = periods_between(edges[0], min(edges[1], today), metric.grain, settings.year_start)
    return tuple(cut(whole, None, None, told))


def unit_of(question: Question) -> Unit:
    """Days where the grain is days or weeks, or a date asked for cuts a month; else months."""
    fine = {"day", "week"}
    by_day = question.metric.grain in fine or question.query.over in fine
    return "day" if by_day or cuts_a_month(question.query.start, question.query.end) else "month"


def asked_periods(
    question: Question, cells: Cells, settings: PortalSettings, today: date, told: date, unit: Unit
) -> list[Period | None]:
    """The periods asked for; [None] is the whole span, without ends. ``told``: the last day the data can tell of."""
    query = question.query
    if query.over is None:
        return [Period(query.start, query.end)] if query.start and query.end else [None]
    edges = _edges(cells, unit, today)
    first, last = query.start or (edges and edges[0]), query.end or (edges and edges[1])
    if first is None or last is None or first > last:
        return []
    return list(cut(periods_between(first, last, query.over, settings.year_start), query.start, query.end, told))


def outside(question: Question, cells: Cells, unit: Unit, today: date) -> int:
    """How many records that may count are certainly dated so far off that they make no row."""
    if question.query.over is None or (question.query.start and question.query.end):
        return 0
    low, high = _span(unit, today)
    at = cells.starts
    stray = (cells.t[at] == CERTAIN) & (cells.w[at] != NO) & ((cells.first[at] < low) | (cells.last[at] > high))
    return int(cells.n[stray].sum())


def _edges(cells: Cells, unit: Unit, today: date) -> tuple[date, date] | None:
    """The first and last day that a record which may count is dated: certainly, or as recorded where that may be."""
    low, high = _span(unit, today)
    certain = (cells.t == CERTAIN) & (cells.w != NO)
    first, last = cells.first[cells.chosen], cells.last[cells.chosen]
    recorded = cells.recorded_w & (cells.recorded_t >= first) & (cells.recorded_t <= last)
    recorded &= cells.recorded_t <= bucket_of(today, unit)
    dated = np.concatenate([cells.first[certain], cells.last[certain], cells.recorded_t[recorded]])
    dated = dated[(dated >= low) & (dated <= high)]
    if not len(dated):
        return None
    return _day(int(dated.min()), unit), _day(int(dated.max()), unit)


def _span(unit: Unit, today: date) -> tuple[int, int]:
    return bucket_of(date(today.year - YEARS_BACK, 1, 1), unit), bucket_of(date(today.year + YEARS_ON, 12, 31), unit)


def _day(bucket: int, unit: Unit) -> date:
    """A day of the bucket: for a period any will do, it is the one that holds it."""
    if unit == "day":
        return date.fromordinal(EPOCH.toordinal() + bucket)
    return date(EPOCH.year + bucket // 12, bucket % 12 + 1, 1)
