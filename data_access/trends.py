"""The question behind a metric's figure: its periods up to the one asked for, in one go. Pure.

Home, reports and metrics ask it in the same words, so that one answer in the cache serves all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from data_access.definitions.models import Metric
from data_access.questions import Answer, Period, Query, Row, Trend

LENGTH = 25  # periods: of months, two years and the same month again
Where = tuple[tuple[str, tuple[str, ...]], ...]


def latest(periods: Sequence[Period]) -> Period | None:
    """The newest complete period; where there is none, the newest."""
    complete = [period for period in periods if not period.partial]
    return next(reversed(complete or list(periods)), None)


def chosen(periods: Sequence[Period], day: date | None) -> Period | None:
    """The period that contains the day; without a day the latest complete one."""
    if day is None:
        return latest(periods)
    before = [period for period in periods if period.start <= day]
    return before[-1] if before else None


def trend_of(
    metric: Metric,
    periods: Sequence[Period],
    ask: Callable[[Query], Answer],
    *,
    where: Where = (),
    day: date | None = None,
) -> Trend | None:
    """The figure of the period that contains the day, with those before it; None where there is no such period.

    ``periods``: all of the metric's, in order. The one that follows is added while it is under way. Raises what ``ask``
    raises.
    """
    period = chosen(periods, day)
    if period is None:
        return None
    place = periods.index(period)
    shown = [*periods[max(0, place - LENGTH + 1) : place + 1]]
    shown += [following for following in periods[place + 1 : place + 2] if following.partial]
    answer = ask(Query(metric.id, over=metric.grain, where=where, start=shown[0].start, end=shown[-1].end))
    rows = {row.period: row for row in answer.rows}
    series = tuple(rows.get(one.start) or no_records(one.start, one.end, partial=one.partial) for one in shown)
    row = next(one for one in series if one.period == period.start)
    before = rows.get(periods[place - 1].start) if place else None
    return Trend(answer, period, row, before, series)


def breakdown_query(metric: Metric, dimension: str, span: tuple[date, date], where: Where = ()) -> Query:
    """One time, a row for each value of the dimension."""
    return Query(metric.id, by=(dimension,), where=where, start=span[0], end=span[1])


def no_records(start: date, end: date, *, partial: bool) -> Row:
    """A period for which an answer has no row: nothing is counted there."""
    return Row(start, end, partial, records=0, in_doubt=0)
