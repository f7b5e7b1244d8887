"""What those who administer the portal see of a broken configuration, and what everybody else does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages import session
from pages.server import running
from tests.live.conftest import METRICS, PASSWORD, World
from tests.serving import ROOT

SignedIn = Callable[[str], AppTest]


@pytest.fixture
def signed_in(world: World, monkeypatch: pytest.MonkeyPatch) -> SignedIn:
    """The pages' script at home, signed in through the form."""
    monkeypatch.setattr(running, "_live", world.live)

    def start(username: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60).run()
        test.text_input[0].set_value(username)
        test.text_input[1].set_value(PASSWORD)
        return test.button[0].click().run()

    return start


def shown(test: AppTest) -> str:
    assert not test.exception, test.exception[0].message
    html = "\n".join(element.proto.body for element in test.get("html"))
    return re.sub(
        r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))
    )


def test_home_shows_an_administrator_every_problem_until_it_is_mended(world: World, signed_in: SignedIn) -> None:
    test = signed_in("ada")
    assert "The configuration has" not in shown(test)
    world.change(METRICS, "numerator:", "numeratr:")
    world.change("roles.yaml", "quadrant: quadrant", "quadrnt: quadrant")
    world.look()
    seen = shown(test.run())
    assert "The configuration has 2 problems" in seen
    assert "metrics/plans.yaml" in seen
    assert "line 6 · metrics[0].numeratr Unknown key 'numeratr'. Did you mean numerator ?" in seen
    assert "Did you mean quadrant ?" in seen
    assert "To take a right away at once" in seen
    world.change(METRICS, "numeratr:", "numerator:")
    world.change("roles.yaml", "quadrnt: quadrant", "quadrant: quadrant")
    world.look()
    assert "The configuration has" not in shown(test.run())


def test_somebody_else_sees_an_unharmed_page(world: World, signed_in: SignedIn) -> None:
    test = signed_in("olive")
    before = shown(test)
    world.change(METRICS, "numerator:", "numeratr:")
    world.look()
    assert shown(test.run()) == before
    assert [title.value for title in test.title] == ["Where things stand"]


def test_a_change_reaches_somebody_who_is_signed_in_at_their_next_click(world: World, signed_in: SignedIn) -> None:
    test = signed_in("olive")
    assert "Plans issued within 20 weeks" in shown(test)
    world.change(METRICS, "name: Plans issued within 20 weeks", "name: Plans in time")
    world.look()
    seen = shown(test.run())
    assert "Plans in time" in seen
    assert "Plans issued within 20 weeks" not in seen
    assert [title.value for title in test.title] == ["Where things stand"], "still signed in"


def test_before_anybody_has_signed_in_nothing_of_a_broken_folder_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / METRICS
    file.write_text(file.read_text("utf-8").replace("numerator:", "numeratr:"), "utf-8")
    monkeypatch.setenv(running.VARIABLE, str(folder))
    monkeypatch.setattr(running, "_live", None)
    test = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60).run()
    assert not test.exception
    assert [title.value for title in test.title] == ["The configuration has problems"]
    said = " ".join(text.value for text in test.markdown)
    assert "whoever looks after the portal" in said
    assert "numeratr" not in said
    assert METRICS not in said


def test_tables_that_do_not_fit_are_told_as_such(world: World, signed_in: SignedIn) -> None:
    world.change("datasets/plans.odcs.yaml", "physicalName: plan_records", "physicalName: plan_record")
    assert world.look()
    seen = shown(signed_in("ada"))
    assert "The warehouse has no table or view 'plan_record'." in seen
    assert "The files are in force, but people or tables do not fit them" in seen


def test_what_becomes_of_rights_is_told_as_it_is(world: World, signed_in: SignedIn) -> None:
    test = signed_in("ada")
    withheld, mistaken = "Rights that roles.yaml no longer gives are withheld already", "To take a right away at once"
    waits = "a report's audience and scoped, a column's classification, the disclosure threshold"

    def told() -> tuple[bool, bool, bool]:
        world.look()
        seen = shown(test.run())
        return withheld in seen, mistaken in seen, waits in seen

    world.change(METRICS, "numerator:", "numeratr:")
    assert told() == (False, False, True), "roles.yaml takes nothing away"
    world.change("roles.yaml", "[home, report, metric]", "[home, metric]")
    assert told() == (True, False, True)
    world.change("roles.yaml", "[home, metric]", "[home, metrc]")
    assert told() == (False, True, True), "the right to the page metric is not withheld"
    assert world.door("olive").page("metric").allowed
    world.change("roles.yaml", "[home, metrc]", "[home, metric]")
    world.change(METRICS, "numeratr:", "numerator:")
    assert told() == (False, False, False)


# -- a part that is drawn by itself, on a timer ---------------------------------------------------


def _drawn_under_the_first_of_two() -> None:
    import streamlit as st

    from pages import session

    runs = st.session_state.get("runs", 0) + 1
    st.session_state["runs"], st.session_state[session.ID] = runs, "a session"
    session.drawn_under(min(runs, 2))
    session.require("somebody")  # type: ignore[arg-type]


def test_a_page_drawn_under_an_older_configuration_is_run_again_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = SimpleNamespace(viewer_of=lambda _session, **_: "somebody")
    monkeypatch.setattr(session, "running", lambda: SimpleNamespace(number=2, gate=gate))
    test = AppTest.from_function(_drawn_under_the_first_of_two, default_timeout=30).run()
    assert test.session_state["runs"] == 2


def _drawn_for_somebody() -> None:
    import streamlit as st

    from pages import session

    st.session_state["runs"], st.session_state[session.ID] = st.session_state.get("runs", 0) + 1, "a session"
    session.drawn_under(1)
    session.require("somebody")  # type: ignore[arg-type]


def test_a_part_drawn_on_a_timer_goes_when_its_person_has_other_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    people = iter(["somebody with another role", "somebody"])
    gate = SimpleNamespace(viewer_of=lambda _session, **_: next(people))
    monkeypatch.setattr(session, "running", lambda: SimpleNamespace(number=1, gate=gate))
    test = AppTest.from_function(_drawn_for_somebody, default_timeout=30).run()
    assert test.session_state["runs"] == 2, "the page was run again as a whole"


# -- the words, over a stand-in for the door -----------------------------------------------------


def _line() -> None:
    from datetime import datetime
    from types import SimpleNamespace

    from data_access.errors import Problem
    from data_access.questions import Condition
    from pages.parts import condition

    problem = Problem("roles.yaml", 3, "<b>x</b>", "there is no page '<script>'")
    name = Problem("roles.yaml", 4, "y", "date_diff counts in days")
    found = Condition((problem, name), datetime(2026, 10, 31, 9, 5))  # noqa: DTZ001
    door = SimpleNamespace(viewer="ada", condition=lambda: found, page=lambda _page: SimpleNamespace(allowed=False))
    condition.session = SimpleNamespace(require=lambda _viewer: None)  # type: ignore[assignment]
    condition.draw(door, whole=False)  # type: ignore[arg-type]
    condition.draw(door, whole=True)  # type: ignore[arg-type]


def test_every_other_page_has_a_line_and_names_from_files_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.parts import condition

    monkeypatch.setattr(condition, "session", condition.session)  # put back afterwards
    test = AppTest.from_function(_line, default_timeout=30).run()
    html = "\n".join(element.proto.body for element in test.get("html"))
    assert "The configuration has 2 problems; changes since 31 Oct 2026, 09:05 are not in force." in shown(test)
    assert "There is no page '<script>'." in shown(test)
    assert "date_diff counts in days." in shown(test), "a name keeps its letters"
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
