"""What home and the reports ask first is there before anybody comes, stays true, and never gets in anybody's way."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from data_access import background
from data_access.access.person import Person
from data_access.access.viewer import Viewer
from data_access.errors import WarehouseError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.trends import breakdown_query
from data_access.warehouse.duckdb_engine import DuckDBGeneration
from pages.server import lifespan
from tests.leaks.conftest import GROUPS, door, viewer, write_warehouse
from tests.leaks.test_audit import entries
from tests.overview.conftest import PEOPLE, Works, asking, ready, until


def done(one: background.Background) -> bool:
    """Whether a round has been gone through."""
    return one._done is not None


def test_home_and_the_first_look_at_a_report_ask_the_warehouse_nothing(
    portal: Portal, works_ahead: Works, runs: list[str]
) -> None:
    ahead = works_ahead()
    until(lambda: done(ahead))
    assert runs
    runs.clear()
    for person in PEOPLE:
        looking = portal.for_viewer(person)
        assert looking.overview(wait=False).waiting == 0
        for report in looking.reports():
            for section in report.sections:
                for metric_id in section.metrics:
                    trend = looking.trend(metric_id, report=report.id)
                    assert trend is not None
                    span = (trend.period.start, trend.period.end)
                    for dimension in trend.answer.metric.dimensions:
                        looking.choices(metric_id, dimension, report.id)
                    if section.breakdown:
                        looking.ask(breakdown_query(trend.answer.metric, section.breakdown, span), report=report.id)
    assert runs == []


def test_nobody_is_recorded_as_having_looked(portal: Portal, works_ahead: Works) -> None:
    ahead = works_ahead()
    until(lambda: done(ahead))
    assert entries(portal) == []


def test_new_data_are_worked_out_too(portal: Portal, works_ahead: Works, folder: Path) -> None:
    works_ahead()
    until(ready(portal))
    write_warehouse(folder.parent / "state" / "test.duckdb", [*GROUPS, ("N", 30, 30, 3)])

    def shown() -> list[float | None]:
        found = portal.for_viewer(viewer("manager")).overview(wait=False).standings
        return [one.trend.row.value for one in found if one.trend and one.metric.id == "children_seen"]

    until(lambda: shown() == [30.0])


def test_somebody_new_is_worked_for_too(portal: Portal, works_ahead: Works) -> None:
    people = [viewer("reader")]
    works_ahead(lambda: tuple(people))
    until(ready(portal, *people))
    south = viewer("staff", area="S")
    people.append(south)
    grant = portal.for_viewer(south).grant
    until(lambda: any(key[0] == grant.key for key in list(portal.standings._kept)))


def test_whoever_waits_for_their_home_page_is_served_without_being_among_the_people(
    portal: Portal, works_ahead: Works
) -> None:
    works_ahead(lambda: ())
    assert portal.for_viewer(viewer("manager")).prepared_ahead
    until(ready(portal, viewer("manager")))


def test_it_gives_way_to_questions_but_not_to_those_who_wait_for_it(
    portal: Portal, works_ahead: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "GIVE_WAY_FOR", 3600.0)
    with asking(portal):
        ahead = works_ahead()
        until(ready(portal, viewer("manager")))
        assert not done(ahead)
    until(lambda: done(ahead))


def test_a_busy_portal_does_not_stop_it_for_ever(
    portal: Portal, works_ahead: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "GIVE_WAY_FOR", 0.0)
    with asking(portal):
        ahead = works_ahead()
        until(lambda: done(ahead))


def test_a_warehouse_that_is_gone_is_said_once_and_made_up_for_when_it_is_back(
    portal: Portal, works_ahead: Works, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def people() -> tuple[Viewer, ...]:
        looks.append(1)
        return PEOPLE

    warehouse = folder.parent / "state" / "test.duckdb"
    away = warehouse.rename(warehouse.with_suffix(".away"))
    with caplog.at_level(logging.WARNING, logger="plumbline"):
        works_ahead(people)
        until(lambda: len(looks) > 3)
    said = [one.message for one in caplog.records if one.name == "plumbline"]
    assert len(said) == 1
    assert "test.duckdb is not in the folder" in said[0]
    away.rename(warehouse)
    until(ready(portal))


def test_people_that_cannot_be_read_are_survived(portal: Portal, works_ahead: Works) -> None:
    looks = []

    def people() -> tuple[Viewer, ...]:
        looks.append(1)
        if len(looks) < 3:
            raise ValueError("half-written")
        return PEOPLE

    ahead = works_ahead(people)
    until(lambda: done(ahead))
    assert portal.for_viewer(viewer("manager")).overview(wait=False).waiting == 0


def test_a_figure_that_fails_says_why_beside_the_others_and_is_tried_again(
    portal: Portal, works_ahead: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, broken = DuckDBGeneration.run, threading.Event()
    broken.set()

    def sometimes(self: DuckDBGeneration, tree: object) -> object:
        if broken.is_set() and "done_on" in tree.sql():  # type: ignore[attr-defined]
            raise WarehouseError("It is locked.", told="The table is being loaded.")
        return run(self, tree)  # type: ignore[arg-type]

    monkeypatch.setattr(DuckDBGeneration, "run", sometimes)
    monkeypatch.setattr(background, "RETRY_AFTER", 0.02)
    steward = viewer("steward")
    works_ahead(lambda: (steward,))
    until(ready(portal, steward))
    found = {one.metric.id: one for one in portal.for_viewer(steward).overview(wait=False).standings}
    assert found["works_done"].problem == "The table is being loaded."
    assert found["children_seen"].trend is not None
    broken.clear()
    until(lambda: not any(one.problem for one in portal.for_viewer(steward).overview(wait=False).standings))


def test_an_unforeseen_failure_of_one_figure_leaves_the_others(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from data_access.granted import Granted

    trend = Granted.trend

    def failing(self: Granted, metric, contract, scope):  # type: ignore[no-untyped-def]
        if metric.id == "works_done":
            raise ZeroDivisionError
        return trend(self, metric, contract, scope)

    monkeypatch.setattr(Granted, "trend", failing)
    found = {one.metric.id: one for one in door(portal, "steward").overview(wait=True).standings}
    assert "could not be worked out" in found["works_done"].problem
    assert found["children_seen"].trend is not None
    assert "works_done" in caplog.text


def test_it_stops_and_home_then_waits_for_its_own_figures(portal: Portal, works_ahead: Works) -> None:
    ahead = works_ahead()
    ahead.stop()
    assert not ahead._thread.is_alive()
    manager = door(portal, "manager")
    assert not manager.prepared_ahead
    assert manager.overview(wait=True).waiting == 0


def test_the_same_records_are_condensed_once_however_many_ask_at_once(portal: Portal, runs: list[str]) -> None:
    door(portal, "manager").ask(Query("children_seen"))
    alone = len(runs)
    portal.condenser._memory.clear()
    portal.answers._kept.clear()
    runs.clear()
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait()
        door(portal, "manager").ask(Query("children_seen"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == alone


def test_a_question_that_failed_is_asked_again_and_not_remembered(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, failures = DuckDBGeneration.run, [WarehouseError("Try again.")]

    def once(self: DuckDBGeneration, tree: object) -> object:
        if failures:
            raise failures.pop()
        return run(self, tree)  # type: ignore[arg-type]

    monkeypatch.setattr(DuckDBGeneration, "run", once)
    with pytest.raises(WarehouseError):
        door(portal, "manager").ask(Query("children_seen"))
    assert door(portal, "manager").ask(Query("children_seen")).rows[0].value == 45


def test_the_server_works_ahead_for_everybody_who_may_sign_in_until_it_ends(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person("morgan", "Morgan", "m@council.example", "", ("manager",))
    gate = SimpleNamespace(people=SimpleNamespace(everybody=lambda: {"morgan": person}))
    monkeypatch.setattr(lifespan, "open_portal", lambda _address: None)
    serving = SimpleNamespace(number=1, portal=portal, gate=gate)
    monkeypatch.setattr(lifespan, "running", lambda: serving)
    monkeypatch.setattr(lifespan, "live", lambda: SimpleNamespace(now=serving, look=lambda _permit: False))
    monkeypatch.setattr(lifespan, "gc", SimpleNamespace(collect=lambda: 0, freeze=lambda: None))
    key = portal.for_viewer(person.viewer()).grant.key

    async def serve() -> None:
        async with lifespan.lifespan(None):
            until(lambda: any(kept[0] == key for kept in list(portal.standings._kept)))
            assert portal.hurried is not None

    with ThreadPoolExecutor() as apart:  # a browser test of the same process may have left a loop running here
        apart.submit(asyncio.run, serve()).result()
    assert portal.hurried is None
