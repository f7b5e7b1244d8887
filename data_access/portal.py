"""The door: ``Portal.open(config).for_viewer(viewer).ask(query) -> Answer``.

Every page, export and command goes through it. Rights, disclosure control and audit are applied here and
nowhere else: an answer that leaves has been granted, protected and recorded, and so has every refusal.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from cachetools import LRUCache

from data_access.access.disclosure import protect
from data_access.access.grant import Decision, Grant, Scope, resolve
from data_access.access.viewer import Viewer
from data_access.answering.answer import answer, periods
from data_access.answering.calendar import Period
from data_access.answering.condense import Condenser
from data_access.answering.quality import quality
from data_access.answering.validate import validated
from data_access.definitions.load import load
from data_access.definitions.models import BLANK, Configuration, Contract, Metric, PortalSettings, Report
from data_access.errors import PlumblineError, QuestionError, Refused, WarehouseError, nearest
from data_access.questions import Answer, CheckResult, Choice, Key, Query
from data_access.state.audit import record
from data_access.state.store import StateStore
from data_access.warehouse.engine import Generation, connect

DEMONSTRATION_MARK = "plumbline_demonstration"
ANSWERS_KEPT = 4096
NOT_RECORDED, NOT_KNOWN = "Not recorded", "Not known (in doubt)"


class Portal:
    """An open installation: its configuration, its warehouse and its own memory. Safe for threads."""

    def __init__(self, configuration: Configuration) -> None:
        base = configuration.folder.resolve().parent
        self.configuration = configuration
        self.warehouse = connect(configuration.portal.warehouse, base)
        self.state = StateStore(configuration.portal.state, base)
        self.condenser = Condenser(lambda: configuration.today)
        self._answers: LRUCache[Hashable, Answer] = LRUCache(ANSWERS_KEPT)
        self._lock = threading.Lock()
        self._marked = ("", False)

    @classmethod
    def open(cls, folder: Path | str) -> Portal:
        """Opens the configuration in a folder. Raises DefinitionError with every problem.

        A warehouse that cannot be read just now does not stop the portal: each question says so.
        """
        return cls(load(Path(folder)))

    @property
    def demonstration(self) -> bool:
        """Whether the warehouse is the demonstration's; False while it cannot be read."""
        try:
            generation = self.warehouse.generation()
        except WarehouseError:
            return False
        version, marked = self._marked
        if version != generation.version:  # asked several times on every run of a page
            marked = generation.columns(DEMONSTRATION_MARK) is not None
            self._marked = (generation.version, marked)
        return marked

    def for_viewer(self, viewer: Viewer) -> ViewerPortal:
        """The portal as one viewer may use it."""
        return ViewerPortal(self, resolve(self.configuration, viewer))

    def remembered(self, key: Hashable) -> Answer | None:
        """An earlier answer under the same grant, question and data version."""
        with self._lock:
            return self._answers.get(key)

    def remember(self, key: Hashable, found: Answer) -> None:
        """Keeps an answer for the same grant, question and data version."""
        with self._lock:
            self._answers[key] = found


