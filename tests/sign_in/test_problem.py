"""What goes wrong in a page: words and a reference on the screen, the trace in the log and nowhere else."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from data_access.errors import Refused, WarehouseError
from pages import home
from pages.server import running

SECRET = "the row of a child"


@pytest.fixture
def shell(form: AppTest) -> AppTest:
    """The pages' script, signed in as manager, at home."""
    form.text_input[0].set_value("manager")
    form.text_input[1].set_value("plumbline-demo")
    form.button[0].click().run()
    assert [title.value for title in form.title] == ["Where things stand"]
    return form


def words(test: AppTest) -> str:
    assert not test.exception
    return "\n".join([*(title.value for title in test.title), *(text.value for text in test.markdown)])


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def render(_portal: object) -> None:
        raise error

    monkeypatch.setattr(home, "render", render)


def test_an_error_nobody_foresaw_shows_a_reference_and_keeps_the_rest_for_the_log(
    shell: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fails_with(monkeypatch, ValueError(SECRET))
    with caplog.at_level(logging.ERROR, "plumbline"):
        shown = words(shell.run())
    assert "Something went wrong" in shown
    assert SECRET not in shown
    assert "Traceback" not in shown
    [record] = caplog.records
    assert record.args is not None
    assert str(record.args[0]) in shown, "the reference on the screen finds the trace in the log"
    assert SECRET in caplog.text


def test_an_error_its_reader_can_act_on_shows_its_title_and_what_to_do(
    shell: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(monkeypatch, WarehouseError("Not there.", told="Ask for *help* at <b>10</b>."))
    shown = words(shell.run())
    assert WarehouseError.title in shown
    assert r"Ask for \*help\* at \<b\>10\</b\>\." in shown, "marks in a message are text"


def test_a_refusal_inside_a_page_shows_its_reason(shell: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, Refused("Not for you."))
    shown = words(shell.run())
    assert Refused.title in shown
    assert "Not for you" in shown


def test_a_configuration_that_broke_meanwhile_shows_no_figures(shell: AppTest) -> None:
    people = running.config_folder() / "users.yaml"
    people.write_text("credentials: [")
    try:
        shown = words(shell.run())
    finally:
        people.unlink()
    assert "The people file has a problem" in shown
    assert "Where things stand" not in shown
