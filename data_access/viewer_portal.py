"""The portal as one viewer may use it: resolves their rights, asks, protects the figures, leaves a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import date

from data_access.access.grant import Decision, Grant
from data_access.answering.quality import quality
from data_access.definitions.models import BLANK, Contract, Metric, PortalSettings, Report
from data_access.errors import PlumblineError, QuestionError, Refused, WarehouseError, did_you_mean
from data_access.granted import NOT_RECORDED, Granted, slice_words
from data_access.installation import Installation
from data_access.overview import overview
from data_access.questions import Answer, CheckResult, Choice, Condition, Key, Overview, Period, Query, Trend
from data_access.sight import Sight
from data_access.state.audit import record
from data_access.take_away import taking
from data_access.take_away.table import Table, TakenAway
from data_access.trends import Where, trend_of

NOT_KNOWN = "Not known (in doubt)"


class ViewerPortal:
    """What one viewer may ask and open. Every refusal and every answer leaves an audit record."""

    def __init__(self, installation: Installation, grant: Grant, sight: Sight | None = None) -> None:
        self._installation = installation
        self._granted = Granted(installation, grant, sight)
        self.grant = grant
        self.viewer = grant.viewer

    @property
    def settings(self) -> PortalSettings:
        """The portal's own settings: names, confidence bands, the disclosure threshold."""
        return self._granted.settings

    @property
    def today(self) -> date:
        """The portal's day."""
        return self._granted.today

    def page(self, page: str) -> Decision:
        """Whether the viewer may open a page."""
        return self.grant.page(page)

    def condition(self) -> Condition | None:
        """What is wrong with the configuration and the tables: for the right ``administer``, None for all others."""
        return self._installation.condition if self.grant.sees("administer") else None

    def on_shared_screen(self) -> ViewerPortal:
        """The same person's portal as a room may see it: no exact counts of people, no personal columns."""
        return ViewerPortal(self._installation, self.grant.on_shared_screen(), self._granted.sight)

    def of_one_version(self) -> AbstractContextManager[None]:
        """Within the block every figure is of the same data, also when the warehouse is replaced meanwhile."""
        return self._granted.sight.held()

    def data_version(self) -> str | None:
        """A name for the data that the next answer is of; None while the warehouse cannot be read. Asks nothing."""
        try:
            return self._granted.sight.generation().version
        except WarehouseError:
            return None

    def opens_on_shared_screen(self, report: Report) -> bool:
        """Whether the viewer's report opens for a shared screen unless its address says otherwise."""
        return self.grant.opens_on_shared_screen(report)

    def hidden(self, contract: Contract) -> Mapping[str, str]:
        """The columns that the viewer may neither filter by nor break down by, each with the reason."""
        return self.grant.hidden(contract)

    def reports(self) -> tuple[Report, ...]:
        """The reports the viewer may open, by title."""
        return self._granted.reports()

    def report(self, report_id: str) -> Report:
        """A report by its id. Raises Refused with the reason, which tells nothing of a closed report but its id."""
        with self._refusals_noted("report", report_id):
            return self._granted.report(report_id)

    def metric(self, metric_id: str) -> tuple[Metric, Contract]:
        """A metric, with the dimensions that the viewer may use, and its dataset's contract. Raises Refused."""
        with self._refusals_noted("metric", metric_id):
            return self._granted.metric(metric_id)[:2]

    def ask(self, query: Query, *, report: str | None = None) -> Answer:
        """Answers a question. Raises Refused, QuestionError, WarehouseError. Leaves an audit record either way.

        ``report``: the report it is asked for; a scoped one keeps to the viewer's own records.
        """
        detail = _asked(query) | ({"report": report} if report else {})
        with self._installation.asking, self._refusals_noted("ask", query.metric, detail):
            metric, contract, scope = self._granted.metric(query.metric, report)
            found = self._granted.answer(query, metric, contract, scope)
        self._note("ask", query.metric, detail, allowed=True, reason=scope.decision.reason)
        return found

    def trend(
        self, metric_id: str, *, where: Where = (), day: date | None = None, report: str | None = None
    ) -> Trend | None:
        """The metric's figure for the period that holds the day, and those before it; without a day the latest.

        None where it has no such period. Raises and records as ``ask`` does.
        """
        with self.of_one_version():
            metric, _ = self.metric(metric_id)
            periods = self.periods(metric_id)
            return trend_of(metric, periods, lambda query: self.ask(query, report=report), where=where, day=day)

    @property
    def prepared_ahead(self) -> bool:
        """Whether figures that are not there yet are being worked out without anybody waiting for them."""
        return self._installation.hurried is not None

    def overview(self, *, wait: bool) -> Overview:
        """Where every metric stands that the viewer may ask about, and what is late. Raises WarehouseError.

        ``wait``: work out now what is not there yet; otherwise it is counted as waiting, and whatever works ahead
        takes this viewer's figures first. Leaves one audit record, which names the metrics shown.
        """
        with self._refusals_noted("overview", "home"):
            found = overview(self._granted, wait=wait)
        if found.waiting and (hurried := self._installation.hurried) is not None:
            hurried.put(self.grant)
        shown = [standing for standing in found.standings if not standing.waiting]
        detail = {"metrics": [*dict.fromkeys(standing.metric.id for standing in shown)]}
        if own := [f"{standing.metric.id}: {standing.slice}" for standing in shown if standing.slice]:
            detail["own_records"] = own
        self._note("overview", "home", detail, allowed=True, reason="each by its own right")
        return found

    def offer(self, table: Table) -> str | None:
        """A table of a page, sealed for this viewer to take away; None where they lack the right ``export``."""
        return taking.offered(self._granted, table)

    def take_away(self, offer: str) -> TakenAway:
        """An offered table as files, asked anew under the rights that the viewer has now.

        Raises Refused, QuestionError, WarehouseError, and StateError where it cannot be recorded. Leaves one audit
        record, with every question and the number of rows.
        """
        with self._refusals_noted("take away", "a table"):
            table = taking.table_of(self._granted, offer)
        subject = ", ".join(part.rows.metric for part in table.parts)
        detail = {"title": table.title, "report": table.report, "questions": [_asked(p.rows) for p in table.parts]}
        with self._refusals_noted("take away", subject, detail), self.of_one_version():
            made = taking.taken(self._granted, table, self.label)
        self._note("take away", subject, detail | {"rows": made.rows}, allowed=True, reason=self.grant.export().reason)
        return made

    def slice_of(self, report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slice that a scoped report shows this viewer: column labels with their values; empty for everything."""
        found: dict[str, tuple[str, ...]] = {}
        for metric_id in report.metrics if report.scoped else ():
            metric = self._installation.configuration.metrics[metric_id]
            contract = self._installation.configuration.contracts[metric.dataset]
            found.update(slice_words(contract, self.grant.scope_in(report, metric).limits))
        return tuple(found.items())

    def choices(self, metric_id: str, dimension: str, report: str | None = None) -> tuple[Choice, ...]:
        """The values a metric's dimension can be filtered by, within the viewer's row rules. Raises Refused."""
        with self._installation.asking, self._refusals_noted("choices", f"{metric_id}: {dimension}"):
            metric, contract, scope = self._granted.metric(metric_id, report)
            found = self._granted.choices(dimension, metric, contract, scope)
        if not contract.columns[dimension].values:  # then they were read from the records
            subject, reason = f"{metric_id}: {dimension}", scope.decision.reason
            self._note("choices", subject, {"values": len(found)}, allowed=True, reason=reason)
        return found

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
        with self._installation.asking, self._refusals_noted("metric", metric_id):
            metric, contract, _ = self._granted.metric(metric_id)
            return self._granted.periods(metric, contract)

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
            generation = self._granted.sight.generation()
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
            reason=f"On a shared screen: {reason}" if self.grant.shared_screen else reason,
        )


def _asked(query: Query) -> dict[str, object]:
    """The question for the audit: what was left open is left out."""
    asked = {name: value for name, value in asdict(query).items() if value}
    return {name: str(value) if isinstance(value, date) else value for name, value in asked.items()}
