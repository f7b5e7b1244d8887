"""Everything that a grant may ask about at a glance: where each metric stands, and what is late.

``viewer_portal`` shows it to a person; ``background`` has each standing worked out before anybody comes.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data_access.access.grant import RowLimits, Scope
from data_access.answering.delivery import late
from data_access.answering.standing import awaited, reasons, urgency
from data_access.definitions.models import Contract, Metric
from data_access.errors import PlumblineError, Refused
from data_access.granted import Granted, slice_words
from data_access.questions import Delivery, Overview, Standing

log = logging.getLogger("plumbline")
NO_RECORDS = "There are no records yet."
FAILED = "This figure could not be worked out. Whoever looks after the portal finds the cause in its log."
SETTLED = (NO_RECORDS, FAILED)  # problems that another try with the same data does not cure


@dataclass(frozen=True)
class Place:
    """A metric in one scope: there is one figure for it, in however many reports it stands."""

    metric: Metric
    contract: Contract
    scope: Scope
    reports: tuple[str, ...] = ()


def overview(granted: Granted, *, wait: bool) -> Overview:
    """All standings, those that need attention first. Raises WarehouseError where there are no data at all.

    ``wait``: whether to work out what is not there yet.
    """
    with granted.sight.held():
        granted.sight.generation()  # raises, where each figure would only say so for itself
        standings = [standing(granted, place, wait=wait) for place in places(granted)]
    return Overview(tuple(sorted(standings, key=urgency)), _late(granted, standings))


def places(granted: Granted) -> tuple[Place, ...]:
    """Every metric that the grant opens, once for each extent of records that its reports show."""
    found: dict[tuple[str, RowLimits], Place] = {}
    shown = granted.reports()
    for metric_id in granted.installation.configuration.metrics:
        within = [report.id for report in shown if metric_id in report.metrics]
        for report in within or (None,):
            try:
                metric, contract, scope = granted.metric(metric_id, report)
            except Refused:
                continue
            place = found.setdefault((metric_id, scope.limits), Place(metric, contract, scope))
            if report is not None:
                found[metric_id, scope.limits] = replace(place, reports=(*place.reports, report))
    return tuple(found.values())


def standing(granted: Granted, place: Place, *, wait: bool) -> Standing:
    """One metric's standing; without ``wait`` a waiting one where it has not been worked out yet.

    A problem with one figure is told in its place, and tried again when somebody waits for it.
    """
    installation = granted.installation
    with granted.sight.held():
        version = granted.sight.generation().version
        key = (granted.grant.key, place.scope, place.metric.id, version, granted.today)
        found = installation.standings.get(key)
        if found is not None and not (wait and found.problem and found.problem not in SETTLED):
            return found
        empty = Standing(place.metric, place.contract, place.reports, slice_words(place.contract, place.scope.limits))
        if not wait:
            return replace(empty, waiting=True)
        found = _worked_out(granted, place, empty)
        installation.standings.put(key, found)
        return found


def _worked_out(granted: Granted, place: Place, empty: Standing) -> Standing:
    try:
        trend = granted.trend(place.metric, place.contract, place.scope)
    except PlumblineError as error:
        return replace(empty, problem=error.told)
    except Exception as error:  # one broken figure must not take all the others away
        log.error("Unexpected error in the overview, metric %s", place.metric.id, exc_info=error)
        return replace(empty, problem=FAILED)
    if trend is None:
        return replace(empty, problem=NO_RECORDS)
    bands = granted.settings.confidence
    return replace(empty, trend=trend, reasons=reasons(trend, bands), awaited=awaited(trend, place.contract))


def _late(granted: Granted, standings: Sequence[Standing]) -> tuple[Delivery, ...]:
    """The datasets behind the standings whose next data are late, the latest first."""
    newest: dict[str, tuple[Contract, date]] = {}
    for one in standings:
        if one.trend is not None and (day := one.trend.answer.as_of) is not None:
            known = newest.get(one.contract.id, (one.contract, day))
            newest[one.contract.id] = (one.contract, max(day, known[1]))
    found = [delivery for contract, day in newest.values() if (delivery := late(contract, day, granted.today))]
    return tuple(sorted(found, key=lambda delivery: (-delivery.days_late, delivery.contract.name)))
