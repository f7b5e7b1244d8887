"""The server starts whole or not at all, and says in the terminal why it does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.serving import ROOT, free_port

WITHIN = 90  # seconds


def start(config: Path, address: str = "127.0.0.1") -> subprocess.CompletedProcess[str]:
    """Starts the server, which is expected to end by itself."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.address", address, "--server.port", str(free_port()), "--server.fileWatcherType", "none"]
    variables = os.environ | {"PLUMBLINE_CONFIG": str(config)}
    return subprocess.run(
        command + options, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=WITHIN, check=False
    )


@pytest.fixture
def installation(demonstration: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration with its warehouse, to be spoilt."""
    shutil.copytree(demonstration.parent, tmp_path / "copy")
    return tmp_path / "copy" / demonstration.name


def assert_refused(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode != 0
    for text in ("The portal does not start", *words):
        assert text in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_with_the_demonstration_people_it_does_not_start_away_from_this_machine(installation: Path) -> None:
    assert_refused(start(installation, "0.0.0.0"), "this machine only", "0.0.0.0")


def test_with_another_warehouse_it_does_not_start_with_the_demonstration_people(installation: Path) -> None:
    warehouse = next((installation.parent / "state").glob("*.duckdb"))
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("DROP TABLE plumbline_demonstration")
    assert_refused(start(installation), "only with the demonstration warehouse")
    (installation / "users.yaml").write_text("demonstration: true\n")
    assert_refused(start(installation), "the warehouse is not the demonstration")


def test_a_broken_configuration_is_listed_whole_and_nothing_is_served(installation: Path) -> None:
    portal = installation / "portal.yaml"
    portal.write_text(portal.read_text().replace("organisation:", "organization:"))
    metrics = next((installation / "metrics").glob("*.yaml"))
    metrics.write_text(metrics.read_text().replace("type: share", "type: shre", 1))
    assert_refused(start(installation), "portal.yaml", "organisation", metrics.name, "python -m data_access check")


def test_a_broken_people_file_is_named(installation: Path) -> None:
    (installation / "users.yaml").write_text("credential: {}\n")
    assert_refused(start(installation), "users.yaml", "Did you mean 'credentials'")


def test_a_way_to_sign_in_that_this_version_lacks_is_not_replaced_by_another(installation: Path) -> None:
    portal = installation / "portal.yaml"
    portal.write_text(portal.read_text().replace("sign_in: local", "sign_in: oidc"))
    assert_refused(start(installation), "sign_in: local")
