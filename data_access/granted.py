"""What one grant may ask, answered and protected, but without a record of it.

``viewer_portal`` records what people ask. ``background`` asks ahead of them, when there is nobody to record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import get_args

from data_access.access.disclosure import protect
from data_access.access.grant import Grant, RowLimits, Scope
from data_access.answering.answer import answer
from data_access.answering.calendar import period_start
from data_access.answering.periods import periods_of
from data_access.answering.validate import require_dimensions, validated
from data_access.definitions.models import BLANK, Contract, Grain, Metric, PortalSettings, Report
from data_access.errors import NotAsAgreed, Refused, did_you_mean
from data_access.installation import Installation
from data_access.questions import Answer, Choice, Period, Query, Trend
from data_access.sight import Sight
from data_access.trends import trend_of

NOT_RECORDED = "Not recorded"
GRAINS: tuple[Grain, ...] = get_args(Grain)  # the finest first


class Granted:
    """An installation within one grant. ``sight``: what it sees of the data; by default its own."""

    def __init__(self, installation: Installation, grant: Grant, sight: Sight | None = None) -> None:
        self.installation = installation
        self.grant = grant
        self.sight = sight or Sight(installation.warehouse)

    @property
    def settings(self) -> PortalSettings:
        """The portal's own settings: names, confidence bands, the disclosure threshold."""
        return self.installation.configuration.portal

    @property
    def today(self) -> date:
        """The portal's day."""
        return self.installation.configuration.today

    def reports(self) -> tuple[Report, ...]:
        """The reports the grant opens, by title."""
        found = self.installation.configuration.reports.values()
        return tuple(sorted((r for r in found if self.grant.report(r).allowed), key=lambda report: report.title))

    def report(self, report_id: str) -> Report:
        """A report by its id. Raises Refused with the reason, which tells nothing of a closed report but its id."""
        report = self.installation.configuration.reports.get(report_id)
        if report is None:
            near = did_you_mean(report_id, (report.id for report in self.reports()))
            raise Refused(f"There is no report '{report_id[:80]}' that you may open.{near}")
        decision = self.grant.report(report)
        if not decision.allowed:
            raise Refused(decision.reason)
        return report

    def metric(self, metric_id: str, report_id: str | None = None) -> tuple[Metric, Contract, Scope]:
        """A metric, for a report where one is given, with how far it may be asked about. Raises Refused."""
        configuration = self.installation.configuration
        metric = configuration.metrics.get(metric_id)
        if metric is None:
            known = (m.id for m in configuration.metrics.values() if self.grant.metric(m).decision.allowed)
            near = did_you_mean(metric_id, known)
            raise Refused(f"There is no metric '{metric_id[:80]}' that you may open.{near}")
        scope = self._scope(metric, report_id)
        if not scope.decision.allowed:
            raise Refused(scope.decision.reason)
        contract = configuration.contracts[metric.dataset]
        # A hidden dimension closes itself, not every page that would offer it as a filter.
        hidden = self.grant.hidden(contract)
        usable = tuple(name for name in metric.dimensions if name not in hidden)
        return metric.model_copy(update={"dimensions": usable}), contract, scope

    def answer(self, query: Query, metric: Metric, contract: Contract, scope: Scope) -> Answer:
        """The answer, from the cache where it is there. Raises Refused, QuestionError, WarehouseError."""
        self.require_usable((*query.by, *(name for name, _ in query.where)), metric, contract, scope)
        self._require_whole_periods(query, metric, contract)
        question = validated(query, metric, contract, scope.limits)
        installation = self.installation
        generation = self.sight.generation()
        key = (self.grant.key, scope, query, generation.version, self.today)
        found = installation.answers.get(key)
        if found is None:
            with _named(contract):
                raw = answer(question, generation, installation.condenser, self.settings, self.today)
            threshold = self.settings.disclosure.threshold
            found = protect(raw, contract, threshold, exact=self.grant.sees("exact_counts"))
            installation.answers.put(key, found)
        return found

    def periods(self, metric: Metric, contract: Contract) -> tuple[Period, ...]:
        """The metric's periods at its own grain, from its first certain record to today. Raises WarehouseError."""
        generation = self.sight.generation()
        with _named(contract):
            return periods_of(metric, contract, generation, self.installation.condenser, self.settings, self.today)

    def trend(self, metric: Metric, contract: Contract, scope: Scope) -> Trend | None:
        """The metric's latest figure and those before it; None where it has no period. Raises like ``answer``."""
        with self.sight.held():
            periods = self.periods(metric, contract)
            return trend_of(metric, periods, lambda query: self.answer(query, metric, contract, scope))

    def choices(self, dimension: str, metric: Metric, contract: Contract, scope: Scope) -> tuple[Choice, ...]:
        """The values that a dimension can be filtered by, within the row rules. Raises Refused, QuestionError."""
        self.require_usable((dimension,), metric, contract, scope)
        column = contract.columns[dimension]
        limited = dict(scope.limits).get(dimension)
        if limited is not None:
            codes: Iterable[str] = [code for code in column.values or sorted(limited) if code in limited]
        elif column.values:
            codes = column.values
        elif scope.limits:
            # Without a code list, what is recorded shows only in the viewer's own rows.
            rows = self.answer(Query(metric.id, by=(dimension,)), metric, contract, scope).rows
            codes = [str(row.keys[0]) for row in rows if row.keys[0] not in (None, BLANK)]
        else:
            generation = self.sight.generation()
            with _named(contract):
                codes = self.installation.condenser.distinct(generation, contract, dimension)
        found = [Choice(code, column.values.get(code, code)) for code in codes]
        blank = limited is None and not column.required
        return (*found, *((Choice(BLANK, NOT_RECORDED),) if blank else ()))

    def require_usable(self, names: tuple[str, ...], metric: Metric, contract: Contract, scope: Scope) -> None:
        """Raises Refused for a hidden column before anything is said of its values, QuestionError for an unknown."""
        hidden = self.grant.hidden(contract)
        for name in names:
            if name in hidden:
                raise Refused(hidden[name])
        require_dimensions(names, metric, tuple(contract.columns) if scope.every_column else metric.dimensions)

    def _require_whole_periods(self, query: Query, metric: Metric, contract: Contract) -> None:
        """Raises Refused where days of a hidden date could be told apart: a known birthday would name a person."""
        reason = self.grant.hidden(contract).get(metric.time)
        if reason is None:
            return
        cut = [day for day in (query.start, query.end and query.end + timedelta(days=1)) if day is not None]
        starts = (period_start(day, metric.grain, self.settings.year_start) == day for day in cut)
        finer = query.over is not None and GRAINS.index(query.over) < GRAINS.index(metric.grain)
        if finer or not all(starts):
            raise Refused(f"{reason} Ask for whole periods: each {metric.grain}, or longer.")

    def _scope(self, metric: Metric, report_id: str | None) -> Scope:
        if report_id is None:
            return self.grant.metric(metric)
        report = self.report(report_id)
        if metric.id not in report.metrics:
            raise Refused(f"The report '{report.title}' does not have the metric '{metric.id}'.")
        return self.grant.scope_in(report, metric)


@contextmanager
def _named(contract: Contract) -> Iterator[None]:
    """What is wrong with a dataset's own records is told with its name and whom to ask."""
    try:
        yield
    except NotAsAgreed as error:
        contact = contract.contact
        ask = f" Ask {contact.name}, who looks after these data." if contact else ""
        raise NotAsAgreed(f"{contract.name}: {error.message}", told=f"{contract.name}: {error.told}{ask}") from error


def slice_words(contract: Contract, limits: RowLimits) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Row limits as a reader knows them: the columns' labels with the names of their codes."""
    columns = contract.columns
    return tuple(
        (columns[name].label, tuple(columns[name].values.get(code, code) for code in sorted(values)))
        for name, values in limits
    )
