"""What every folder of tests may use: a browser, a served portal, the public data, loud skips.

A test that cannot run here (no Chromium, no public data) is skipped and named in a notice at the end
of the run. With CI=true there are no skips: each is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.browser_support import SignIn, Tabs, find_chromium, launch
from tests.postgres_server import PostgreSQL, find_programs, postgresql_server
from tests.serving import ROOT, Served, serve

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Browser

NOT_COPIED = ("users.yaml", "*.key", "*.secret")  # people and secrets are an installation's own

settings.register_profile("small", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", settings.get_profile("small"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))


# -- skips -----------------------------------------------------------------------------------


def _nothing_may_be_skipped() -> bool:
    return os.environ.get("CI", "").lower() in {"true", "1"}


def _fail_a_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and _nothing_may_be_skipped():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\nNothing may be skipped when CI=true."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[pytest.TestReport]:
    report = yield
    _fail_a_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[pytest.CollectReport]:
    report = yield
    _fail_a_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    reasons = sorted({str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped})
    terminalreporter.section(f"{len(skipped)} TESTS WERE NOT RUN", sep="!", red=True, bold=True)
    for reason in reasons:
        terminalreporter.line(f"  {reason}", red=True)


# -- a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium driven by Playwright; each test opens its own context in it."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("No Chromium: the pages were not looked at. Install one (python start.py test tries to).")
    with launch(executable) as browser:
        yield browser


# -- a portal --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demonstration_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration's file as a first start makes it: built once, whatever the number of test processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "first-start"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "state" / "demo.duckdb").exists():  # which is there whole or not at all
            shutil.rmtree(folder, ignore_errors=True)
            copy_config(folder / "config")
            command = [sys.executable, "-m", "data_access", "--config", str(folder / "config"), "demo"]
            made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert made.returncode == 0, f"The demonstration could not be built:\n{made.stdout}\n{made.stderr}"
    return folder / "state" / "demo.duckdb"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, demonstration_warehouse: Path) -> Path:
    """A configuration folder of the demonstration with its warehouse beside it, this test process's own."""
    folder = tmp_path_factory.mktemp("demonstration") / "config"
    copy_config(folder)
    state = folder.parent / "state"
    state.mkdir()
    os.link(demonstration_warehouse, state / demonstration_warehouse.name)  # never written to, only ever replaced
    return folder


def copy_config(folder: Path) -> None:
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns(*NOT_COPIED))


@pytest.fixture(scope="session")
def serving(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Served]]:
    """Serves any configuration folder until the session ends: ``serving(folder, environment=…)``."""
    with ExitStack() as stack:

        def start(config: Path, **options: dict[str, str]) -> Served:
            log = tmp_path_factory.mktemp("served") / "portal.log"
            portal: AbstractContextManager[Served] = serve(config, log, **options)
            return stack.enter_context(portal)

        yield start


@pytest.fixture(scope="session")
def served(serving: Callable[..., Served], demonstration: Path) -> Iterator[Served]:
    """The demonstration, served on a free loopback port for the whole session, at the end of which its log is read."""
    portal = serving(demonstration)
    yield portal
    log = portal.log.read_text(encoding="utf-8", errors="replace")
    assert "Unexpected error" not in log, f"A page failed while the tests looked at it:\n{log[-6000:]}"


@pytest.fixture
def page_as(chromium: Browser, served: Served) -> Iterator[SignIn]:
    """Opens an address as a person: ``page_as("manager", "/report?id=…", viewport=NARROW, scheme="dark")``."""
    with SignIn(chromium, served.address) as sign_in:
        yield sign_in


@pytest.fixture(scope="session")
def readers(chromium: Browser, served: Served) -> Iterator[Tabs]:
    """Browsers in which the demonstration's people sign in once; see ``tab_as``."""
    with SignIn(chromium, served.address) as sign_in:
        yield Tabs(sign_in)


@pytest.fixture
def tab_as(readers: Tabs) -> Iterator[Tabs]:
    """Opens an address as a person who signs in once for all tests; takes what ``page_as`` takes, in far less time."""
    yield readers
    readers.close()


@pytest.fixture
def stranger(chromium: Browser) -> Iterator[APIRequestContext]:
    """Sends requests as a browser does in which nobody has signed in and no page is open."""
    with chromium.new_context() as context:
        yield context.request


# -- a database server -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server without tables; each test makes its own, in a schema of its own."""
    programs = find_programs()
    if programs is None:
        pytest.skip("No PostgreSQL: reading from a database server was not tried. Install the package postgresql.")
    with postgresql_server(programs) as server:
        yield server


# -- public data -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_real() -> Path:
    """The folder of public data: PLUMBLINE_REAL, else ``../shared/real`` beside the project."""
    folder = Path(os.environ.get("PLUMBLINE_REAL") or ROOT.parent / "shared" / "real")
    if not folder.is_dir():
        pytest.skip(f"No public data at {folder}: real records were not tried. Set PLUMBLINE_REAL to its folder.")
    return folder
