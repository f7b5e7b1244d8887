"""Getting a Chromium for the browser tests: PATH, then Playwright's own, then apt as root. No network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import chromium


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be called, on a machine without any Chromium, apt or root."""
    lines: list[str] = []
    monkeypatch.delenv("PLUMBLINE_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    monkeypatch.setattr(chromium, "playwrights_own", lambda _: None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(chromium.subprocess, "call", lambda command, **_: lines.append(" ".join(command)) or 0)
    return lines


def test_one_on_the_path_is_taken_and_nothing_is_downloaded(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda name: "/bin/chrome" if name == "google-chrome" else None)
    assert chromium.obtain("python") == "/bin/chrome"
    assert called == []


def test_a_named_one_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_CHROMIUM", "/opt/mine")
    assert chromium.on_path() == "/opt/mine"


def test_playwrights_own_is_tried_next_and_taken_only_if_it_starts(
    called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([None, "/cache/chrome"])
    monkeypatch.setattr(chromium, "playwrights_own", lambda _: next(answers))
    assert chromium.obtain("python") == "/cache/chrome"
    assert called == ["python -m playwright install chromium"]


def test_apt_is_asked_last_and_only_by_root(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda name: "/bin/apt-get" if name == "apt-get" else None)
    assert chromium.obtain("python") is None
    assert not any(line.startswith("apt-get") for line in called)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    chromium.obtain("python")
    assert called[-1].startswith("apt-get install")


@pytest.mark.usefixtures("called")
def test_without_any_there_is_none() -> None:
    assert chromium.obtain("python") is None


def test_a_download_that_cannot_start_is_not_taken(tmp_path: Path) -> None:
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho {broken}\n")
    python.chmod(0o755)
    assert chromium.playwrights_own(str(python)) is None
    broken.write_text("#!/bin/sh\nexit 0\n")
    assert chromium.playwrights_own(str(python)) == str(broken)
