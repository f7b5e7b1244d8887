"""The systemd unit of config/DEPLOY.md: sound, closed, and started as it is written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.deploy.conftest import UNIT, Installed
from tests.deploy.machine import REAL

MOST_EXPOSED = 20  # of 100, on systemd's own scale; a unit with none of these lines has more than 90


def analyze(installed: Installed, *words: str) -> subprocess.CompletedProcess[str]:
    """What systemd-analyze says about the unit."""
    program = shutil.which("systemd-analyze", path=REAL)
    assert program is not None
    command = [program, *words, installed.machine.here(UNIT)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_systemd_finds_nothing_wrong_with_it(installed: Installed) -> None:
    said = analyze(installed, "verify", "--man=no")
    assert (said.returncode, said.stderr) == (0, "")


def test_it_leaves_the_portal_hardly_any_power_over_the_machine(installed: Installed) -> None:
    said = analyze(installed, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager")
    assert said.returncode == 0, said.stdout[-300:]


def test_the_portal_starts_as_the_unit_says(installed: Installed) -> None:
    assert installed.health == "ok"
    said = (installed.machine.root / "run" / "systemctl.txt").read_text().splitlines()
    assert said[:2] == ["daemon-reload", "enable --now plumbline"]


def test_what_it_writes_is_for_its_account_only(installed: Installed) -> None:
    state = installed.machine.root / "srv/plumbline/state"
    assert {"portal.db", "secret"} <= {file.name for file in state.iterdir()}
    assert state.stat().st_mode & 0o077 == 0
    assert [file.name for file in state.glob("portal.db*") if file.stat().st_mode & 0o077] == []


def test_the_answer_comes_from_the_program_that_was_installed_there(installed: Installed) -> None:
    pid = (installed.machine.root / "run" / "plumbline.pid").read_text()
    command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    program = installed.machine.root / "opt/plumbline"
    assert command[0] == f"{program}/.venv/bin/python"
    assert f"{program}/app.py" in command
    assert Path(f"/proc/{pid}/cwd").readlink() == installed.machine.root / "srv/plumbline/state"
