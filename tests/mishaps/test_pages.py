"""What people see while something is wrong, that the rest goes on, and that the next click works when it is over."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from sqlalchemy import event, select
from streamlit.testing.v1 import AppTest

from data_access.questions import Query
from data_access.state import sessions, times
from data_access.state.tables import AuditEntry
from data_access.viewer_portal import ViewerPortal
from pages import home, session
from pages.parts import again
from pages.server import running
from tests.leaks.conftest import write_warehouse
from tests.mishaps.conftest import Show, in_trouble, words
from tests.serving import ROOT

PAGES = {"home": {}, "metric": {"id": "works_done"}, "report": {"id": "both"}}


def open_pages(show: Show, who: str = "jo") -> dict[str, AppTest]:
    return {page: show("" if page == "home" else page, who, **parameters) for page, parameters in PAGES.items()}


def test_without_a_warehouse_each_page_says_so_to_each_reader_and_the_next_click_works(
    show: Show, warehouse: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    manager, administrator = open_pages(show), show(who="alex")
    room = show("report", "alex", id="both", screen="1")
    assert not any(in_trouble(page) for page in manager.values())
    away = warehouse.rename(warehouse.with_suffix(".away"))
    with caplog.at_level(logging.WARNING, "plumbline"):
        for page in manager.values():
            said = words(page.run())
            assert "The data cannot be read at the moment" in said
            assert "tell whoever looks after the portal" in said
            assert warehouse.name not in said
            assert str(folder.parent) not in said
            assert in_trouble(page)
            assert "Signed in as jo" in said, "the menu and the way out are still there"
        assert "1 report is open to you" in words(manager["home"])
        said = words(administrator.run())
        assert "The warehouse file test.duckdb is not in the folder state. Put it back" in said
        assert str(folder.parent) not in said
        assert "test.duckdb" not in words(room.run()), "what an administrator is told is not for the room"
        assert in_trouble(room)
    assert len([record for record in caplog.records if record.name == "plumbline"]) == 1
    away.rename(warehouse)
    for page in (*manager.values(), administrator, room):
        assert not in_trouble(page.run())
    assert "2 Feb 2026" in words(manager["metric"])


def test_a_dropped_table_takes_its_own_figures_away_and_no_others(show: Show, warehouse: Path) -> None:
    pages = open_pages(show)
    away = warehouse.rename(warehouse.with_suffix(".away"))
    new = warehouse.with_suffix(".new")
    new.write_bytes(away.read_bytes())
    with duckdb.connect(str(new)) as connection:
        connection.execute("DROP TABLE works")
    new.rename(warehouse)
    home, metric, report = (words(pages[page].run()) for page in PAGES)
    for said in (home, metric, report):
        assert "Works: The warehouse does not have the table or a column that this figure is counted from." in said
        assert "Ask Sam, who looks after these data." in said
    assert "These data are not as agreed" in metric
    assert in_trouble(pages["metric"])
    assert re.search(r"Children seen\s+13\b", report)
    assert "draws itself anew" in report
    assert not in_trouble(pages["home"])
    assert "Children seen" in words(show("metric", id="children_seen"))
    away.replace(warehouse)
    assert not any("Ask Sam" in words(page.run()) for page in pages.values())


def test_where_nothing_can_be_recorded_no_page_shows_a_figure_and_signing_in_says_so(show: Show, folder: Path) -> None:
    pages = open_pages(show)
    engine = running.running().portal.state.engine

    def read_only(connection: object, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]

    engine.dispose()
    event.listen(engine, "connect", read_only)
    for page in pages.values():
        said = words(page.run())
        assert "The portal cannot reach its own records" in said
        assert "shows no figure that it could not write down" in said
        assert in_trouble(page)
        assert not page.get("vega_lite_chart")
        assert not re.search(r"\b13\b", said)
    form = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60).run()
    form.text_input[0].set_value("jo")
    form.text_input[1].set_value("anything")
    form.button[0].click().run()
    assert "The portal cannot reach its own records" in words(form)
    assert str(folder.parent) not in words(form)
    event.remove(engine, "connect", read_only)
    engine.dispose()
    assert not any(in_trouble(page.run()) for page in pages.values())
    form.button[0].click().run()
    assert "not right" in words(form)


def test_with_a_broken_people_file_nobody_sees_a_figure_and_everybody_goes_on_afterwards(
    show: Show, folder: Path
) -> None:
    page = show("metric", id="works_done")
    file = folder / "users.yaml"
    good = file.read_bytes()
    file.write_text("credentials: [", encoding="utf-8")
    said = words(page.run())
    assert in_trouble(page)
    assert "The people file has a problem" in said
    assert "Works done" not in said
    file.write_bytes(good)
    assert "Works done" in words(page.run())


def test_a_page_that_is_being_drawn_keeps_to_its_version_of_the_data(
    show: Show, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, str]] = []

    def render(portal: ViewerPortal) -> None:
        first = portal.ask(Query("children_seen")).generation
        write_warehouse(warehouse, [("N", 7, 3, 1)])
        drawn.append((first, portal.ask(Query("seen_in_time")).generation))

    monkeypatch.setattr(home, "render", render)
    page = show()
    assert not page.run().exception
    (first, second), (third, fourth) = drawn
    assert first == second
    assert third == fourth
    assert first != third


# -- looking again -----------------------------------------------------------------------------


def test_a_page_is_tried_again_when_the_data_are_back_or_others_and_now_and_then_anyway() -> None:
    versions: list[str | None] = [None]
    looking = again.Looking(SimpleNamespace(data_version=lambda: versions[0]), None, anyway=True)  # type: ignore[arg-type]
    assert not any(looking.worth_a_try() for _ in range(3 * again.ANYWAY))
    versions[0] = "new"
    assert looking.worth_a_try()
    looking = again.Looking(looking.portal, "new", anyway=True)
    looks = [looking.worth_a_try() for _ in range(again.ANYWAY + 1)]
    assert looks == [*([False] * again.ANYWAY), True]


def test_a_report_with_some_figures_is_drawn_anew_only_when_there_are_other_data() -> None:
    versions = ["one"]
    looking = again.Looking(SimpleNamespace(data_version=lambda: versions[0]), "one", anyway=False)  # type: ignore[arg-type]
    assert not any(looking.worth_a_try() for _ in range(3 * again.ANYWAY))
    versions[0] = "two"
    assert looking.worth_a_try()


def test_while_nobody_is_known_the_page_is_simply_tried() -> None:
    looking = again.Looking(None, None, anyway=True)
    assert [looking.worth_a_try() for _ in range(3)] == [False, True, True]


def test_a_page_that_looks_by_itself_leaves_no_record_and_does_not_keep_an_idle_session(
    show: Show, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show("metric", id="works_done")
    state = running.running().portal.state
    away = warehouse.rename(warehouse.with_suffix(".away"))
    page.run()

    def recorded() -> int:
        with state.session() as unit:
            return len(unit.scalars(select(AuditEntry.id)).all())

    before = recorded()
    door = running.running().portal.for_viewer(running.running().gate.viewer_of(page.session_state[session.ID]))  # type: ignore[arg-type]
    looking = again.Looking(door, door.data_version(), anyway=True)
    assert not any(looking.worth_a_try() for _ in range(2 * again.ANYWAY))
    assert recorded() == before
    away.rename(warehouse)
    assert looking.worth_a_try()
    opened = times.now()
    for minutes in (100, 119):  # by itself, as ``again`` reruns the page
        monkeypatch.setattr(sessions, "now", lambda minutes=minutes: opened + timedelta(minutes=minutes))
        page.session_state[session.BY_ITSELF] = True
        assert "Signed in as jo" in words(page.run())
    monkeypatch.setattr(sessions, "now", lambda: opened + sessions.IDLE + timedelta(minutes=1))
    page.session_state[session.BY_ITSELF] = True
    assert "Signed in as jo" not in words(page.run())
