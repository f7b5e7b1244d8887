"""The command as a person runs it, in this process, and small files to run it on."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from data_access.cli.main import main

HEADINGS = ("Request ID", "Requested on", "Closed on", "Status", "District", "Working days")
RECORDS = 120


@dataclass(frozen=True)
class Said:
    """What a command ended with."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of reason of a command that was refused."""
        assert (self.code, self.out) == (2, ""), self
        [line] = self.err.splitlines()
        return line

    @property
    def password(self) -> str:
        found = re.search(r"with the password (\S+) \(shown this once\)", self.out)
        assert found, self.out
        return found[1]


class Commands:
    """``commands("scaffold", "x.csv")`` in one configuration folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def state(self) -> Path:
        return self.folder.parent / "state"

    def __call__(self, *arguments: str | Path) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--config", str(self.folder), *map(str, arguments)])
        return Said(code, out.getvalue(), err.getvalue())

    def scaffold(self, *arguments: str | Path) -> Said:
        """Runs ``scaffold``, which is to succeed."""
        said = self("scaffold", *arguments)
        assert said.code == 0, said
        return said


def rows(records: int = RECORDS) -> list[list[str]]:
    """Requests with a date in the UK's order, codes, and a few gaps; the same every time."""
    made = []
    for number in range(records):
        day, month = number % 28 + 1, number // 28 % 6 + 1
        closed = "" if number % 40 == 7 else f"{day:02d}/{month + 1:02d}/2026"
        status, district = ("open", "closed", "refused")[number % 3], ("Epping", "Harlow")[number % 2]
        made.append([f"R{number:05d}", f"{day:02d}/{month:02d}/2026", closed, status, district, str(number % 37)])
    return made


def write_csv(path: Path, records: list[list[str]] | None = None, headings: tuple[str, ...] = HEADINGS) -> Path:
    """A file of requests."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [headings, *(rows() if records is None else records)]
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content: what must not change when nothing is written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def draw(folder, page, identifier):  # type: ignore[no-untyped-def]  # its text alone becomes the script of an AppTest
    """A page over the real door, as the administrator that scaffold made."""
    from pathlib import Path

    import streamlit as st

    from data_access.access.people import People
    from data_access.portal import Portal
    from pages import home, metric, report

    people = People(Path(folder), demonstration=lambda: False)
    viewer = people.viewer_of("administrator")
    assert viewer is not None
    if identifier:
        st.query_params["id"] = identifier
    door = Portal.open(Path(folder)).for_viewer(viewer)
    {"home": home.render, "report": report.render, "metric": metric.render}[page](door)
