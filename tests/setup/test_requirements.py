"""requirements.txt: pinned, whole, and nothing imported that it does not name."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

from start import REQUIREMENTS, ROOT

LINES = [line.split("#")[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
PINS = [Requirement(line) for line in LINES if line]
OURS = {"app", "data_access", "pages", "start", "tests"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


PINNED = {plain(pin.name): str(pin.specifier).removeprefix("==") for pin in PINS}


def test_every_requirement_is_pinned_to_one_version() -> None:
    loose = [str(pin) for pin in PINS if not re.fullmatch(r"==[0-9][^*,]*", str(pin.specifier))]
    assert PINS
    assert loose == []


def test_whatever_the_requirements_need_is_pinned_as_well() -> None:
    needed = {
        plain(need.name)
        for pin in PINNED
        for need in map(Requirement, distribution(pin).requires or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert needed - set(PINNED) == set()


def test_what_is_installed_is_what_is_pinned() -> None:
    installed = {name: distribution(name).version for name in PINNED}
    assert installed == PINNED


def test_every_import_of_the_project_is_a_requirement_of_its_own() -> None:
    files = [ROOT / "start.py", *ROOT.glob("app.py"), *sorted(ROOT.glob("data_access/**/*.py"))]
    files += [*sorted(ROOT.glob("pages/**/*.py")), *sorted(ROOT.glob("tests/**/*.py"))]
    direct = REQUIREMENTS.read_text(encoding="utf-8").split("# -- what those need")[0]
    named = {plain(Requirement(line.split("#")[0].strip()).name) for line in direct.splitlines() if "==" in line}
    sources = packages_distributions()
    missing = {
        f"{module} in {file.relative_to(ROOT)}"
        for file in files
        for module in imported_by(file) - OURS - sys.stdlib_module_names
        if not {plain(name) for name in sources.get(module, ())} & named
    }
    assert missing == set()


def test_start_needs_nothing_installed() -> None:
    files = [ROOT / "start.py", ROOT / "tests" / "chromium.py", ROOT / "tests" / "__init__.py"]
    assert {module for file in files for module in imported_by(file)} - sys.stdlib_module_names <= {"tests"}


def imported_by(file: Path) -> set[str]:
    """The top names of the absolute imports of a file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
