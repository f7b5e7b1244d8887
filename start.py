#!/usr/bin/env python3
"""Makes the project's Python environment, then runs, tests or checks the portal in it.

    python3 start.py run [--port N] [--config DIR]     serve the portal on this machine
    python3 start.py test [pytest's arguments]         run the tests
    python3 start.py check                             format, lint, types, layering

Standard library only: it runs before anything is installed. The Makefile and ``.ci/run`` only call it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST = (3, 11)
HOST, PORT = "127.0.0.1", 8501  # the demonstration people may sign in on a loopback address only
DEMONSTRATION_WAREHOUSE = "duckdb://state/demo.duckdb"  # as in config/portal.yaml; its folder is beside config/
DEMONSTRATION_PEOPLE = ("manager", "staff", "steward", "analyst", "board", "administrator")
DEMONSTRATION_PASSWORD = "plumbline-demo"
CHECKS = ("ruff check .", "ruff format --check .", "mypy", "lint-imports --no-logo")


class CannotStart(Exception):
    """Something that the person at the keyboard can put right; its text says how."""


say = partial(print, flush=True)  # at once, also when another program reads what is said


def other_python() -> list[str] | None:
    """How to call an installed Python that is new enough, or None."""
    for version in ("3.11", "3.12", "3.13", "3.14"):
        command = ["py", f"-{version}"] if WINDOWS else [f"python{version}"]
        if shutil.which(command[0]) and _succeeds([*command, "-c", "import venv"]):
            return command
    return None


def use_new_enough_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Goes on when this Python is new enough, else starts again in one that is."""
    if version >= OLDEST:
        return
    other = other_python()
    if other is None:
        needed = f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {version[0]}.{version[1]}."
        raise CannotStart(f"{needed} Install one (https://www.python.org/downloads/) and start again.")
    sys.exit(subprocess.call([*other, str(Path(__file__).resolve()), *sys.argv[1:]]))


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# -- the environment -------------------------------------------------------------------------


def environment_python() -> Path:
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def wanted_stamp() -> str:
    """What the environment was made from, where, and the Python behind it: a move or an upgrade breaks it."""
    return f"{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()} {VENV} {os.path.realpath(environment_python())}"


