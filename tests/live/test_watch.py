"""The thread that looks: it goes on whatever it meets, says things once, and hands on what has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest

from data_access import watch
from data_access.live import Live, Permit, Serving
from data_access.watch import Watch
from pages.server import lifespan
from tests.live.conftest import METRICS, World
from tests.overview.conftest import until


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY", 0.02)


def permit(_serving: Serving) -> None:
    """Everything."""


@pytest.fixture
def seen(world: World) -> Iterator[list[int]]:
    """The numbers of the configurations that have come into force while the thread looked."""
    numbers: list[int] = []
    watching = Watch(world.live, permit=permit, changed=lambda serving: numbers.append(serving.number))
    watching.start()
    yield numbers
    watching.stop()


def test_each_configuration_that_comes_into_force_is_handed_on(world: World, seen: list[int]) -> None:
    world.change(METRICS, "<= 140", "<= 70")
    until(lambda: seen == [2])
    world.change(METRICS, "<= 70", "<= 100")
    until(lambda: seen == [2, 3])


def test_the_log_has_one_line_when_it_breaks_and_one_when_it_is_whole(
    world: World, seen: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "plumbline"):
        world.change(METRICS, "numerator:", "numeratr:")
        until(lambda: world.live.now.portal.condition.since is not None)
        until(lambda: bool(caplog.messages))
        world.change(METRICS, "numeratr:", "numerator:")
        until(lambda: len(caplog.messages) == 2)
    assert "unknown key 'numeratr'" in caplog.messages[0]
    assert caplog.messages[1] == "The configuration is whole again, and in force."
    assert seen == []


def test_whatever_a_look_meets_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    class Stumbling:
        looks = 0
        now = SimpleNamespace(number=1)

        def look(self, _permit: Permit) -> bool:
            self.looks += 1
            raise OSError("the disk is gone")

    stumbling = Stumbling()
    watching = Watch(cast("Live", stumbling), permit=permit, changed=lambda _serving: None)
    with caplog.at_level(logging.WARNING, "plumbline"):
        watching.start()
        until(lambda: stumbling.looks > 3)
        watching.stop()
    assert len(caplog.messages) == 1


def test_what_came_into_force_is_handed_on_although_the_look_or_the_handing_on_went_wrong() -> None:
    class Stumbling:
        now = SimpleNamespace(number=1)

        def look(self, _permit: Permit) -> bool:
            self.now = SimpleNamespace(number=2)
            raise OSError("after it had come into force")

    handed: list[int] = []

    def changed(serving: Serving) -> None:
        handed.append(serving.number)
        if len(handed) == 1:
            raise RuntimeError("no thread can be started just now")

    stumbling = Stumbling()
    watching = Watch(cast("Live", stumbling), permit=permit, changed=changed)
    watching.start()
    until(lambda: len(handed) == 2)
    watching.stop()
    assert handed == [2, 2]


def test_the_thread_that_looks_does_not_wait_for_the_work_ahead(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(_seconds: float) -> None:
        raise AssertionError("it waits")

    ahead = lifespan._Ahead(world.live.now)
    try:
        before = ahead._now
        with monkeypatch.context() as patch:
            patch.setattr(before._thread, "join", wait)
            ahead.follow(world.live.now)
        before._thread.join(60)
        assert not before._thread.is_alive(), "it was told to end"
    finally:
        ahead.stop()


def test_the_work_ahead_moves_to_the_configuration_in_force(world: World) -> None:
    before = world.live.now
    ahead = lifespan._Ahead(before)
    try:
        world.change(METRICS, "<= 140", "<= 70")
        world.look()
        ahead.follow(world.live.now)
        assert before.portal.hurried is None
        assert world.live.now.portal.hurried is not None
        key = world.door("olive").grant.key
        until(lambda: any(kept[0] == key for kept in list(world.live.now.portal.standings._kept)))
    finally:
        ahead.stop()
    assert world.live.now.portal.hurried is None
