"""start.py before anything is installed: the right Python, the environment, the stamp. No network."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import start


class Machine:
    """Stands for the commands that start.py calls: notes each, and answers as it was told to."""

    def __init__(self, answers: dict[str, int] | None = None) -> None:
        self.answers = answers or {}
        self.called: list[str] = []

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, self.call(command), "", "ensurepip is not available")

    def call(self, command: list[str], **_: object) -> int:
        line = " ".join(str(word) for word in command)
        self.called.append(line)
        if "-m venv" in line:
            python = start.environment_python()
            python.parent.mkdir(parents=True)
            python.touch()
            (start.VENV / "pyvenv.cfg").write_text(f"command = {line}\n")
        return next((code for part, code in self.answers.items() if part in line), 0)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with one requirement and no environment yet."""
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "REQUIREMENTS", tmp_path / "requirements.txt")
    start.REQUIREMENTS.write_text("one==1.0\n")
    return tmp_path


def on(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(start.subprocess, "run", machine.run)
    monkeypatch.setattr(start.subprocess, "call", machine.call)
    return machine


def test_the_first_start_makes_the_environment_and_the_second_calls_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert [line.split()[2] for line in first.called] == ["venv", "pip"]
    assert f"--requirement {project / 'requirements.txt'}" in first.called[1]

    second = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert second.called == []


def test_changed_requirements_are_installed_into_the_environment_that_is_there(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(Machine(), monkeypatch)
    start.prepare_environment()
    (project / "requirements.txt").write_text("one==2.0\n")
    again = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert not any("-m venv" in line for line in again.called)
    assert sum("pip install" in line for line in again.called) == 1


@pytest.mark.usefixtures("project")
def test_an_installation_that_fails_is_tried_again_by_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    on(Machine({"pip install": 1}), monkeypatch)
    with pytest.raises(start.CannotStart, match="Check the network connection"):
        start.prepare_environment()
    again = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert any("pip install" in line for line in again.called)


@pytest.mark.usefixtures("project")
def test_an_environment_that_cannot_be_made_leaves_nothing_behind_and_names_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(Machine({"-m venv": 1}), monkeypatch)
    with pytest.raises(start.CannotStart, match="sudo apt install python3-venv"):
        start.prepare_environment()
    assert not start.VENV.exists()


def test_a_half_made_environment_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = project / ".venv" / "left over"
    broken.mkdir(parents=True)
    start.environment_python().parent.mkdir(parents=True)
    start.environment_python().touch()
    (start.VENV / "pyvenv.cfg").write_text(f"command = python -m venv {start.VENV}\n")
    machine = on(Machine({"import pip": 1}), monkeypatch)
    start.prepare_environment()
    assert any("-m venv" in line for line in machine.called)
    assert not broken.exists()


def test_an_upgrade_of_the_python_behind_the_environment_is_noticed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(Machine(), monkeypatch)
    start.prepare_environment()
    newer = project / "python3.99"
    newer.touch()
    start.environment_python().unlink()
    start.environment_python().symlink_to(newer)
    machine = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert any("pip install" in line for line in machine.called)


def test_an_environment_that_was_moved_with_its_project_is_made_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(Machine(), monkeypatch)
    start.prepare_environment()
    monkeypatch.setattr(start, "VENV", project / "moved")
    (project / ".venv").rename(start.VENV)
    machine = on(Machine(), monkeypatch)
    start.prepare_environment()
    assert any("-m venv" in line for line in machine.called)


def test_an_old_python_hands_over_to_a_newer_one_with_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = on(Machine(), monkeypatch)
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(start.sys, "argv", ["start.py", "run", "--port", "9000"])
    with pytest.raises(SystemExit) as end:
        start.use_new_enough_python((3, 9))
    assert end.value.code == 0
    assert machine.called[-1].startswith("python3.12 ")
    assert machine.called[-1].endswith("start.py run --port 9000")


def test_an_old_python_alone_says_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    with pytest.raises(start.CannotStart, match=r"Python 3\.11 or newer is needed; this is 3\.9"):
        start.use_new_enough_python((3, 9))


def test_a_new_enough_python_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = on(Machine(), monkeypatch)
    start.use_new_enough_python((3, 11))
    assert machine.called == []
