"""What a page asks for one metric: one question gives the figure, the one before it and the trend.

No arithmetic on data here: this module picks what the door gives for the address's time and filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data_access.definitions.models import Grain, Metric
from data_access.questions import Answer, Query, Row
from data_access.trends import breakdown_query, chosen, no_records
from pages.parts import dates
from pages.parts.address import Address

if TYPE_CHECKING:
    from data_access.questions import Trend
    from data_access.viewer_portal import ViewerPortal

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


def of_trend(trend: Trend) -> Figure:
    """The figure of a metric's period as the door gives it, its period in words."""
    period = trend.period
    label = dates.period(period.start, trend.answer.metric.grain)
    label += f" ({dates.partial_note(period.end)})" if period.partial else ""
    return Figure(trend.answer, trend.row, trend.previous, trend.series, label)


def ask(portal: ViewerPortal, metric: Metric, address: Address, report: str | None) -> Figure | None:
    """The figure for the address's time and filters; None where the metric has no such period.

    ``report``: the report it is shown for; a scoped one keeps to the viewer's own records. Raises what the
    door raises: Refused, QuestionError, WarehouseError.
    """
    where = _where(metric, address)
    if address.span is not None:
        return _own_dates(portal, metric, where, address.span, report)
    trend = portal.trend(metric.id, where=where, day=address.period, report=report)
    return None if trend is None else of_trend(trend)


def _own_dates(
    portal: ViewerPortal,
    metric: Metric,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    span: tuple[date, date],
    report: str | None,
) -> Figure:
    answer = portal.ask(Query(metric.id, where=where, start=span[0], end=span[1]), report=report)
    trend = portal.ask(Query(metric.id, over=metric.grain, where=where, start=span[0], end=span[1]), report=report)
    row = answer.rows[0] if answer.rows else no_records(span[0], span[1], partial=False)
    return Figure(answer, row, None, trend.rows, dates.span(*span))


def breakdown(
    portal: ViewerPortal, metric: Metric, address: Address, dimension: str, report: str | None
) -> Answer | None:
    """The same time and filters, a row for each value of the dimension; None without such a period."""
    span = address.span
    if span is None:
        period = chosen(portal.periods(metric.id), address.period)
        if period is None:
            return None
        span = (period.start, period.end)
    return portal.ask(breakdown_query(metric, dimension, span, _where(metric, address)), report=report)


def _where(metric: Metric, address: Address) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The address's filters, as far as the metric has their dimensions."""
    return tuple((name, values) for name, values in address.where if name in metric.dimensions)


def common_grain(metrics: Sequence[Metric]) -> Grain:
    """The grain a report's period is chosen at: the finest of its metrics', though no finer than a month."""
    grains = sorted({metric.grain for metric in metrics}, key=_COARSENESS.index)
    usable = [grain for grain in grains if _COARSENESS.index(grain) >= _COARSENESS.index("month")]
    return (usable or grains[-1:])[0]
