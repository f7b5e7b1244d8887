"""The folder that drafts go to: whose it is, which warehouse it has, and what was drafted there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.definitions.files import find_files
from data_access.definitions.load import read as read_configuration
from data_access.definitions.models import Configuration
from data_access.definitions.yaml_source import read_document
from data_access.scaffold import memory
from data_access.scaffold.install import FolderError
from data_access.scaffold.memory import Remembered
from data_access.scaffold.naming import identifier

WAREHOUSE = "warehouse.duckdb"
ADDRESS = f"duckdb://state/{WAREHOUSE}"
ELSEWHERE = "--config mine/config"


@dataclass(frozen=True)
class Target:
    """``warehouse`` is what the folder's portal.yaml names, None without one; ``state`` the folder of the copies."""

    folder: Path
    state: Path
    warehouse: str | None
    remembered: Remembered | None

    @property
    def base(self) -> Path:
        """Where relative addresses start."""
        return self.folder.parent

    @property
    def copies(self) -> Path:
        """The warehouse file that copies go to."""
        return self.state / WAREHOUSE

    @property
    def state_address(self) -> str:
        """Where the portal keeps its own records: apart from those of a configuration that stands beside it."""
        taken = {file.stem for file in self.state.glob("*.db")}
        if not taken and not any(self.base.glob("*/portal.yaml")):
            return "sqlite:///state/portal.db"
        return f"sqlite:///state/{identifier(self.folder.name, taken | {'portal'}, 'portal')}.db"

    @property
    def own(self) -> Remembered | None:
        """What is remembered, where the warehouse is the one that was drafted from."""
        known = self.remembered
        return known if known is not None and known.warehouse == self.warehouse else None

    def is_warehouse(self, source: str) -> bool:
        """Whether the source is the DuckDB file that portal.yaml names."""
        kind, _, place = (self.warehouse or "").partition("://")
        return kind == "duckdb" and memory.address(source) == str((self.base / place).resolve())

    def configuration(self) -> Configuration:
        """What stands in the folder; raises FolderError when it has problems."""
        configuration, problems = read_configuration(self.folder)
        if configuration is None:
            errors = [problem for problem in problems if problem.severity == "error"]
            raise FolderError(
                f"The configuration in {self.folder.name} has problems, the first in {errors[0].file}. The check "
                "command names them all; mend them first."
            )
        return configuration


def look(folder: Path) -> Target:
    """The folder as it is now; it need not be there. Raises PlumblineError when it cannot be used."""
    folder = folder.expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder.name} is a file. Name a folder with --config.")
    state = folder.parent / "state"
    return Target(folder, state, _warehouse(folder), memory.read(state))


def require_new(target: Target) -> None:
    """Raises FolderError unless a new configuration can begin here without touching anything that is there."""
    if target.folder.exists():
        files, _ = find_files(target.folder)
        there = [*files.datasets.values(), *files.metrics, *files.reports.values(), *filter(None, [files.roles])]
        if there:
            raise FolderError(
                f"{target.folder.name} holds {there[0].relative_to(target.folder).as_posix()} but no portal.yaml, so "
                f"it is left as it is. Name a new folder, as in {ELSEWHERE}"
            )
    if target.remembered is not None or target.copies.exists():
        raise FolderError(
            f"The folder 'state' beside {target.folder.name} holds the warehouse of another drafted configuration. "
            f"Name a folder that stands elsewhere, as in {ELSEWHERE}"
        )


def _warehouse(folder: Path) -> str | None:
    """The address that portal.yaml names, None where there is no such file."""
    if not (folder / "portal.yaml").exists():
        return None
    document, _ = read_document(folder / "portal.yaml", folder)
    named = document.data.get("warehouse") if document and isinstance(document.data, Mapping) else None
    if not isinstance(named, str):
        raise FolderError(
            f"portal.yaml in {folder.name} names no warehouse that can be read. The check command says what is wrong; "
            "mend it first."
        )
    return named
