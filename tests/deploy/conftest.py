"""One machine for all tests of this folder: installed once, step by step, as config/DEPLOY.md says."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import PATIENCE, fill_sign_in, settle
from tests.deploy.machine import NAME, Machine, block, missing
from tests.sign_in.looking import wait_for_keys
from tests.stranger import write_requests

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UNIT = "/etc/systemd/system/plumbline.service"
ORGANISATION = "Anyborough Council"
SITE = "/etc/nginx/sites-available/plumbline"


@dataclass(frozen=True)
class Installed:
    """The machine after steps 1 to 4, the person of step 2, and what the health question of step 3 answered."""

    machine: Machine
    username: str
    password: str
    health: str


@pytest.fixture(scope="session")
def installed() -> Iterator[Installed]:
    """The portal as the page installs it: served, behind nginx with a certificate of its own making."""
    if lacking := missing():
        pytest.skip(f"Not here: {', '.join(lacking)}. The steps of config/DEPLOY.md were not tried.")
    root = Path(tempfile.mkdtemp(prefix="plumbline-"))  # not pytest's, whose long paths no UNIX socket likes
    machine = Machine(root)
    try:
        machine.prepare()
        write_requests(root / "requests.csv")
        machine.run(block("1. The program", "sh"))
        machine.run(block("2. The configuration", "sh"))
        shutil.copytree(root / "srv/plumbline/config", root / "council/config")
        edit(root / "council/config/portal.yaml")
        machine.run(block("2. The configuration", "sh", 1))
        said = machine.run(block("2. The configuration", "sh", 2))
        machine.save(UNIT, block("3. The service", "ini"))
        health = machine.run(block("3. The service", "sh"))
        certify(root / "etc/ssl/plumbline")
        machine.save(SITE, block("4. nginx with TLS", "nginx"))
        machine.run(block("4. nginx with TLS", "sh"))
        password = re.search(r"Password, shown this once: (\S+)", said)
        assert password is not None, said
        yield Installed(machine, "j.smith", password[1], health)
    finally:
        machine.stop()
        shutil.rmtree(root)


def edit(portal: Path) -> None:
    """What somebody changed in the draft on a machine of their own."""
    portal.write_text(portal.read_text().replace("organisation: Not named yet", f"organisation: {ORGANISATION}"))


def certify(folder: Path) -> None:
    """Makes a key and a certificate that it signs itself."""
    wanted = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    files = ["-keyout", str(folder / "portal.key"), "-out", str(folder / "portal.pem")]
    subprocess.run(["openssl", *wanted.split(), *files], check=True, capture_output=True)


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, installed: Installed) -> Iterator[Page]:
    """The person's browser, come to the portal through nginx and signed in by the form."""
    with chromium.new_context(ignore_https_errors=True, locale="en-GB") as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(installed.machine.url())
        fill_sign_in(page, installed.username, installed.password)
        page.locator(".st-key-sign-in").wait_for(state="detached")
        wait_for_keys(page)
        settle(page)
        yield page
