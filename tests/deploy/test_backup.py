"""Backing up a portal at work, losing all of it, and restoring it, as config/DEPLOY.md says; updating, and new data."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import settle
from tests.deploy.conftest import Installed
from tests.deploy.machine import Machine, block
from tests.stranger import write_requests

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def backup(installed: Installed, signed_in: Page) -> Path:
    """The file that the backup makes while somebody is signed in."""
    assert signed_in.url
    installed.machine.run(block("Back up", "sh"))
    (made,) = (installed.machine.root / "var/backups/plumbline").iterdir()
    return made


def records(database: Path, username: str) -> int:
    """Audit records of a person, in a database that must be whole."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        query = "SELECT count(*) FROM audit WHERE username = ?"
        return int(connection.execute(query, (username,)).fetchone()[0])


def test_it_holds_the_configuration_the_people_the_audit_and_the_secret_but_no_records(
    installed: Installed, backup: Path, tmp_path: Path
) -> None:
    with tarfile.open(backup) as content:
        names = content.getnames()
        content.extractall(tmp_path, filter="data")
    assert {"config/portal.yaml", "config/users.yaml", "state/portal.backup", "state/secret"} <= set(names)
    assert [name for name in names if ".duckdb" in name or "portal.db" in name] == []
    assert records(tmp_path / "state" / "portal.backup", installed.username) > 0


def test_nobody_else_on_the_machine_can_read_it(backup: Path) -> None:
    assert backup.name == f"{date.today()}.tar.gz"
    assert backup.parent.stat().st_mode & 0o077 == 0


def test_after_losing_everything_a_restore_brings_back_even_the_open_session(
    installed: Installed, signed_in: Page, backup: Path
) -> None:
    machine = installed.machine
    lose_all_but_the_warehouse(machine)
    machine.run(block("Restore", "sh").replace("2026-10-31.tar.gz", backup.name))
    machine.run(block("3. The service", "sh").splitlines()[-1])
    signed_in.goto(machine.url())
    signed_in.get_by_text(f"Signed in as {installed.username}").wait_for()
    settle(signed_in)
    assert records(machine.root / "srv/plumbline/state/portal.db", installed.username) > 0


def lose_all_but_the_warehouse(machine: Machine) -> None:
    """As after a disk's end, on a new one with the warehouse loaded anew."""
    machine.run("systemctl stop plumbline")
    home = machine.root / "srv/plumbline"
    shutil.rmtree(home / "config")
    for file in (home / "state").iterdir():
        if ".duckdb" not in file.name:
            file.unlink()


def test_an_update_that_finds_a_problem_restarts_nothing(installed: Installed) -> None:
    machine = installed.machine
    broken = machine.root / "srv/plumbline/config/metrics/broken.yaml"
    broken.write_text("- id: broken\n")
    try:
        with pytest.raises(AssertionError, match=r"broken\.yaml"):
            machine.run(block("Update", "sh"))
    finally:
        broken.unlink()
    assert block("Update", "sh").endswith("check && sudo systemctl restart plumbline\n")
    assert "restart plumbline" not in (machine.root / "run" / "systemctl.txt").read_text()


def test_new_data_are_copied_and_taken_up_while_the_portal_runs(installed: Installed, signed_in: Page) -> None:
    machine = installed.machine
    write_requests(machine.root / "requests.csv", 431)
    assert "Copied anew: requests, 431 records." in machine.run(block("New data", "sh"))
    signed_in.goto(machine.url("/metric?id=requests_records"))
    signed_in.locator(".st-key-range-text").wait_for()
    settle(signed_in)
    assert "data to 8 Mar 2026" in signed_in.locator("[data-testid=stMain]").inner_text()  # before, in February
