"""One copy of the published file for all tests here, made by ``scaffold``; the hand-finished configuration over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import OPERATOR
from data_access.portal import Portal
from data_access.viewer_portal import ViewerPortal
from tests.real.fixmystreet.independent.figures import published
from tests.real.scaffolding import drafted, over_the_tables

CONFIGURATION = Path(__file__).parent / "config"


@pytest.fixture(scope="session")
def folder(shared_real: Path) -> Path:
    """The folder of the published file, its licence and its notes."""
    return shared_real / "fixmystreet-lad"


@pytest.fixture(scope="session")
def file(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file as the SQL written by hand sees it."""
    with published(folder / "lad_month_category_c.csv") as connection:
        yield connection


@pytest.fixture(scope="session")
def draft(folder: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What ``scaffold`` drafts from the folder, unedited; its licence and notes are no tables."""
    return drafted(tmp_path_factory, worker_id, "fixmystreet", lambda _: [folder])


@pytest.fixture(scope="session")
def installation(draft: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-finished configuration over the table as ``scaffold`` copied it."""
    return over_the_tables(draft, CONFIGURATION, tmp_path_factory.mktemp("fixmystreet"))


@pytest.fixture(scope="session")
def operator(installation: Path) -> ViewerPortal:
    """The portal as its own operator sees it."""
    return Portal.open(installation).for_viewer(OPERATOR)
