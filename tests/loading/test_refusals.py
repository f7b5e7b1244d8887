"""Strange input is told in words, and leaves what was there before as it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import duckdb
import pytest

from data_access.loading import source as loading_source
from data_access.loading.refusal import SourceError
from tests.loading.copying import copy

STRANGE: list[tuple[str, bytes, str]] = [
    ("empty.csv", b"", "is empty"),
    ("blank.csv", b"\n\n , ,\n", "is empty"),
    ("headings.csv", b"a,b\n", "has headings and no records"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "is no text file"),
    ("prose.txt", b"One line.\nAnother, with a comma.\n", "holds text and no table"),
    ("cut.csv.gz", b"\x1f\x8b\x08\x00\x00\x00", "cannot be unpacked"),
    ("table.docx", b"PK", "of a kind that is not read"),
    ("broken.parquet", b"PAR1", "cannot be read as Parquet"),
    ("broken.xlsx", b"PK\x03\x04", "cannot be read as a spreadsheet"),
    ("other.db", b"SQLite format 3\x00" + b"\x00" * 5000, "cannot be opened as a DuckDB file"),
    ("zero.duckdb", b"", "cannot be opened as a DuckDB file"),
]


@pytest.mark.parametrize(("name", "content", "words"), STRANGE, ids=[name for name, _, _ in STRANGE])
def test_a_strange_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    into = tmp_path / "state"
    into.mkdir()
    (into / "warehouse.duckdb").write_bytes(b"what was there before")
    with pytest.raises(SourceError, match=words) as refused:
        copy(tmp_path / name, into=into)
    assert name.split(".")[0] in refused.value.message
    assert [(path.name, path.read_bytes()) for path in into.iterdir()] == [
        ("warehouse.duckdb", b"what was there before")
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no file or folder .*nowhere\.csv"):
        copy(tmp_path / "nowhere.csv", into=tmp_path)


def test_an_empty_folder_says_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SourceError, match="data holds no file that can be read"):
        copy(tmp_path / "data", into=tmp_path)


@pytest.mark.parametrize("address", ["postgresql://[db/council", "postgresql://jo:secret@db:port/council"])
def test_an_address_that_is_none_is_said_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(SourceError) as refused:
        copy(address, into=tmp_path)
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), duckdb.IOException("Could not write: No space left on device")],
)
def test_a_full_disk_leaves_the_old_copy_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    (tmp_path / "source.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    state = tmp_path / "state"
    before = copy(tmp_path / "source.csv", into=state).file.read_bytes()

    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(loading_source, "write", full)
    with pytest.raises(SourceError, match="the disk is full"):
        copy(tmp_path / "source.csv", into=state)
    assert [path.name for path in state.iterdir()] == ["warehouse.duckdb"]
    assert (state / "warehouse.duckdb").read_bytes() == before
