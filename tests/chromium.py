"""Finds a Chromium for the browser tests, or tries to get one. Standard library only: ``start.py test`` calls it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def on_path() -> str | None:
    """PLUMBLINE_CHROMIUM, else a Chromium, Chrome or Edge on the PATH, else None."""
    named = os.environ.get("PLUMBLINE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def playwrights_own(python: str) -> str | None:
    """The Chromium that Playwright downloaded for itself, if it is there and starts; ``python`` has Playwright."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    told = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    path = told.stdout.strip()
    return path if path and Path(path).exists() and _starts(path) else None


def obtain(python: str) -> str | None:
    """A Chromium: found, else downloaded by Playwright, else installed by apt as root; None when all fail."""
    found = on_path() or playwrights_own(python)
    if found:
        return found
    print("No Chromium found. Playwright tries to download one …", flush=True)
    subprocess.call([python, "-m", "playwright", "install", "chromium"])
    found = playwrights_own(python)
    if found or not shutil.which("apt-get") or os.geteuid() != 0:
        return found
    print("That failed. apt tries to install one …", flush=True)
    subprocess.call(["apt-get", "update", "-qq"])
    subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"])
    return on_path()


def _starts(path: str) -> bool:
    """Whether it runs at all: a download without its system libraries does not. (Windows' has no --version.)"""
    if os.name == "nt":
        return True
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
