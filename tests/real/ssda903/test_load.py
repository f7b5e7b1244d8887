"""The loader brings the return into the warehouse whole, with the defects that its README measured."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.real.ssda903.load import load

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def warehouse(installation: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(installation.parent / "state" / "ssda903.duckdb"), read_only=True) as connection:
        yield connection


MEASURED = {
    "SELECT count(*) FROM children": 2675,
    "SELECT count(*) FROM episodes": 5050,
    "SELECT count(*) FROM reviews": 12582,
    "SELECT count(*) FROM children WHERE uasc": 132,
    "SELECT count(*) FROM children WHERE first_decom IS NULL": 552,
    "SELECT count(*) FROM children WHERE upn[1] IN ('I', 'O', 'S')": 296,
    "SELECT count(*) FROM episodes WHERE dec IS NULL AND rec IS NOT NULL": 1413,
    "SELECT count(*) FROM episodes WHERE decom = previous_dec": 2802,
    "SELECT count(*) FROM episodes WHERE decom < previous_dec": 62,
    "SELECT count(*) FROM episodes WHERE decom > previous_dec": 53,
    "SELECT count(*) FROM episodes WHERE previous_decom IS NOT NULL AND previous_dec IS NULL": 10,
    "SELECT count(*) FROM episodes WHERE place = 'P1' AND place_provider IS NOT NULL": 183,
    "SELECT count(*) FROM reviews WHERE review > DATE '2018-03-31'": 5042,
    "SELECT count(*) - count(DISTINCT (child, review)) FROM reviews": 14,
    "SELECT count(*) - count(DISTINCT (child, review, review_code)) FROM reviews": 2,
    "SELECT count(*) FROM reviews WHERE child_dob IS DISTINCT FROM header_dob": 0,
}


@pytest.mark.parametrize("question", MEASURED)
def test_the_warehouse_holds_what_the_data_s_readme_measured(
    warehouse: duckdb.DuckDBPyConnection, question: str
) -> None:
    assert warehouse.execute(question).fetchall() == [(MEASURED[question],)]


def test_a_return_with_an_impossible_date_is_not_loaded_and_the_older_warehouse_stays(
    ssda903: Path, tmp_path: Path
) -> None:
    source, target = tmp_path / "return", tmp_path / "state" / "ssda903.duckdb"
    shutil.copytree(ssda903, source)
    load(source, target)
    before = target.read_bytes()
    with (source / "reviews.csv").open("a", encoding="utf-8") as file:
        file.write("566910,27/03/2008,31/02/2018,PN1\n")
    with pytest.raises(duckdb.Error, match="2018-2-31"):
        load(source, target)
    assert target.read_bytes() == before
