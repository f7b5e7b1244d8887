"""Works ahead of people: what home and the reports ask when they open is in the cache before anybody comes.

The server starts it once and stops it at its end. It asks for every distinct grant among the people, what all share
first and one question at a time; again when the data, the day or the people change. Whoever waits for their home page
goes before the rest. It leaves no audit record: nobody has looked at anything.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue

from data_access.access.grant import Grant, resolve
from data_access.access.viewer import Viewer
from data_access.errors import Unreachable, WarehouseError
from data_access.granted import Granted
from data_access.installation import ANSWERS_KEPT, Installation
from data_access.overview import SETTLED, Place, places, standing
from data_access.trends import breakdown_query

LOOK_EVERY = 2.0  # seconds between looks for new data, other people or a new day
RETRY_AFTER = 30.0  # seconds until figures that failed are tried again
BREATH = 0.02  # seconds between questions, for the threads that serve somebody
GIVE_WAY_FOR = 5.0  # seconds that one question waits at most while people ask theirs
MOST = ANSWERS_KEPT // 3  # questions a round, of up to two answers each: more would push each other out of the cache
STOP_WITHIN = 5.0

log = logging.getLogger("plumbline")


@dataclass(frozen=True)
class Work:
    """One question. ``run`` is False where it failed and is worth another try."""

    turn: int
    metric: str
    run: Callable[[], bool]


class Background:
    """The thread that works ahead. ``people``: those who may sign in, as they are now."""

    def __init__(self, installation: Installation, people: Callable[[], Iterable[Viewer]]) -> None:
        self._installation = installation
        self._people = people
        self._hurried: SimpleQueue[Grant | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="plumbline-background", daemon=True)
        self._done: object = None
        self._retry_at = 0.0
        self._complaint = ""

    def start(self) -> None:
        """Begins, and returns at once."""
        self._installation.hurried = self._hurried
        self._thread.start()

    def end(self) -> None:
        """Lets it end after the question in hand, and returns at once."""
        self._installation.hurried = None
        self._stopping.set()
        self._hurried.put(None)  # wakes it up

    def stop(self) -> None:
        """Ends after the question in hand; one that takes long is left to the end of the process."""
        self.end()
        self._thread.join(STOP_WITHIN)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._keep_up()
                self._hurry(LOOK_EVERY)
            except Unreachable:  # what it stands on says so in the log itself
                self._stopping.wait(LOOK_EVERY)
            except Exception as error:  # it outlives whatever happens to the warehouse or the people file
                self._complain(error)
                self._stopping.wait(LOOK_EVERY)

    def _keep_up(self) -> None:
        """One round, unless the last one was for the same data, day and people, and nothing of it failed."""
        grants = self._grants()
        version = self._installation.warehouse.generation().version
        state = (version, self._installation.configuration.today, tuple(grants))
        if state == self._done and time.monotonic() < self._retry_at:
            return
        whole = True
        for work in _round(self._installation, grants.values()):
            self._give_way()
            if self._stopping.is_set() or self._installation.warehouse.generation().version != version:
                return  # the next round is for the new data
            whole &= work.run()
        self._done, self._complaint = state, ""
        self._retry_at = float("inf") if whole else time.monotonic() + RETRY_AFTER

    def _give_way(self) -> None:
        """Lets people's own questions go first, though on a busy portal not for ever."""
        until = time.monotonic() + GIVE_WAY_FOR
        self._hurry(BREATH)
        while self._installation.asking.within(BREATH) and time.monotonic() < until and not self._stopping.is_set():
            self._hurry(BREATH)

    def _grants(self) -> dict[object, Grant]:
        """One grant for all people who have the same, in an order that stays."""
        found = (resolve(self._installation.configuration, viewer) for viewer in self._people())
        return {grant.key: grant for grant in sorted(found, key=lambda grant: repr(grant.key))}

    def _hurry(self, patience: float) -> None:
        """Works out the home page of somebody who waits for it, if anybody does within the patience."""
        try:
            grant = self._hurried.get(timeout=patience)
        except Empty:
            return
        for work in _home(Granted(self._installation, grant)) if grant else ():
            if not self._stopping.is_set():
                work.run()

    def _complain(self, error: Exception) -> None:
        """Says once what stands in the way, not each time it is tried."""
        if repr(error) != self._complaint:
            self._complaint = repr(error)
            log.warning("Figures cannot be worked out ahead just now; it is tried again. %s", error)


def _round(installation: Installation, grants: Iterable[Grant]) -> list[Work]:
    """What home and the reports ask for these grants, metric by metric: their records are then condensed once."""
    every = [Granted(installation, grant) for grant in grants]
    work = [one for granted in every for one in (*_home(granted), *_reports(granted))]
    return sorted(work, key=lambda one: (one.turn, one.metric))[:MOST]


def _home(granted: Granted) -> Iterator[Work]:
    """Each figure of the grant's home page: what all see of it before what only some do."""
    if granted.grant.page("home").allowed:
        for place in places(granted):
            yield Work(1 if place.scope.limits else 0, place.metric.id, partial(_standing, granted, place))


def _reports(granted: Granted) -> Iterator[Work]:
    """Each card of the grant's reports as they open, with its breakdown and what it can be filtered by."""
    if granted.grant.page("report").allowed:
        for report in granted.reports():
            on_screen = granted.grant.opens_on_shared_screen(report)
            opened = Granted(granted.installation, granted.grant.on_shared_screen()) if on_screen else granted
            for section in report.sections:
                for metric in section.metrics:
                    yield Work(2, metric, partial(_card, opened, metric, report.id, section.breakdown))


def _standing(granted: Granted, place: Place) -> bool:
    return standing(granted, place, wait=True).problem in ("", *SETTLED)


def _card(granted: Granted, metric_id: str, report: str, dimension: str | None) -> bool:
    try:
        metric, contract, scope = granted.metric(metric_id, report)
        trend = granted.trend(metric, contract, scope)
        if trend is not None and dimension is not None and dimension in metric.dimensions:
            query = breakdown_query(metric, dimension, (trend.period.start, trend.period.end))
            granted.answer(query, metric, contract, scope)
        for name in metric.dimensions:
            granted.choices(name, metric, contract, scope)
    except WarehouseError:
        return False
    except Exception as error:  # the page that asks the same says so to whoever opens it
        log.debug("Not worked out ahead: %s in %s", metric_id, report, exc_info=error)
    return True
