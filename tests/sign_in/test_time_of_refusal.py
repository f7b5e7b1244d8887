"""How long the form takes to refuse tells nobody who exists. ``test_gate.py`` looks at the work inside."""

from __future__ import annotations

import time

from streamlit.testing.v1 import AppTest

from data_access.access import passwords

from .looking import WRONG

KNOWN, UNKNOWN = ("steward", "board"), ("unknown-one", "unknown-two")


def test_an_unknown_person_and_a_wrong_password_take_the_form_the_same_time(form: AppTest) -> None:
    """The whole run of the page, in processor time, which a busy machine does not stretch."""
    passwords.decoy()
    seconds: dict[str, list[float]] = {name: [] for name in KNOWN + UNKNOWN}
    for _ in range(3):  # as many as no delay follows
        for name, taken in seconds.items():
            taken.append(_seconds_to_refuse(form, name))
    quickest = [min(taken for name in names for taken in seconds[name]) for names in (KNOWN, UNKNOWN)]
    assert min(quickest) > 0.1, "bcrypt at cost 12 takes longer than that"
    assert max(quickest) < 1.5 * min(quickest)


def _seconds_to_refuse(form: AppTest, name: str) -> float:
    form.text_input[0].set_value(name)
    form.text_input[1].set_value("a wrong password")
    started = time.process_time()
    form.button[0].click().run()
    spent = time.process_time() - started
    assert [error.value for error in form.error] == [WRONG]
    return spent
