"""One copy of the published files for all tests here, made by ``scaffold``; the hand-finished configuration over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import OPERATOR
from data_access.portal import Portal
from data_access.viewer_portal import ViewerPortal
from tests.real.newcastle.independent.figures import published
from tests.real.scaffolding import drafted, over_the_tables

CONFIGURATION = Path(__file__).parent / "config"


@pytest.fixture(scope="session")
def folder(shared_real: Path) -> Path:
    """The folder of published files."""
    return shared_real / "newcastle-libraries-vintages"


@pytest.fixture(scope="session")
def files(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published files as the SQL written by hand sees them."""
    with published(folder) as connection:
        yield connection


@pytest.fixture(scope="session")
def draft(folder: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What ``scaffold`` drafts from the folder, unedited; its notes and licence are no tables.

    ``value`` of the publications is text, as counts and percentages stand in one column. A second file of the
    percentages alone is what their owner would prepare, so that they can be calculated with.
    """
    return drafted(tmp_path_factory, worker_id, "newcastle", lambda place: [folder, _percentages(folder, place)])


def _percentages(folder: Path, place: Path) -> Path:
    prepared = place / "computer_use_publications.csv"
    with duckdb.connect() as connection:
        publications = connection.read_csv(str(folder / "vintages.csv"), header=True, all_varchar=True)
        percentages = publications.filter("measure = 'computer_use_pct'")
        percentages.project("library, month, published, revision, value").write_csv(str(prepared))
    return prepared


@pytest.fixture(scope="session")
def installation(draft: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-finished configuration over the tables as ``scaffold`` copied them."""
    return over_the_tables(draft, CONFIGURATION, tmp_path_factory.mktemp("newcastle"))


@pytest.fixture(scope="session")
def operator(installation: Path) -> ViewerPortal:
    """The portal as its own operator sees it."""
    return Portal.open(installation).for_viewer(OPERATOR)
