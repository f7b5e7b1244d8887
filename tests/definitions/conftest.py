"""A configuration that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.definitions.cases import GOOD

Change = Callable[[str, str, str], Path]


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Replaces one piece of text in one file of a copy of the good configuration; gives the folder."""

    def replace(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "config"
        if not folder.exists():
            shutil.copytree(GOOD, folder)
        text = (folder / file).read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return replace
