"""One installation of the fake return for all tests here: configuration copied, warehouse loaded beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import OPERATOR
from data_access.portal import Portal
from data_access.viewer_portal import ViewerPortal
from tests.real.ssda903.independent.figures import independent_records
from tests.real.ssda903.load import load

CONFIGURATION = Path(__file__).parent / "config"


@pytest.fixture(scope="session")
def ssda903(shared_real: Path) -> Path:
    """The folder of the published CSV files."""
    return shared_real / "ssda903-synthetic"


@pytest.fixture(scope="session")
def installation(ssda903: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration's folder in a place of its own, with the warehouse where portal.yaml says."""
    config = tmp_path_factory.mktemp("ssda903") / "config"
    shutil.copytree(CONFIGURATION, config)
    load(ssda903, config.parent / "state" / "ssda903.duckdb")
    return config


@pytest.fixture(scope="session")
def independent(ssda903: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The return as the SQL written by hand sees it."""
    with independent_records(ssda903) as connection:
        yield connection


@pytest.fixture(scope="session")
def operator(installation: Path) -> ViewerPortal:
    """The portal as its own operator sees it: every dataset, exact counts."""
    return Portal.open(installation).for_viewer(OPERATOR)
