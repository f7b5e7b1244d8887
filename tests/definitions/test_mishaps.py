"""Whatever happens to a file, the answer is a list of problems with places, never a failure of the program."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.definitions.load import read
from tests.definitions.cases import GOOD

FILES = sorted(path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*.yaml"))
LINES = [(file, number) for file in FILES for number in range(len((GOOD / file).read_text("utf-8").splitlines()))]
VALUES = ["", "5", "[]", "{}", "text", "[a, 5]", "{a: b}", "true", "2024-01-01", "[{a: [1]}]", "[1, ~]", "'", "\x00"]


def mishap(line: str, value: str | None) -> str:
    """A line lost (None), or what stands after its ':' replaced."""
    if value is None:
        return ""
    key, colon, _ = line.partition(": ")
    return f"{key}{colon or ': '}{value}"


@settings(max_examples=max(20, settings.default.max_examples // 4))  # each reads a whole configuration
@given(st.lists(st.tuples(st.sampled_from(LINES), st.none() | st.sampled_from(VALUES)), min_size=1, max_size=3))
def test_lost_and_changed_lines_end_in_problems_with_places(
    mishaps: list[tuple[tuple[str, int], str | None]],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "config"
        shutil.copytree(GOOD, folder)
        for (file, number), value in mishaps:
            rows = (folder / file).read_text("utf-8").split("\n")
            rows[number] = mishap(rows[number], value)
            (folder / file).write_text("\n".join(rows), "utf-8")
        configuration, problems = read(folder)
    assert (configuration is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.reason
        assert problem.line is None or problem.line >= 1
