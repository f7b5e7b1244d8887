"""Files that only the account that makes them may read: a copy may hold records of people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

FOR_ITSELF_ALONE = 0o077


@contextmanager
def private_files() -> Iterator[None]:
    """Whatever is made within is for this account alone, also by DuckDB, which is not told each file's rights."""
    before = os.umask(FOR_ITSELF_ALONE)
    try:
        yield
    finally:
        os.umask(before)
