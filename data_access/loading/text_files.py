"""Opens a text file of any usual encoding, plain or gzipped, and tells how much of it was read."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data_access.loading.refusal import SourceError
from data_access.loading.tables import Progress

HEAD = 262_144  # bytes that are looked at before the file is read
BLOCK = 4_194_304
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass
class TextFile:
    """``head`` is the beginning, decoded; ``notes`` are sentences on the encoding, where it is not UTF-8."""

    name: str
    encoding: str
    head: str
    notes: tuple[str, ...]
    raw: BinaryIO
    unpacked: BinaryIO
    size: int

    def lines(self, progress: Progress) -> Iterator[str]:
        """Every line with its end, from the beginning."""
        self.unpacked.seek(0)
        text = io.TextIOWrapper(self.unpacked, encoding=self.encoding, errors="replace", newline="")
        for number, line in enumerate(text):
            if number % 20_000 == 0:
                progress(min(1.0, self.raw.tell() / max(1, self.size)), f"reading {self.name}")
            yield line.replace("\x00", "") if "\x00" in line else line
        text.detach()


@contextmanager
def open_text(path: Path) -> Iterator[TextFile]:
    """The file ready to be read. Raises SourceError when it cannot be opened or is no text."""
    with path.open("rb") as raw, _unpacking(path.name):
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        unpacked: BinaryIO = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        head = unpacked.read(HEAD)
        encoding, notes = _encoding(unpacked, head, path.name)
        decoded = codecs.getincrementaldecoder(encoding)("replace").decode(head)
        yield TextFile(path.name, encoding, decoded, notes, raw, unpacked, path.stat().st_size)


@contextmanager
def _unpacking(name: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(f"{name} cannot be unpacked: it is damaged or cut off. Fetch it again.") from error


def _encoding(file: BinaryIO, head: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding, () if encoding == "utf-8-sig" else (f"{name} is written in UTF-16.",)
    if head[1:200:2].count(0) > 60 and b"\x00" not in head[0:200:2]:
        return "utf-16-le", (f"{name} is written in UTF-16.",)
    if b"\x00" in head:
        raise SourceError(f"{name} is no text file: it holds signs that no text has. Save it as CSV and try again.")
    if _is_utf8(file):
        return "utf-8", ()
    return "cp1252", (f"{name} is not written in UTF-8; its letters were read as Windows writes them (cp1252).",)


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
