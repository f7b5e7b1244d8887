"""Stand-in for systemctl: starts and stops what the unit below a folder says, and nothing of this machine's own.

Called as ``systemctl.py ROOT enable --now plumbline``. The service gets the unit's environment and no other.
"""

from __future__ import annotations

import configparser
import os
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


def unit(root: Path) -> configparser.SectionProxy:
    """The unit's section ``[Service]``."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(root / "etc/systemd/system/plumbline.service", encoding="utf-8")
    return parser["Service"]


def start(root: Path) -> None:
    """Starts the service in a session of its own, so that it outlives this command."""
    service = unit(root)
    with (root / "run" / "plumbline.log").open("ab") as log:
        process = subprocess.Popen(
            shlex.split(service["ExecStart"]),
            cwd=service["WorkingDirectory"],
            env=dict(word.split("=", 1) for word in shlex.split(service["Environment"])),
            umask=int(service["UMask"], 8),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (root / "run" / "plumbline.pid").write_text(str(process.pid))


def stop(root: Path) -> None:
    """Asks the service to end, waits for it, and fails when it does not within the unit's time."""
    file = root / "run" / "plumbline.pid"
    if not file.exists():
        return
    pid = int(file.read_text())
    file.unlink()
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + int(unit(root)["TimeoutStopSec"])
        while _runs(pid):
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
                sys.exit(f"The service {pid} did not end by itself.")
            time.sleep(0.05)


def _runs(pid: int) -> bool:
    """Whether a process is there and not only waiting to be forgotten by whoever started it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def reload_nginx(root: Path) -> None:
    """Starts nginx, or has it read its settings again."""
    pid = root / "run" / "nginx.pid"
    runs = pid.exists() and pid.stat().st_size > 0  # `nginx -t` leaves an empty one
    subprocess.run([root / "bin" / "nginx", *(["-s", "reload"] if runs else [])], check=True)


def main(root: Path, words: list[str]) -> None:
    with (root / "run" / "systemctl.txt").open("a") as said:
        said.write(" ".join(words) + "\n")
    match words:
        case ["daemon-reload"]:
            pass
        case ["enable", "--now", "plumbline"] | ["start", "plumbline"]:
            start(root)
        case ["stop", "plumbline"]:
            stop(root)
        case ["restart", "plumbline"]:
            stop(root)
            start(root)
        case ["reload", "nginx"]:
            reload_nginx(root)
        case _:
            sys.exit(f"systemctl {' '.join(words)}: not known here")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
