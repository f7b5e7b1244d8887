"""The portal as one viewer may use it: resolves their rights, asks, protects the figures, leaves a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

from data_access.access.disclosure import protect
from data_access.access.grant import Decision, Grant, Scope
from data_access.answering.answer import answer
from data_access.answering.periods import periods_of
from data_access.answering.quality import quality
from data_access.answering.validate import require_dimensions, validated
from data_access.definitions.models import BLANK, Contract, Metric, PortalSettings, Report
from data_access.errors import PlumblineError, QuestionError, Refused, did_you_mean
from data_access.installation import Installation
from data_access.questions import Answer, CheckResult, Choice, Key, Period, Query
from data_access.state.audit import record

NOT_RECORDED, NOT_KNOWN = "Not recorded", "Not known (in doubt)"


class ViewerPortal:
    """What one viewer may ask and open. Every refusal and every answer leaves an audit record."""

    def __init__(self, installation: Installation, grant: Grant) -> None:
        self._installation = installation
        self.grant = grant
        self.viewer = grant.viewer

    @property
    def settings(self) -> PortalSettings:
        """The portal's own settings: names, confidence bands, the disclosure threshold."""
        return self._installation.configuration.portal

    @property
    def today(self) -> date:
        """The portal's day."""
        return self._installation.configuration.today

    def page(self, page: str) -> Decision:
        """Whether the viewer may open a page."""
        return self.grant.page(page)

    def reports(self) -> tuple[Report, ...]:
        """The reports the viewer may open, by title."""
        found = self._installation.configuration.reports.values()
        return tuple(sorted((r for r in found if self.grant.report(r).allowed), key=lambda report: report.title))

    def report(self, report_id: str) -> Report:
        """A report by its id. Raises Refused with the reason, which tells nothing of a closed report but its id."""
        with self._refusals_noted("report", report_id):
            return self._report(report_id)

    def metric(self, metric_id: str) -> tuple[Metric, Contract]:
        """A metric, with the dimensions that the viewer may use, and its dataset's contract. Raises Refused."""
        with self._refusals_noted("metric", metric_id):
            return self._metric(metric_id)[:2]

    def ask(self, query: Query, *, report: str | None = None) -> Answer:
        """Answers a question. Raises Refused, QuestionError, WarehouseError. Leaves an audit record either way.

        ``report``: the report it is asked for; a scoped one keeps to the viewer's own records.
        """
        asked = {name: value for name, value in (asdict(query) | {"report": report}).items() if value}
        detail = {name: str(value) if isinstance(value, date) else value for name, value in asked.items()}
        with self._refusals_noted("ask", query.metric, detail):
            metric, contract, scope = self._metric(query.metric, report)
            found = self._answer(query, metric, contract, scope)
        self._note("ask", query.metric, detail, allowed=True, reason=scope.decision.reason)
        return found

    def slice_of(self, report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slice that a scoped report shows this viewer: column labels with their values; empty for everything."""
        found: dict[str, tuple[str, ...]] = {}
        for metric_id in report.metrics if report.scoped else ():
            metric = self._installation.configuration.metrics[metric_id]
            columns = self._installation.configuration.contracts[metric.dataset].columns
            for name, values in self.grant.scope_in(report, metric).limits:
                found[columns[name].label] = tuple(columns[name].values.get(code, code) for code in sorted(values))
        return tuple(found.items())

    def choices(self, metric_id: str, dimension: str, report: str | None = None) -> tuple[Choice, ...]:
        """The values a metric's dimension can be filtered by, within the viewer's row rules. Raises Refused."""
        with self._refusals_noted("choices", f"{metric_id}: {dimension}"):
            metric, contract, scope = self._metric(metric_id, report)
            self._require_usable((dimension,), metric, contract, scope)
            column = contract.columns[dimension]
            limited = dict(scope.limits).get(dimension)
            if limited is not None:
                codes: Iterable[str] = [code for code in column.values or sorted(limited) if code in limited]
            elif column.values:
                codes = column.values
            elif scope.limits:
                # Without a code list, what is recorded shows only in the viewer's own rows.
                rows = self._answer(Query(metric_id, by=(dimension,)), metric, contract, scope).rows
                codes = [str(row.keys[0]) for row in rows if row.keys[0] not in (None, BLANK)]
            else:
                generation = self._installation.warehouse.generation()
                codes = self._installation.condenser.distinct(generation, contract, dimension)
        found = [Choice(code, column.values.get(code, code)) for code in codes]
        blank = limited is None and not column.required
        return (*found, *((Choice(BLANK, NOT_RECORDED),) if blank else ()))

    def label(self, metric_id: str, dimension: str, key: Key) -> str:
        """A dimension's value in words: the code's name, *Not recorded*, or *Not known (in doubt)*."""
        if key is None:
            return NOT_KNOWN
        if key == BLANK:
            return NOT_RECORDED
        metric = self._installation.configuration.metrics[metric_id]
        column = self._installation.configuration.contracts[metric.dataset].columns[dimension]
        return column.values.get(str(key), str(key))

    def periods(self, metric_id: str) -> tuple[Period, ...]:
        """The metric's periods at its own grain, from its first certain record to today. Raises Refused."""
        with self._refusals_noted("metric", metric_id):
            metric, contract, _ = self._metric(metric_id)
            generation = self._installation.warehouse.generation()
            return periods_of(metric, contract, generation, self._installation.condenser, self.settings, self.today)

    def quality(self, dataset: str | None = None) -> tuple[CheckResult, ...]:
        """Every check of a dataset, or of all those whose records the viewer may count without row rules.

        Raises Refused, QuestionError, WarehouseError.
        """
        configuration = self._installation.configuration
        contracts = configuration.contracts
        with self._refusals_noted("quality", dataset or "every dataset"):
            if dataset is not None and dataset not in contracts:
                granted = (name for name, contract in contracts.items() if self.grant.dataset(contract).allowed)
                raise QuestionError(f"There is no dataset '{dataset[:80]}'.{did_you_mean(dataset, granted)}")
            wanted = [contracts[dataset]] if dataset else list(contracts.values())
            decisions = {contract.id: self.grant.whole_dataset(contract) for contract in wanted}
            if dataset and not decisions[dataset].allowed:
                raise Refused(decisions[dataset].reason)
            generation = self._installation.warehouse.generation()
            results = tuple(
                result
                for contract in wanted
                if decisions[contract.id].allowed
                for result in quality(
                    contract, configuration.metrics.values(), generation, self._installation.condenser, self.today
                )
            )
        self._note("quality", dataset or "every dataset", {}, allowed=True, reason="the datasets are granted")
        return results

    def _answer(self, query: Query, metric: Metric, contract: Contract, scope: Scope) -> Answer:
        self._require_usable((*query.by, *(name for name, _ in query.where)), metric, contract, scope)
        question = validated(query, metric, contract, scope.limits)
        installation = self._installation
        generation = installation.warehouse.generation()
        key = (self.grant.key, scope, query, generation.version, self.today)
        found = installation.remembered(key)
        if found is None:
            raw = answer(question, generation, installation.condenser, self.settings, self.today)
            threshold = self.settings.disclosure.threshold
            found = protect(raw, contract, threshold, exact=self.grant.sees("exact_counts"))
            installation.remember(key, found)
        return found

    def _require_usable(self, names: tuple[str, ...], metric: Metric, contract: Contract, scope: Scope) -> None:
        """Raises Refused for a hidden column before anything is said of its values, QuestionError for an unknown."""
        hidden = self.grant.hidden(contract)
        for name in names:
            if name in hidden:
                raise Refused(hidden[name])
        require_dimensions(names, metric, tuple(contract.columns) if scope.every_column else metric.dimensions)

    def _report(self, report_id: str) -> Report:
        report = self._installation.configuration.reports.get(report_id)
        if report is None:
            near = did_you_mean(report_id, (report.id for report in self.reports()))
            raise Refused(f"There is no report '{report_id[:80]}' that you may open.{near}")
        decision = self.grant.report(report)
        if not decision.allowed:
            raise Refused(decision.reason)
        return report

    def _metric(self, metric_id: str, report_id: str | None = None) -> tuple[Metric, Contract, Scope]:
        configuration = self._installation.configuration
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

    def _scope(self, metric: Metric, report_id: str | None) -> Scope:
        if report_id is None:
            return self.grant.metric(metric)
        report = self._report(report_id)
        if metric.id not in report.metrics:
            raise Refused(f"The report '{report.title}' does not have the metric '{metric.id}'.")
        return self.grant.scope_in(report, metric)

    @contextmanager
    def _refusals_noted(self, action: str, subject: str, detail: Mapping[str, object] | None = None) -> Iterator[None]:
        """Whatever is refused or goes wrong inside leaves a record with the reason."""
        try:
            yield
        except PlumblineError as error:
            self._note(action, subject, detail or {}, allowed=False, reason=error.message)
            raise

    def _note(self, action: str, subject: str, detail: Mapping[str, object], *, allowed: bool, reason: str) -> None:
        record(
            self._installation.state,
            username=self.viewer.username,
            action=action,
            subject=subject,
            detail=detail,
            allowed=allowed,
            reason=reason,
        )
