"""Every answer and every refusal leaves a record of who asked what, and why it was allowed or not."""

from __future__ import annotations

import contextlib
from datetime import date

from sqlalchemy import select

from data_access.errors import PlumblineError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.state.audit import AuditEntry
from tests.leaks.conftest import door


def entries(portal: Portal) -> list[AuditEntry]:
    with portal.state.session() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_an_answer_is_recorded_with_the_whole_question(portal: Portal) -> None:
    query = Query("children_seen", by=("team",), where=(("area", ("N",)),), start=date(2026, 1, 1), over="month")
    door(portal, "manager").ask(query)
    entry = entries(portal)[-1]
    assert (entry.username, entry.action, entry.subject, entry.allowed) == ("a manager", "ask", "children_seen", True)
    assert entry.detail["by"] == ["team"]
    assert entry.detail["where"] == [["area", ["N"]]]
    assert entry.detail["start"] == "2026-01-01"
    assert "manager" in entry.reason


def test_an_answer_from_the_cache_is_recorded_too(portal: Portal) -> None:
    for _ in range(3):
        door(portal, "manager").ask(Query("children_seen"))
    assert len([entry for entry in entries(portal) if entry.action == "ask"]) == 3


def test_every_kind_of_refusal_is_recorded_once_with_its_reason(portal: Portal) -> None:
    outsider = door(portal, "outsider")
    manager = door(portal, "manager")
    wrong = [
        lambda: outsider.ask(Query("children_seen")),
        lambda: outsider.report("county"),
        lambda: outsider.metric("children_seen"),
        lambda: outsider.quality("children"),
        lambda: manager.ask(Query("children_seen", by=("nonsense",))),
        lambda: manager.ask(Query("children_seen", by=("nhs_number",))),
        lambda: manager.ask(Query("nonsense")),
    ]
    for ask in wrong:
        before = len(entries(portal))
        with contextlib.suppress(PlumblineError):
            ask()
        added = entries(portal)[before:]
        assert [entry.allowed for entry in added] == [False]
        assert added[0].reason
