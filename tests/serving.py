"""Starts the portal as a person would, on a free loopback port, for the browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from start import ROOT, answers

START_WITHIN = 90  # seconds: a cold machine with two cores imports everything once


@dataclass(frozen=True)
class Served:
    """A running portal: its address without a final slash, its configuration's folder, its log."""

    address: str
    config: Path
    log: Path
    process: subprocess.Popen[bytes]

    def url(self, path: str = "/") -> str:
        return self.address + "/" + path.lstrip("/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(config: Path, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serves the configuration in ``config`` until the block ends. Raises AssertionError with the log's end."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.fileWatcherType", "none"]
    variables = os.environ | {"PLUMBLINE_CONFIG": str(config)} | dict(environment or {})
    with log.open("wb") as output:
        process = subprocess.Popen(command + options, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT)
    served = Served(f"http://127.0.0.1:{port}", config, log, process)
    try:
        _wait_until_it_answers(served, port)
        yield served
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stops a server: kindly, then by force."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _wait_until_it_answers(served: Served, port: int) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if served.process.poll() is not None:
            raise AssertionError(f"The portal stopped while starting:\n{served.log.read_text()[-4000:]}")
        if answers(port):
            return
        time.sleep(0.2)
    raise AssertionError(f"The portal did not answer in {START_WITHIN} s:\n{served.log.read_text()[-4000:]}")
