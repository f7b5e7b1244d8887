"""start.py run: ports, the demonstration, and a portal that starts and stops. No network."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start
from data_access.access import demonstration_people
from tests.serving import free_port


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "portal.yaml").write_text(f"name: A portal\nwarehouse: {start.DEMONSTRATION_WAREHOUSE}  # made up\n")
    return folder


def test_a_busy_port_is_named_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind((start.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(start.CannotStart) as problem:
            start.refuse_a_busy_port(port)
    assert f"Port {port} cannot be used" in str(problem.value)
    assert f"--port {port + 1}" in str(problem.value)


def test_a_port_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(start.CannotStart, match="Port 70000 cannot be used"):
        start.refuse_a_busy_port(70000)


def test_a_free_port_is_accepted() -> None:
    start.refuse_a_busy_port(free_port())


def test_a_folder_without_a_portal_is_named(tmp_path: Path) -> None:
    with pytest.raises(start.CannotStart, match=r"There is no portal\.yaml in"):
        start.shows_demonstration(tmp_path)


def test_a_missing_demonstration_is_built_once(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[list[str]] = []
    monkeypatch.setattr(start.subprocess, "call", lambda command, **_: built.append(command) or 0)
    start.build_missing_demonstration(config)
    assert built[0][-3:] == ["--config", str(config), "demo"]

    (config.parent / "state").mkdir()
    (config.parent / "state" / "demo.duckdb").touch()
    start.build_missing_demonstration(config)
    assert len(built) == 1


@pytest.mark.parametrize(
    "line",
    ["warehouse: duckdb://state/council.duckdb", "warehouse: postgres://db/warehouse", "# warehouse: nothing yet"],
)
def test_another_warehouse_is_never_taken_for_the_demonstration(config: Path, line: str) -> None:
    (config / "portal.yaml").write_text(f"name: A portal\n{line}\n")
    assert not start.shows_demonstration(config)
    assert not start.has_demonstration_people(config)


def test_a_quoted_warehouse_is_read_as_well(config: Path) -> None:
    (config / "portal.yaml").write_text(f'warehouse: "{start.DEMONSTRATION_WAREHOUSE}"\n')
    assert start.shows_demonstration(config)


def test_a_people_file_can_send_the_demonstration_people_away(config: Path) -> None:
    assert start.has_demonstration_people(config)
    (config / "users.yaml").write_text("demonstration: false\n")
    assert not start.has_demonstration_people(config)


def test_the_people_named_at_the_start_are_those_who_may_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    start.welcome(8501, demonstration=True)
    told = capsys.readouterr().out
    assert tuple(demonstration_people.ATTRIBUTES) == start.DEMONSTRATION_PEOPLE
    assert all(person in told for person in demonstration_people.ATTRIBUTES)
    assert demonstration_people.PASSWORD in told
    assert "http://127.0.0.1:8501" in told


def test_a_real_portal_names_no_people(capsys: pytest.CaptureFixture[str]) -> None:
    start.welcome(8501, demonstration=False)
    assert "password" not in capsys.readouterr().out


def test_the_folder_is_the_one_named_else_the_environments_else_the_projects(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Path] = []
    monkeypatch.setattr(start, "run", lambda _port, config: served.append(config) or 0)
    monkeypatch.delenv("PLUMBLINE_CONFIG", raising=False)
    start.main(["run"])
    monkeypatch.setenv("PLUMBLINE_CONFIG", str(start.ROOT / "tests"))
    start.main(["run"])
    start.main(["run", "--config", str(start.ROOT / "pages")])
    assert served == [start.ROOT / "config", start.ROOT / "tests", start.ROOT / "pages"]


def test_an_unknown_word_is_refused_but_tests_pass_theirs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        start.main(["run", "--prot", "9000"])
    passed: list[list[str]] = []
    monkeypatch.setattr(start, "test", lambda words: passed.append(words) or 0)
    assert start.main(["test", "-k", "cards", "-x", "tests/setup"]) == 0
    assert passed == [["-k", "cards", "-x", "tests/setup"]]


def test_a_problem_is_said_in_words_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["run", "--port", str(free_port()), "--config", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "There is no portal.yaml" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_start_serves_says_where_and_ends_cleanly(demonstration: Path, end: signal.Signals) -> None:
    port = free_port()
    driver = (
        "import sys, pathlib, start\n"
        "start.prepare_environment = lambda: None\n"  # this Python has everything already
        "start.environment_python = lambda: pathlib.Path(sys.executable)\n"
        "sys.exit(start.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", driver, "run", "--port", str(port), "--config", str(demonstration)]
    server = subprocess.Popen(command, cwd=start.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = ""
        assert server.stdout is not None
        while start.DEMONSTRATION_PASSWORD not in said and (line := server.stdout.readline()):
            said += line
        assert f"http://127.0.0.1:{port}" in said
        assert start.answers(port)
        server.send_signal(end)
        rest, _ = server.communicate(timeout=30)
    finally:
        server.kill()
    assert server.returncode == 0, rest
    assert "Traceback" not in said + rest
    assert not start.answers(port)
