"""What a page asks for one metric: one query gives the figure, the one before it and the trend.

No arithmetic on data here: this module chooses periods and picks rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data_access.definitions.models import Grain, Metric
from data_access.questions import Answer, Query, Row
from pages.parts import dates
from pages.parts.address import Address

if TYPE_CHECKING:
    from data_access.questions import Period
    from data_access.viewer_portal import ViewerPortal

TREND = 25  # two years and the same month again
_COARSENESS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Figure:
    """One metric's figure for the chosen time. ``series``: oldest first, the chosen period among them."""

    answer: Answer
    row: Row
    previous: Row | None
    series: tuple[Row, ...]
    period: str

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Labels of the columns that no check looks at; empty when the metric is assessed."""
        if self.answer.assessed is True:
            return ()
        columns = self.answer.contract.columns
        return tuple(columns[name].label if name in columns else name for name in self.answer.assessed)


def latest(periods: Sequence[Period]) -> Period | None:
    """The newest complete period; where there is none, the newest."""
    complete = [period for period in periods if not period.partial]
    return next(reversed(complete or list(periods)), None)


def chosen(periods: Sequence[Period], day: date | None) -> Period | None:
    """The metric's period that contains the day; without a day the latest complete one."""
    if day is None:
        return latest(periods)
    before = [period for period in periods if period.start <= day]
    return before[-1] if before else None


def ask(portal: ViewerPortal, metric: Metric, address: Address, report: str | None) -> Figure | None:
    """The figure for the address's time and filters; None where the metric has no such period.

    ``report``: the report it is shown for; a scoped one keeps to the viewer's own records. Raises what the
    door raises: Refused, QuestionError, WarehouseError.
    """
    where = tuple((name, values) for name, values in address.where if name in metric.dimensions)
    if address.span is not None:
        return _own_dates(portal, metric, where, address.span, report)
    periods = portal.periods(metric.id)
    period = chosen(periods, address.period)
    if period is None:
        return None
    place = periods.index(period)
    shown = list(periods[max(0, place - TREND + 1) : place + 1])
    following = periods[place + 1 : place + 2]
    if following and following[0].partial:
        shown += following  # the period under way, marked as partial
    query = Query(metric.id, over=metric.grain, where=where, start=shown[0].start, end=shown[-1].end)
    answer = portal.ask(query, report=report)
    rows = {row.period: row for row in answer.rows}
    series = tuple(rows.get(one.start) or _nothing(one.start, one.end, one.partial) for one in shown)
    row = next(one for one in series if one.period == period.start)
    before = rows.get(periods[place - 1].start) if place else None
    label = dates.period(period.start, metric.grain)
    label += f" ({dates.partial_note(period.end)})" if period.partial else ""
    return Figure(answer, row, before, series, label)


def _own_dates(
    portal: ViewerPortal,
    metric: Metric,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    span: tuple[date, date],
    report: str | None,
) -> Figure:
    answer = portal.ask(Query(metric.id, where=where, start=span[0], end=span[1]), report=report)
    trend = portal.ask(Query(metric.id, over=metric.grain, where=where, start=span[0], end=span[1]), report=report)
    row = answer.rows[0] if answer.rows else _nothing(span[0], span[1], False)
    return Figure(answer, row, None, trend.rows, dates.span(*span))


def breakdown(
    portal: ViewerPortal, metric: Metric, address: Address, dimension: str, report: str | None
) -> Answer | None:
    """The same time and filters, a row for each value of the dimension; None without such a period."""
    where = tuple((name, values) for name, values in address.where if name in metric.dimensions)
    span = address.span
    if span is None:
        period = chosen(portal.periods(metric.id), address.period)
        if period is None:
            return None
        span = (period.start, period.end)
    return portal.ask(Query(metric.id, by=(dimension,), where=where, start=span[0], end=span[1]), report=report)


def _nothing(start: date, end: date, partial: bool) -> Row:
    """A period for which the door gave no row: nothing is counted there."""
    return Row(start, end, partial, records=0, in_doubt=0)


def common_grain(metrics: Sequence[Metric]) -> Grain:
    """The grain a report's period is chosen at: the finest of its metrics', though no finer than a month."""
    grains = sorted({metric.grain for metric in metrics}, key=_COARSENESS.index)
    usable = [grain for grain in grains if _COARSENESS.index(grain) >= _COARSENESS.index("month")]
    return (usable or grains[-1:])[0]
