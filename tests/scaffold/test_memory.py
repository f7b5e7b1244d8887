"""What is remembered of a source: an address that finds it again and holds no password."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.scaffold.memory import address
from data_access.scaffold.texts import named, spoken


@pytest.mark.parametrize(
    ("url", "remembered"),
    [
        ("postgres://jo:secret@db.example:5433/council", "postgresql://jo@db.example:5433/council"),
        ("postgresql://jo@db.example/council?schema=a&password=secret", "postgresql://jo@db.example/council?schema=a"),
        ("postgresql://jo:p@ss@db.example/council?sslpassword=secret", "postgresql://jo@db.example/council"),
        ("postgresql://:secret@/council", "postgresql://@/council"),
        (" PostgreSQL://jo:secret@db.example/council ", "postgresql://jo@db.example/council"),
    ],
)
def test_a_database_is_remembered_without_its_password(url: str, remembered: str) -> None:
    assert address(url) == remembered
    assert address(remembered) == remembered


def test_a_file_is_the_same_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("council.duckdb", "./council.duckdb", "duckdb://council.duckdb", str(tmp_path / "council.duckdb"))
    assert {address(name) for name in names} == {str(tmp_path / "council.duckdb")}


@pytest.mark.parametrize(
    ("sources", "name", "said"),
    [
        (["/data/library_visits.csv.gz"], "Library visits", "library_visits.csv.gz"),
        (["/data/returns/a.csv", "/data/returns/b.csv"], "Returns", "a.csv"),
        (["postgresql://jo:secret@db.example/council"], "Council", "council at db.example"),
        (["/data/2024-25"], "2024-25", "2024-25"),
    ],
)
def test_a_source_gives_a_portal_its_name_and_is_named_to_people(sources: list[str], name: str, said: str) -> None:
    assert named(sources) == name
    assert spoken(sources[0]) == said
