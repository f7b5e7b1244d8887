"""What a report's metrics have in common: the periods to choose from and the dimensions to filter by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data_access.definitions.models import Grain, Metric, Report
from data_access.errors import Refused, WarehouseError
from data_access.trends import chosen
from pages.parts import figures, numbers, own_records, words
from pages.parts.address import Address, Allowed, parameter
from pages.parts.figures import Figure

if TYPE_CHECKING:
    from data_access.questions import Period
    from data_access.viewer_portal import ViewerPortal


@dataclass(frozen=True)
class Shared:
    """A report's metrics with what may be chosen for all of them. ``own``: metric -> dimension -> its values.

    ``failed``: metric -> why its records cannot be read just now.
    """

    report: Report
    metrics: Mapping[str, Metric]
    refusals: Mapping[str, str]
    failed: Mapping[str, str]
    allowed: Allowed
    grain: Grain
    periods: tuple[Period, ...]
    own: Mapping[str, Mapping[str, frozenset[str]]]
    labels: Mapping[str, str]
    scope: str

    def label(self, dimension: str) -> str:
        """The dimension's label, also where only one metric has it and it is no shared filter."""
        return self.labels.get(dimension, dimension)

    def narrowed(self, metric: Metric, address: Address) -> Address | str:
        """The address as this metric can follow it; or why it has no figure: none of the values is one of its own."""
        if metric.id in self.failed:
            return self.failed[metric.id]
        where = []
        for dimension, values in address.where:
            if dimension not in metric.dimensions:
                continue
            usable = tuple(value for value in values if value in self.own[metric.id][dimension])
            if not usable:
                names = [self.allowed.choices[dimension][value] for value in values]
                return f"Nothing is recorded here under {numbers.listed(names, 'or')}."
            where.append((dimension, usable))
        period = address.period
        if period and metric.grain != self.grain:
            period = next(one.end for one in self.periods if one.start == period)
        return replace(address, where=tuple(where), period=period)

    def remarks(self, metric: Metric, address: Address, figure: Figure) -> list[str]:
        """What of the page's choices this card does not follow, in sentences."""
        ignored = [
            words.within(self.allowed.labels[name]) for name, _ in address.where if name not in metric.dimensions
        ]
        said = [f"Not recorded by {numbers.listed(ignored, 'or')}: this is the figure for all."] if ignored else []
        newest = chosen(self.periods, address.period)
        if (address.span is None and newest and figure.row.period != newest.start) or figure.row.partial:
            said.insert(0, f"Figure for {figure.period}.")
        return said


def of(portal: ViewerPortal, report: Report) -> Shared:
    """The report's shared filters: dimensions of at least two of its metrics (of one, when it has only one).

    Raises WarehouseError where none of its metrics can be read; one that cannot leaves the others as they are.
    """
    metrics, refusals = {}, {}
    for id in report.metrics:
        try:
            metrics[id] = portal.metric(id)
        except Refused as refused:
            refusals[id] = refused.message
    only = {id: metric for id, (metric, _) in metrics.items()}
    uses: dict[str, list[str]] = {}
    for id, metric in only.items():
        for dimension in metric.dimensions:
            uses.setdefault(dimension, []).append(id)
    fewest = min(2, len(only))
    choices: dict[str, dict[str, str]] = {}
    labels = {
        name: contract.columns[name].label
        for metric, contract in metrics.values()
        for name in metric.dimensions
        if name in contract.columns
    }
    own: dict[str, dict[str, frozenset[str]]] = {id: {} for id in only}
    failed: dict[str, WarehouseError] = {}
    for dimension, ids in uses.items():
        if len(ids) < fewest:
            continue
        for id in ids:
            with _noted(failed, id):
                given = {choice.value: choice.label for choice in portal.choices(id, dimension, report.id)}
            if id in failed:
                continue
            own[id][dimension] = frozenset(given)
            choices.setdefault(dimension, {}).update(given)
    grain = figures.common_grain(list(only.values())) if only else "month"
    periods: dict[date, Period] = {}
    for id, metric in only.items():
        if metric.grain == grain and id not in failed:
            with _noted(failed, id):
                periods.update({period.start: period for period in portal.periods(id)})
    if failed and len(failed) == len(only):
        raise next(iter(failed.values()))
    ordered = tuple(periods[start] for start in sorted(periods))
    scope = own_records.words(portal, report)
    last = max((p.end for p in ordered), default=None)
    return Shared(
        report,
        only,
        refusals,
        {id: error.told for id, error in failed.items()},
        Allowed(
            choices,
            {**{n: n for n in choices}, **labels},
            tuple(sorted(periods)),
            last,
            screens=("0", "1"),
            hidden={
                parameter(name): reason
                for _, contract in metrics.values()
                for name, reason in portal.hidden(contract).items()
            },
        ),
        grain,
        ordered,
        own,
        labels,
        scope,
    )


@contextmanager
def _noted(failed: dict[str, WarehouseError], id: str) -> Iterator[None]:
    """Keeps what stands in a metric's way; the others go on."""
    try:
        yield
    except WarehouseError as error:
        failed[id] = error
