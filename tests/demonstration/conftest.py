"""The demonstration's warehouse, built once, and open for plain SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

TODAY = date(2026, 10, 31)
CONFIG = Path(__file__).parents[2] / "config"

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="session")
def warehouse(demonstration_warehouse: Path) -> Path:
    """The demonstration's file as a first start makes it."""
    return demonstration_warehouse


@pytest.fixture(scope="session")
def sql(warehouse: Path) -> Iterator[Callable[[str], Rows]]:
    """Runs plain SQL on the demonstration and gives the rows; none of the portal's own code is in between."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda text: connection.execute(text).fetchall()
