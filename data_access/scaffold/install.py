"""Puts a draft's files into the configuration's folder: all of them or none, and never over one that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data_access.errors import PlumblineError


class FolderError(PlumblineError):
    """The draft cannot be put into this folder."""

    title = "The draft cannot be put there"


def require_free(folder: Path, files: Mapping[str, str]) -> None:
    """Raises FolderError when a file is there already."""
    for file in files:
        if (folder / file).exists():
            raise FolderError(
                f"{file} is there already in {folder.name} and is left as it is. Rename it, or name a new folder with "
                "--config."
            )


@contextmanager
def installed(folder: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Writes the texts by file name; when the block fails, they are taken away again. Raises FolderError.

    A folder that is not there yet appears with all its files at once.
    """
    require_free(folder, files)
    made: list[Path] = []
    try:
        (_write if folder.exists() else _write_at_once)(folder, files, made)
        yield
    except OSError as error:
        _take_away(made)
        raise FolderError(
            f"The draft cannot be written to {folder.name}: {error.strerror or error}. See that there is room and that "
            "the folder may be written to."
        ) from error
    except BaseException:
        _take_away(made)
        raise


def _write_at_once(folder: Path, files: Mapping[str, str], made: list[Path]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        whole = Path(beside) / folder.name
        whole.mkdir()
        _write(whole, files, [])
        os.replace(whole, folder)
        made.append(folder)


def _write(folder: Path, files: Mapping[str, str], made: list[Path]) -> None:
    """Each file is opened for writing only if it is not there: somebody else's is never overwritten."""
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        with (folder / file).open("x", encoding="utf-8", newline="\n") as stream:
            made.append(folder / file)
            stream.write(text)


def _take_away(made: list[Path]) -> None:
    for path in made:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
