"""A warehouse's file on the disk: which one counts, which version of it, and whether it is still that version."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from data_access.errors import WarehouseError


@dataclass(frozen=True)
class Version:
    """A file as it was when it was looked at."""

    path: Path
    inode: int
    changed_ns: int
    size: int

    @property
    def name(self) -> str:
        """What answers of this version are kept under."""
        return f"{self.path.name}:{self.inode}:{self.changed_ns}:{self.size}"

    def overwritten(self) -> bool:
        """Whether this very file was written to since. One put in its place is another file and does no harm."""
        try:
            now = _version(self.path, self.path.stat())
        except OSError:
            return False
        return now.inode == self.inode and now != self


def newest(path: Path) -> Version:
    """The file as it is now; of a glob the newest. Raises WarehouseError when there is none."""
    found = sorted(path.parent.glob(path.name)) if "*" in path.name else [path]
    versions = [version for each in found if (version := _look(each))]
    if not versions:
        raise WarehouseError(
            f"The warehouse file {path.name} is not in the folder {path.parent.name}. "
            "Put it back, or correct `warehouse` in portal.yaml."
        )
    return max(versions, key=lambda version: version.changed_ns)


def _look(path: Path) -> Version | None:
    try:
        return _version(path, path.stat()) if path.is_file() else None
    except FileNotFoundError:  # taken away between the two looks
        return None
    except OSError as error:
        raise WarehouseError(
            f"The warehouse file {path.name} cannot be looked at: {error.strerror}. "
            "See that the portal's account may read it and the folder it is in."
        ) from error


def _version(path: Path, stat: os.stat_result) -> Version:
    return Version(path, stat.st_ino, stat.st_mtime_ns, stat.st_size)