class ViewerPortal:
    """What one viewer may ask and open. Cheap to make: one is made on every run of a page."""

    def __init__(self, portal: Portal, grant: Grant) -> None:
        self._portal = portal
        self.grant = grant
        self.viewer = grant.viewer

    @property
    def settings(self) -> PortalSettings:
        """The portal's own settings: names, confidence bands, the disclosure threshold."""
        return self._portal.configuration.portal

    @property
    def today(self) -> date:
        """The portal's day."""
        return self._portal.configuration.today

    def page(self, page: str) -> Decision:
        """Whether the viewer may open a page."""
        return self.grant.page(page)

    def reports(self) -> tuple[Report, ...]:
        """The reports the viewer may open, by title."""
        found = self._portal.configuration.reports.values()
        return tuple(sorted((r for r in found if self.grant.report(r).allowed), key=lambda report: report.title))

    def report(self, report_id: str) -> Report:
        """A report by its id. Raises Refused with the reason, which tells nothing of a closed report but its id."""
        report = self._portal.configuration.reports.get(report_id)
        if report is None:
            raise self._refusal("report", report_id, _not_found("report", report_id, (r.id for r in self.reports())))
        decision = self.grant.report(report)
        if not decision.allowed:
            raise self._refusal("report", report_id, decision.reason)
        return report

    def metric(self, metric_id: str) -> tuple[Metric, Contract]:
        """A metric, with the dimensions that the viewer may use, and its dataset's contract. Raises Refused."""
        metric, contract, _ = self._metric(metric_id)
        return metric, contract

    def ask(self, query: Query, *, report: str | None = None) -> Answer:
        """Answers a question. Raises Refused, QuestionError, WarehouseError. Leaves an audit record either way.

        ``report``: the report it is asked for; a scoped one keeps to the viewer's own records.
        """
        asked = {name: value for name, value in asdict(query).items() if value}
        detail = {name: str(value) if isinstance(value, date) else value for name, value in asked.items()}
        if report is not None:
            detail["report"] = report
        try:
            metric, contract, scope = self._metric(query.metric, report, noted=False)
            found = self._answer(query, metric, contract, scope)
        except PlumblineError as error:
            self._note("ask", query.metric, detail, allowed=False, reason=error.message)
            raise
        self._note("ask", query.metric, detail, allowed=True, reason=scope.decision.reason)
        return found

    def slice_of(self, report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slice that a scoped report shows this viewer: column labels with their values; empty for everything."""
        found: dict[str, tuple[str, ...]] = {}
        for metric_id in report.metrics if report.scoped else ():
            metric = self._portal.configuration.metrics[metric_id]
            columns = self._portal.configuration.contracts[metric.dataset].columns
            for name, values in self.grant.scope_in(report, metric).limits:
                found[columns[name].label] = tuple(columns[name].values.get(code, code) for code in sorted(values))
        return tuple(found.items())

    def choices(self, metric_id: str, dimension: str, report: str | None = None) -> tuple[Choice, ...]:
        """The values a metric's dimension can be filtered by, within the viewer's row rules. Raises Refused."""
        metric, contract, scope = self._metric(metric_id, report)
        self._usable((dimension,), metric, contract, scope)
        column = contract.columns[dimension]
        generation = self._portal.warehouse.generation()
        codes = list(column.values) or list(self._portal.condenser.distinct(generation, contract, dimension))
        limited = dict(scope.limits).get(dimension)
        if limited is not None:
            return tuple(Choice(code, column.values.get(code, code)) for code in codes if code in limited)
        found = [Choice(code, column.values.get(code, code)) for code in codes]
        return (*found, *(() if column.required else (Choice(BLANK, NOT_RECORDED),)))

    def label(self, metric_id: str, dimension: str, key: Key) -> str:
        """A dimension's value in words: the code's name, *Not recorded*, or *Not known (in doubt)*."""
        if key is None:
            return NOT_KNOWN
        if key == BLANK:
            return NOT_RECORDED
        metric = self._portal.configuration.metrics[metric_id]
        column = self._portal.configuration.contracts[metric.dataset].columns[dimension]
        return column.values.get(str(key), str(key))

    def periods(self, metric_id: str) -> tuple[Period, ...]:
        """The metric's periods at its own grain, from its first certain record to today. Raises Refused."""
        metric, contract, _ = self._metric(metric_id)
        portal = self._portal
        return periods(metric, contract, portal.warehouse.generation(), portal.condenser, self.settings, self.today)

    def quality(self, dataset: str | None = None) -> tuple[CheckResult, ...]:
        """Every check of a dataset, or of all those the viewer may ask about. Raises Refused, WarehouseError."""
        contracts = self._portal.configuration.contracts
        if dataset is not None and dataset not in contracts:
            raise QuestionError(_not_found("dataset", dataset, contracts))
        wanted = [contracts[dataset]] if dataset else list(contracts.values())
        granted = [contract for contract in wanted if self.grant.dataset(contract).allowed]
        if dataset and not granted:
            raise self._refusal("quality", dataset, self.grant.dataset(contracts[dataset]).reason)
        self._note("quality", dataset or "every dataset", {}, allowed=True, reason="the datasets are granted")
        generation = self._portal.warehouse.generation()
        metrics = self._portal.configuration.metrics.values()
        return tuple(
            result
            for contract in granted
            for result in quality(contract, metrics, generation, self._portal.condenser, self.today)
        )

    def _answer(self, query: Query, metric: Metric, contract: Contract, scope: Scope) -> Answer:
        self._usable((*query.by, *(name for name, _ in query.where)), metric, contract, scope)
        question = validated(query, metric, contract, scope.limits, every_column=scope.every_column)
        generation = self._portal.warehouse.generation()
        key = (self.grant.key, scope.limits, query, generation.version, self.today)
        found = self._portal.remembered(key)
        if found is None:
            raw = answer(question, generation, self._portal.condenser, self.settings, self.today)
            threshold = self.settings.disclosure.threshold
            found = protect(raw, contract, threshold, exact=self.grant.sees("exact_counts"))
            self._portal.remember(key, found)
        return found

    def _usable(self, names: tuple[str, ...], metric: Metric, contract: Contract, scope: Scope) -> None:
        """Raises Refused for a hidden column, before anything is said about its values."""
        hidden = self.grant.hidden(contract)
        for name in names:
            if name in hidden:
                raise Refused(hidden[name])
            allowed = tuple(contract.columns) if scope.every_column else metric.dimensions
            if name not in allowed:
                near = nearest(name, allowed)
                hint = f" Did you mean '{near}'?" if near else ""
                raise QuestionError(f"'{name[:80]}' is not a dimension of {metric.name}.{hint}")

    def _metric(
        self, metric_id: str, report_id: str | None = None, *, noted: bool = True
    ) -> tuple[Metric, Contract, Scope]:
        configuration = self._portal.configuration
        metric = configuration.metrics.get(metric_id)
        if metric is None:
            known = (m.id for m in configuration.metrics.values() if self.grant.metric(m).decision.allowed)
            reason = _not_found("metric", metric_id, known)
            raise self._refusal("metric", metric_id, reason) if noted else Refused(reason)
        scope = self._scope(metric, report_id)
        if not scope.decision.allowed:
            raise self._refusal("metric", metric_id, scope.decision.reason) if noted else Refused(scope.decision.reason)
        contract = configuration.contracts[metric.dataset]
        # A hidden dimension closes itself, not every page that would offer it as a filter.
        hidden = self.grant.hidden(contract)
        usable = tuple(name for name in metric.dimensions if name not in hidden)
        return metric.model_copy(update={"dimensions": usable}), contract, scope

    def _scope(self, metric: Metric, report_id: str | None) -> Scope:
        if report_id is None:
            return self.grant.metric(metric)
        report = self._portal.configuration.reports.get(report_id)
        if report is None:
            return Scope(Decision(False, _not_found("report", report_id, (r.id for r in self.reports()))))
        decision = self.grant.report(report)
        if not decision.allowed:
            return Scope(decision)
        if metric.id not in report.metrics:
            return Scope(Decision(False, f"The report '{report.title}' does not have the metric '{metric.name}'."))
        return self.grant.scope_in(report, metric)

    def _refusal(self, action: str, subject: str, reason: str) -> Refused:
        self._note(action, subject, {}, allowed=False, reason=reason)
        return Refused(reason)

    def _note(self, action: str, subject: str, detail: dict[str, object], *, allowed: bool, reason: str) -> None:
        record(
            self._portal.state,
            username=self.viewer.username,
            action=action,
            subject=subject,
            detail=detail,
            allowed=allowed,
            reason=reason,
        )


def _not_found(what: str, name: str, known: object) -> str:
    near = nearest(name, known)  # type: ignore[arg-type]
    hint = f" Did you mean '{near}'?" if near else ""
    return f"There is no {what} '{name[:80]}' that you may open.{hint}"


__all__ = ["Generation", "Period", "Portal", "ViewerPortal"]
