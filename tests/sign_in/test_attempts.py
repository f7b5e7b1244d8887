"""The delay after wrong passwords: it grows, it decays, it cannot be raced, and it locks nobody out for good."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from data_access.state import attempts
from data_access.state.store import StateStore

Later = Callable[[timedelta], None]


def patient_try(store: StateStore, later: Later, name: str = "jo") -> float:
    """One try that waits its turn, as the form makes it; returns the seconds waited."""
    wait = attempts.take_turn(store, name)
    assert wait is not None
    later(wait)
    return wait.total_seconds()


@pytest.mark.parametrize(("score", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (6, 8), (60, 8), (1e6, 8)])
def test_the_delay_grows_to_eight_seconds_and_no_further(score: float, seconds: float) -> None:
    assert attempts.delay(score) == timedelta(seconds=seconds)


def test_half_of_the_wrong_tries_are_forgotten_every_five_minutes() -> None:
    assert attempts.decayed(8, timedelta(minutes=5)) == 4
    assert attempts.decayed(8, timedelta(minutes=15)) == 1


def test_the_first_tries_wait_for_nothing_and_the_later_ones_longer_and_longer(store: StateStore, later: Later) -> None:
    waits = [patient_try(store, later) for _ in range(8)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:] == pytest.approx([1, 2, 4, 8, 8], abs=0.6)


def test_after_a_pause_nobody_waits(store: StateStore, later: Later) -> None:
    for _ in range(8):
        patient_try(store, later)
    later(timedelta(minutes=20))
    assert patient_try(store, later) == 0


def test_a_right_password_forgives_the_wrong_ones(store: StateStore, later: Later) -> None:
    for _ in range(6):
        patient_try(store, later)
    attempts.forgive(store, "jo")
    assert [patient_try(store, later) for _ in range(3)] == [0, 0, 0]


def test_one_persons_tries_do_not_delay_another(store: StateStore, later: Later) -> None:
    for _ in range(8):
        patient_try(store, later)
    assert patient_try(store, later, "sam") == 0


def test_a_name_is_the_same_name_in_capitals_and_with_spaces(store: StateStore, later: Later) -> None:
    for name in ("jo", "JO", " Jo "):
        patient_try(store, later, name)
    assert patient_try(store, later) > 0


def test_tries_at_the_same_time_do_not_jump_the_queue(store: StateStore) -> None:
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: attempts.take_turn(store, "jo"), range(40)))
    at_once = [wait for wait in waits if wait is not None and wait < timedelta(seconds=0.5)]
    assert len(at_once) == attempts.FREE
    assert waits.count(None) > 25, "those that would wait longer than the longest delay are turned away"


def test_turning_away_does_not_make_the_delay_any_longer(store: StateStore, later: Later) -> None:
    for _ in range(200):
        attempts.take_turn(store, "jo")
    later(timedelta(seconds=20))
    assert attempts.take_turn(store, "jo") is not None


def test_what_was_typed_as_a_name_is_not_kept_in_clear(store: StateStore) -> None:
    attempts.take_turn(store, "my-password-in-the-wrong-field")
    store.close()
    written = b"".join(file.read_bytes() for file in store.folder.glob("portal.db*"))
    assert b"wrong-field" not in written
