"""The hand-finished configuration is whole; its tables and columns are among those that ``scaffold`` copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.scaffolding import command


@pytest.mark.real
def test_check_finds_nothing_to_say(installation: Path) -> None:
    said = command(installation, "check")
    assert (said.code, said.text) == (0, "The configuration has no problems.\n")
