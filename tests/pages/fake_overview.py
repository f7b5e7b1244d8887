"""What the fake portal says at a glance: its own figures judged as the door judges them, with some of them late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from data_access.answering.standing import awaited, reasons, urgency
from data_access.definitions.models import Rule
from data_access.questions import Delivery, Overview, Standing
from tests.pages.fake_definitions import CONTRACTS, METRICS

if TYPE_CHECKING:
    from tests.pages.fake_portal import FakePortal

DUE = date(2026, 10, 10)
FEED = Rule("request_before_issue", "The feed of the day has come", "custom", "timeliness", ("issued_on",))


def overview(portal: FakePortal, waiting: int) -> Overview:
    """Every metric, in the order in which it needs attention; of ``waiting`` of them there is no figure yet."""
    found = sorted((_standing(portal, metric_id) for metric_id in METRICS), key=urgency)
    ready = len(found) - waiting
    empty = [replace(one, trend=None, reasons=(), awaited=(), waiting=True) for one in found[ready:]]
    late = Delivery(CONTRACTS["foi_requests"], date(2026, 8, 31), DUE, (portal.today - DUE).days)
    return Overview((*found[:ready], *empty), (late,))


def _standing(portal: FakePortal, metric_id: str) -> Standing:
    metric, contract = portal.metric(metric_id)
    trend = portal.trend(metric_id)
    assert trend is not None
    fed = replace(contract, rules=(FEED,)) if metric_id == "plans_without_exceptions" else contract
    reports = tuple(report.id for report in portal.reports() if metric_id in report.metrics)
    why = reasons(trend, portal.settings.confidence)
    return Standing(metric, contract, reports, trend=trend, reasons=why, awaited=awaited(trend, fed))
