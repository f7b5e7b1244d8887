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

MOSTLY = 0.9  # the share of letters beyond ASCII that must be UTF-8 for the others to be slips
HEAD = 262_144  # bytes that are looked at before the file is read
BLOCK = 4_194_304
SLIPS = "plumbline-slips"  # the name of what reads bytes that are not written in the file's encoding
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
        text = io.TextIOWrapper(self.unpacked, encoding=self.encoding, errors=SLIPS, newline="")
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
        decoded = codecs.getincrementaldecoder(encoding)(SLIPS).decode(head)
        yield TextFile(path.name, encoding, decoded, notes, raw, unpacked, path.stat().st_size)


@contextmanager
def _unpacking(name: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError(f"{name} cannot be unpacked: it is damaged or cut off. Fetch it again.") from error


def _encoding(file: BinaryIO, head: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    marked = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), "")
    if marked == "utf-16":
        return marked, (f"{name} is written in UTF-16.",)
    if head[1:200:2].count(0) > 60 and b"\x00" not in head[0:200:2]:
        return "utf-16-le", (f"{name} is written in UTF-16.",)
    if b"\x00" in head and not marked:
        raise SourceError(f"{name} is no text file: it holds signs that no text has. Save it as CSV and try again.")
    right, wrong = _utf8_letters(file)
    if not wrong:
        return marked or "utf-8", ()
    if marked or right >= MOSTLY * (right + wrong):
        slips = "1 byte is" if wrong == 1 else f"{wrong:,} bytes are"
        note = f"{name} is written in UTF-8, but {slips} not, and read as Windows writes letters (cp1252)."
        return marked or "utf-8", (note,)
    return "cp1252", (f"{name} is not written in UTF-8; its letters were read as Windows writes them (cp1252).",)


def _utf8_letters(file: BinaryIO) -> tuple[int, int]:
    """How many letters beyond ASCII are written in UTF-8, and how many bytes are not; the first only if any are not."""
    slips = right = 0

    def counted(error: UnicodeError) -> tuple[str, int]:
        nonlocal slips
        slips += 1
        return "", _slip(error)[1]

    codecs.register_error("plumbline-counted", counted)
    decoder = codecs.getincrementaldecoder("utf-8")("plumbline-counted")
    file.seek(0)
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        right += 0 if text.isascii() else sum(1 for letter in text if letter > "\x7f")
    decoder.decode(b"", final=True)
    return right, slips


def _slip(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not written in the file's encoding, as Windows writes it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if not error.encoding.startswith("utf-8"):
        return "\ufffd", error.end
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error(SLIPS, _slip)
