"""A test that cannot run is never passed over in silence: a notice at the end, and a failure in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from start import ROOT

CANNOT_RUN = {
    "test_inside.py": "import pytest\ndef test_it(): pytest.skip('No moon tonight')\n",
    "test_whole_file.py": "import pytest\npytest.skip('No sun today', allow_module_level=True)\n",
    "test_by_a_mark.py": "import pytest\n@pytest.mark.skip(reason='No wind at all')\ndef test_it(): pass\n",
}
GO_ON = "--continue-on-collection-errors"
REASONS = ("No moon tonight", "No sun today", "No wind at all")


def run(folder: Path, files: dict[str, str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs test files under this project's rules, with these variables and without CI unless it is one."""
    for name, text in files.items():
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), *(str(folder / name) for name in files)]
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "PLUMBLINE_CHROMIUM"}}
    return subprocess.run(
        command + options, cwd=ROOT, env=environment | variables, capture_output=True, text=True, check=False
    )


def test_every_skip_is_named_in_a_notice_at_the_end(tmp_path: Path) -> None:
    result = run(tmp_path, CANNOT_RUN)
    assert result.returncode in (0, 5), result.stdout  # 5: nothing else was there to run
    assert "3 TESTS WERE NOT RUN" in result.stdout
    notice = result.stdout.split("TESTS WERE NOT RUN")[1]
    assert [reason for reason in REASONS if reason not in notice] == []


def test_in_ci_every_skip_is_a_failure_and_an_expected_failure_is_none(tmp_path: Path) -> None:
    expected = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"
    result = run(tmp_path, {**CANNOT_RUN, "test_expected.py": expected}, CI="true", PYTEST_ADDOPTS=GO_ON)
    assert result.returncode == 1, result.stdout
    said = [f"{reason}\nNothing may be skipped when CI=true." in result.stdout for reason in REASONS]
    assert said == [True, True, True], result.stdout
    assert "1 failed, 1 xfailed, 2 errors" in result.stdout.splitlines()[-1]


def test_what_is_not_here_leaves_its_tests_out_loudly_and_fails_in_ci(tmp_path: Path) -> None:
    files = {f"test_{name}.py": f"def test_it({name}): assert {name}\n" for name in ("chromium", "shared_real")}
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    nowhere |= {"PLUMBLINE_REAL": str(tmp_path / "nowhere")}
    said = run(tmp_path, files, **nowhere).stdout
    assert "No Chromium: the pages were not looked at" in said
    assert "No public data at" in said
    in_ci = run(tmp_path, files, CI="true", **nowhere)
    assert in_ci.returncode == 1
    assert in_ci.stdout.count("Nothing may be skipped when CI=true") >= 2
    assert "2 errors" in in_ci.stdout.splitlines()[-1]
