"""The server's start: opens the portal whole or not at all, works ahead of people, and follows the configuration."""

from __future__ import annotations

import gc
import importlib
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from streamlit import config

from data_access.access.passwords import decoy
from data_access.access.people import require_startable
from data_access.access.viewer import Viewer
from data_access.background import Background
from data_access.errors import PlumblineError
from data_access.live import Serving
from data_access.watch import Watch
from pages.server.running import config_folder, live, running

# Imported before the first person comes: each costs that person its seconds otherwise.
SLOW_IMPORTS = ("pages.home", "pages.report", "pages.metric", "pages.sign_in", "altair", "pandas", "pyarrow")


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Opens the portal before the first request. A portal with a broken file does not start."""
    address = config.get_option("server.address")
    try:
        open_portal(address)
    except PlumblineError as error:
        _refuse_to_start(error)
    # Addresses hold what people look at, down to districts and needs: they are for the audit, not for a log.
    logging.getLogger("uvicorn.access").disabled = True
    gc.collect()
    gc.freeze()  # what is loaded now stays: a full collection over it took 100 ms of every run
    ahead = _Ahead(running())
    watch = Watch(live(), permit=partial(require_servable, address), changed=ahead.follow)
    watch.start()
    try:
        yield
    finally:
        watch.stop()
        ahead.stop()


class _Ahead:
    """The work ahead of people, always for the configuration in force."""

    def __init__(self, serving: Serving) -> None:
        self._now = _started(serving)

    def follow(self, serving: Serving) -> None:
        """Works for another configuration from now on. The new work begins before the old ends: nobody waits.

        Nor does the thread that calls this, which looks after the configuration: the old ends when it has answered.
        """
        before, self._now = self._now, _started(serving)
        before.end()

    def stop(self) -> None:
        """Ends the work."""
        self._now.stop()


def _started(serving: Serving) -> Background:
    def people() -> list[Viewer]:
        """Everybody who may sign in, as they are now."""
        return [person.viewer() for person in serving.gate.people.everybody().values()]

    ahead = Background(serving.portal, people)
    ahead.start()
    return ahead


def require_servable(address: str | None, serving: Serving) -> None:
    """Raises PlumblineError for a portal that may not be served at ``address`` (None: every network)."""
    if serving.portal.configuration.portal.sign_in != "local":
        raise PlumblineError(
            "Single sign-on is not part of this version. Write 'sign_in: local' into portal.yaml.",
            title="There is no way to sign in",
        )
    people, demonstration = serving.gate.people, serving.portal.demonstration
    require_startable(people, config_folder(), demonstration=demonstration, address=address)


def open_portal(address: str | None) -> None:
    """Opens the portal for a server at ``address`` (None: every network). Raises PlumblineError."""
    require_servable(address, running())
    decoy()  # so that the first unknown name is answered no later than the others
    _import_slow_modules()


def _import_slow_modules() -> None:
    log = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    level = log.level
    log.setLevel(logging.ERROR)  # streamlit-authenticator declares elements while it is imported; here that is no fault
    try:
        for module in SLOW_IMPORTS:
            importlib.import_module(module)
    finally:
        log.setLevel(level)


def _refuse_to_start(error: PlumblineError) -> None:
    """Says in the terminal what is wrong, all of it, and ends the process without a trace."""
    print(f"\nThe portal does not start. {error.title}:\n\n{error.message}\n", file=sys.stderr)  # noqa: T201
    print("Look again with: python -m data_access check\n", file=sys.stderr)  # noqa: T201
    logging.getLogger("uvicorn.error").disabled = True  # it would print the trace of the line below
    raise SystemExit(1)