def prepare_environment() -> None:
    """Makes ``.venv`` and installs the requirements; does nothing when both are as they should be."""
    stamp = VENV / "requirements.stamp"
    if environment_python().exists() and stamp.exists() and stamp.read_text() == wanted_stamp():
        return
    make_environment()
    say("Installing what the portal needs (a few minutes the first time, then never again) …")
    pip = [str(environment_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--requirement", str(REQUIREMENTS)]):
        raise CannotStart(
            "The packages could not be installed; pip's own message is above. "
            "Check the network connection or the package index you use, then start again."
        )
    stamp.write_text(wanted_stamp())


def make_environment() -> None:
    """Makes ``.venv`` unless a whole one is there; leaves nothing behind when that fails."""
    settings = VENV / "pyvenv.cfg"  # says where it was made; its tools stop working when it is moved
    here = settings.exists() and f" {VENV}\n" in settings.read_text()
    if here and _succeeds([str(environment_python()), "-c", f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    say("Making a Python environment in .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotStart(
            "Python could not make an environment. On Debian or Ubuntu install what is missing with\n"
            "    sudo apt install python3-venv\n"
            f"and start again. Python said: {(made.stderr or made.stdout).strip()[-300:]}"
        )


# -- run -------------------------------------------------------------------------------------


def written(file: Path, key: str) -> str | None:
    """The plain value of a top key in a YAML file, or None. (There is no YAML reader before the installation.)"""
    found = re.search(rf"^{key}:[ \t]*[\"']?([^\s\"'#]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else None


def shows_demonstration(config: Path) -> bool:
    """Whether ``portal.yaml`` names the demonstration's warehouse."""
    if not (config / "portal.yaml").exists():
        raise CannotStart(f"There is no portal.yaml in {config}. Name the folder that holds it with --config.")
    return written(config / "portal.yaml", "warehouse") == DEMONSTRATION_WAREHOUSE


def has_demonstration_people(config: Path) -> bool:
    """Whether they may sign in: with the demonstration, unless ``users.yaml`` says ``demonstration: false``."""
    people = config / "users.yaml"
    return shows_demonstration(config) and not (people.exists() and written(people, "demonstration") == "false")


def refuse_a_busy_port(port: int) -> None:
    with socket.socket() as probe:
        if not WINDOWS:  # else a port is refused for a minute after the last stop
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise CannotStart(
                f"Port {port} cannot be used: {why}. Is the portal running already? Look at http://{HOST}:{port}.\n"
                f"Else choose another port: start.py run --port {port + 1 if port < 65535 else PORT}"
            ) from None


def answers(port: int) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by way of a proxy
    try:
        with direct.open(f"http://{HOST}:{port}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def build_missing_demonstration(config: Path) -> None:
    """Does nothing when the file is there: only ``demo`` replaces it."""
    if (config.parent / DEMONSTRATION_WAREHOUSE.removeprefix("duckdb://")).exists():
        return
    say("Building the demonstration's warehouse of made-up records …")
    demo = [str(environment_python()), "-m", "data_access", "--config", str(config), "demo"]
    if subprocess.call(demo, cwd=ROOT):
        raise CannotStart("The demonstration's warehouse could not be built; the reason is above.")


def run(port: int, config: Path) -> int:
    """Serves the portal until it is stopped; returns the exit code."""
    refuse_a_busy_port(port)
    demonstration = shows_demonstration(config)
    prepare_environment()
    if demonstration:
        build_missing_demonstration(config)
    streamlit = [str(environment_python()), "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.address", HOST, "--server.port", str(port), "--logger.hideWelcomeMessage", "true"]
    variables = os.environ | {"PLUMBLINE_CONFIG": str(config)}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop ends it like Ctrl-C
    server = subprocess.Popen(streamlit + options, cwd=ROOT, env=variables)
    try:
        while server.poll() is None and not answers(port):
            time.sleep(0.1)
        if server.poll() is None:
            welcome(port, has_demonstration_people(config))
        return server.wait()
    except KeyboardInterrupt:
        say("Stopping.")
        return 0
    finally:
        server.terminate()
        server.wait()


def welcome(port: int, demonstration: bool) -> None:
    say(f"\n  The portal is at http://{HOST}:{port}    (Ctrl-C stops it)\n")
    if demonstration:
        say("  It shows made-up figures. Sign in as one of")
        say(f"      {'  '.join(DEMONSTRATION_PEOPLE)}")
        say(f"  with the password  {DEMONSTRATION_PASSWORD}\n")


def test(arguments: list[str]) -> int:
    """Runs the tests in the environment; those that need a browser are skipped, loudly, when there is none."""
    prepare_environment()
    from tests import chromium

    browser = chromium.obtain(str(environment_python()))
    variables = os.environ | ({"PLUMBLINE_CHROMIUM": browser} if browser else {})
    at_once = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]  # a test's own arguments come last and win
    return subprocess.call([str(environment_python()), "-m", "pytest", *at_once, *arguments], cwd=ROOT, env=variables)


def check() -> int:
    """Runs every check, also after one has failed; returns 1 when any did."""
    prepare_environment()
    failed = []
    for line in CHECKS:
        say(f"-- {line}")
        tool, *arguments = line.split()
        failed += [line] * bool(subprocess.call([str(environment_python().parent / tool), *arguments], cwd=ROOT))
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return int(bool(failed))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="start.py", description="Runs, tests or checks the portal.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("run", help="serve the portal on this machine")
    serve.add_argument("--port", type=int, default=PORT, metavar="N", help=f"the port (default {PORT})")
    folder = Path(os.environ.get("PLUMBLINE_CONFIG") or ROOT / "config")
    serve.add_argument("--config", type=Path, default=folder, metavar="DIR", help="the configuration's folder")
    commands.add_parser("test", help="run the tests; further arguments go to pytest", add_help=False)
    commands.add_parser("check", help="format, lint, types, layering")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        use_new_enough_python()
        if options.command == "run":
            return run(options.port, options.config.resolve())
        return test(rest) if options.command == "test" else check()
    except (CannotStart, KeyboardInterrupt) as problem:
        say(f"\n{problem}" if isinstance(problem, CannotStart) else "\nStopped.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
