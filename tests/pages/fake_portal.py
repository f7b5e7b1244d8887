"""A stand-in for the door: the same methods, made-up rows, every odd case that a page must survive.

The figures are a pure function of the question, so that a filter visibly changes them and a picture
can be taken twice. Used by ``harness.py`` (to look at) and by the page tests (to assert).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data_access.access.grant import Decision, Grant
from data_access.access.viewer import Viewer
from data_access.definitions.models import Contract, Metric, PortalSettings, Report
from data_access.errors import QuestionError, Refused
from data_access.questions import Answer, Fact, Key, Overview, Query, Row, Trend, Verdict
from data_access.take_away.table import Table
from data_access.trends import Where, trend_of
from tests.pages import fake_overview
from tests.pages.fake_definitions import CONTRACTS, METRICS, REPORTS

TODAY = date(2026, 10, 31)


@dataclass(frozen=True)
class FakeChoice:
    value: str
    label: str


@dataclass(frozen=True)
class FakePeriod:
    start: date
    end: date
    partial: bool


class FakePortal:
    """What ``Portal.for_viewer`` gives, without a warehouse."""

    settings = PortalSettings(
        name="Essex performance portal", organisation="Essex County Council", warehouse="duckdb://none", today=TODAY
    )
    viewer = Viewer("manager", "Morgan Ellis", ("manager",))

    grant = Grant(viewer, None, ())

    today = TODAY
    waiting = 0  # of home's figures

    def __init__(self) -> None:
        self.asked: list[tuple[Query, str | None]] = []

    @property
    def prepared_ahead(self) -> bool:
        return self.waiting > 0

    def of_one_version(self) -> AbstractContextManager[None]:
        return nullcontext()

    def data_version(self) -> str | None:
        return "made up"

    def page(self, page: str) -> Decision:
        return Decision(True, f"everybody may open {page}")

    def overview(self, *, wait: bool) -> Overview:
        return fake_overview.overview(self, 0 if wait else self.waiting)

    def reports(self) -> tuple[Report, ...]:
        return tuple(REPORTS.values())

    def report(self, id: str) -> Report:
        if id not in REPORTS:
            raise Refused("There is no report here that you may open.")
        return REPORTS[id]

    def on_shared_screen(self) -> FakePortal:
        return self

    def opens_on_shared_screen(self, _report: Report) -> bool:
        return False

    def hidden(self, _contract: Contract) -> Mapping[str, str]:
        return {}

    def metric(self, id: str) -> tuple[Metric, Contract]:
        if id not in METRICS:
            raise Refused("There is no metric here that you may open.")
        return METRICS[id], CONTRACTS[METRICS[id].dataset]

    def slice_of(self, report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("Quadrant", ("North East",)),) if report.scoped else ()

    def choices(self, metric_id: str, dimension: str, report: str | None = None) -> tuple[FakeChoice, ...]:
        assert report is None or metric_id in self.report(report).metrics
        metric, contract = self.metric(metric_id)
        if dimension not in metric.dimensions:
            raise QuestionError(f"{metric.name} has no dimension {dimension}.")
        choices = [FakeChoice(value, label) for value, label in contract.columns[dimension].values.items()]
        if not contract.columns[dimension].required:
            choices.append(FakeChoice("(blank)", "Not recorded"))
        return tuple(choices)

    def label(self, metric_id: str, dimension: str, key: Key) -> str:
        if key is None:
            return "Not known (in doubt)"
        return {choice.value: choice.label for choice in self.choices(metric_id, dimension)}[str(key)]

    def offer(self, table: Table) -> str | None:  # noqa: ARG002
        return None

    def periods(self, metric_id: str) -> tuple[FakePeriod, ...]:
        return tuple(periods(METRICS[metric_id].grain))

    def trend(self, id: str, *, where: Where = (), day: date | None = None, report: str | None = None) -> Trend | None:
        metric, _ = self.metric(id)
        return trend_of(metric, self.periods(id), lambda query: self.ask(query, report=report), where=where, day=day)

    def ask(self, query: Query, *, report: str | None = None) -> Answer:
        """Rows for the question; raises QuestionError for a value that is no choice."""
        self.asked.append((query, report))
        metric, contract = self.metric(query.metric)
        for dimension, values in query.where:
            known = {choice.value for choice in self.choices(metric.id, dimension)}
            if unknown := set(values) - known:
                raise QuestionError(f"{sorted(unknown)[0]} is not a value of {dimension}.")
        assessed = ("requested_on", "decision") if metric.id == "requests_not_assessed" else True
        return Answer(
            query=query,
            metric=metric,
            contract=contract,
            rows=tuple(_rows(self, metric, query)),
            as_of=TODAY,
            assessed=assessed,
            fit="Attested on 1 Mar 2026 by Director of Education; review due 1 Mar 2027",
            notes=("Dates before April 2021 were not moved to the present system.",) if assessed is True else (),
            generation="1",
        )


def periods(grain: str) -> Iterator[FakePeriod]:
    """The periods of a grain from April 2021 to today, the last one perhaps partial."""
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    year, month = 2021, 4
    while date(year, month, 1) <= TODAY:
        start = date(year, month, 1)
        last = month - 1 + months
        end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
        yield FakePeriod(start, min(end, TODAY), end > TODAY)
        year, month = year + last // 12, last % 12 + 1


def _rows(portal: FakePortal, metric: Metric, query: Query) -> Iterator[Row]:
    slices: list[tuple[Key, ...]] = [()]
    for dimension in query.by:
        chosen = dict(query.where).get(dimension)
        keys: list[Key] = [c.value for c in portal.choices(metric.id, dimension) if not chosen or c.value in chosen]
        slices = [(*one, key) for one in slices for key in [*keys, None]]
    spans = [FakePeriod(query.start or date(2021, 4, 1), query.end or TODAY, False)]
    if query.over:
        spans = [p for p in periods(query.over) if p.end >= spans[0].start and p.start <= spans[0].end]
    for number, span in enumerate(spans):
        for keys_ in slices:
            row = _row(metric, query, span, keys_, number)
            if query.over is None:
                row = replace(row, period=None, period_end=None)
            yield row


def _row(metric: Metric, query: Query, span: FakePeriod, keys: tuple[Key, ...], number: int) -> Row:
    random_ = random.Random(f"{metric.id} {span.start} {keys} {query.where}")
    months = (span.start.year - 2021) * 12 + span.start.month
    doubtful = metric.id != "requests_answered_in_time" and (
        span.start >= date(2026, 3, 1) or metric.id == "requests_by_route" or None in keys
    )
    scale = 12 if keys or query.where else 1
    records = max(3, int(random_.gauss(512, 40)) // scale)
    in_doubt = int(records * random_.uniform(0.03, 0.12)) if doubtful else 0
    target = metric.target.value if metric.target else None
    if metric.type == "count":
        value: float | None = float(records - in_doubt // 2)
        low, high, spread = float(records - in_doubt), float(records), in_doubt / 5
    else:
        base = {"plans_issued_within_20_weeks": 62, "re_referrals": 20}.get(metric.id, 84)
        wave = 4 * (((months * 7) % 12) / 12 - 0.5)
        value = round(min(99.5, max(1, base + wave + random_.gauss(0, 1.5) + (random_.gauss(0, 7) if keys else 0))), 3)
        half = 60 * in_doubt / records
        low, high, spread = max(0.0, value - half), min(100.0, value + half * 0.7), half / 4
    row = Row(
        period=span.start,
        period_end=span.end,
        partial=span.partial,
        keys=keys,
        value=value,
        low=low,
        high=high,
        likely_low=max(low, value - spread),
        likely_high=min(high, value + spread),
        confidence=100 * (records - in_doubt) / records,
        records=records,
        in_doubt=in_doubt,
        target=target,
        verdict=_verdict(metric, low, high, value - spread, value + spread, target),
        fact=Fact(complete=100 - 100 * in_doubt / records, accurate=99.4 if in_doubt else 100.0, timely=100.0),
        doubts=(("issued_on_required", in_doubt - in_doubt // 4), ("request_before_issue", in_doubt // 4 + 1))
        if in_doubt
        else (),
    )
    return _odd(metric, row, span, keys, number)


def _odd(metric: Metric, row: Row, span: FakePeriod, keys: tuple[Key, ...], number: int) -> Row:
    """The cases that a page must survive: suppressed, no value, an open bound."""
    nothing = {"value": None, "low": None, "high": None, "likely_low": None, "likely_high": None, "verdict": None}
    if keys and keys[0] == "E07000074":
        return replace(
            row, **nothing, confidence=None, records=None, in_doubt=None, fact=None, suppressed=True, doubts=()
        )  # type: ignore[arg-type]
    if metric.id == "small_numbers":
        return replace(
            row, **nothing, confidence=None, records=None, in_doubt=None, fact=None, suppressed=True, doubts=()
        )  # type: ignore[arg-type]
    if metric.id == "nothing_counted":
        return replace(row, **nothing, confidence=None, records=0, in_doubt=0, doubts=())  # type: ignore[arg-type]
    if metric.id == "requests_by_route":
        return replace(row, high=None, likely_high=None, verdict=None)
    if metric.id == "plans_issued_within_20_weeks" and span.start == date(2025, 5, 1) and number:
        return replace(
            row, **nothing, confidence=None, records=None, in_doubt=None, fact=None, suppressed=True, doubts=()
        )  # type: ignore[arg-type]
    return row


def _verdict(
    metric: Metric, low: float, high: float, likely_low: float, likely_high: float, target: float | None
) -> Verdict | None:
    if target is None or metric.better == "neither":
        return None
    if metric.better == "lower":
        low, high, likely_low, likely_high, target = -high, -low, -likely_high, -likely_low, -target
    if low >= target:
        return "met"
    if high < target:
        return "missed"
    if likely_low >= target:
        return "likely_met"
    return "likely_missed" if likely_high < target else "cannot_tell"
