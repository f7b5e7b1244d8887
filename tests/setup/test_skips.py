"""A test that cannot run is never passed over in silence: a notice at the end, and a failure in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from start import ROOT

CANNOT_RUN = {
    "in a test": "import pytest\ndef test_it(): pytest.skip('No moon tonight')\n",
    "in a file": "import pytest\npytest.skip('No moon tonight', allow_module_level=True)\n",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='No moon tonight')\ndef test_it(): pass\n",
}


def run(folder: Path, text: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs one test file under this project's rules, with these variables and without CI unless it is one."""
    file = folder / "test_it.py"
    file.write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), str(file)]
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "PLUMBLINE_CHROMIUM"}}
    return subprocess.run(
        command + options, cwd=ROOT, env=environment | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("text", CANNOT_RUN.values(), ids=CANNOT_RUN)
def test_a_skip_is_named_in_a_notice_at_the_end(tmp_path: Path, text: str) -> None:
    result = run(tmp_path, text)
    assert result.returncode in (0, 5), result.stdout  # 5: nothing else was there to run
    assert "1 TESTS WERE NOT RUN" in result.stdout
    assert "No moon tonight" in result.stdout.split("TESTS WERE NOT RUN")[1]


@pytest.mark.parametrize("text", CANNOT_RUN.values(), ids=CANNOT_RUN)
def test_in_ci_a_skip_is_a_failure(tmp_path: Path, text: str) -> None:
    result = run(tmp_path, text, CI="true")
    assert result.returncode in (1, 2), result.stdout
    assert "Nothing may be skipped when CI=true" in result.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    text = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"
    assert run(tmp_path, text, CI="true").returncode == 0


def test_without_a_browser_its_tests_are_left_out_loudly_and_fail_in_ci(tmp_path: Path) -> None:
    text = "def test_it(chromium): assert chromium\n"
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    assert "No Chromium: the pages were not looked at" in run(tmp_path, text, **nowhere).stdout
    assert run(tmp_path, text, CI="true", **nowhere).returncode == 1


def test_without_the_public_data_its_tests_are_left_out_loudly_and_fail_in_ci(tmp_path: Path) -> None:
    text = "def test_it(shared_real): assert shared_real\n"
    missing = {"PLUMBLINE_REAL": str(tmp_path / "nowhere")}
    assert "No public data at" in run(tmp_path, text, **missing).stdout
    assert run(tmp_path, text, CI="true", **missing).returncode == 1
