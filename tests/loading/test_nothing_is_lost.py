"""Whatever stands in a source stands in the copy: as its value, or as text beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.loading.delimited import stage_delimited
from data_access.loading.places import resolve
from data_access.loading.readings import prepare
from data_access.loading.staging import SCRATCH, Staged, StagedColumn, Staging
from data_access.loading.tables import FoundColumn
from data_access.loading.writing import write
from tests.loading.copying import TODAY, silent

BLANKS = {"", "n/a", "na", "#n/a", "null", "none", "-", "--", "..", "[z]"}
SPACES = " \t\n\r\u00a0\ufeff"
TELLING = st.sampled_from(
    ["1", "1,234", "£5", "5%", "(3)", "007", "1.0", "2.5", "01/04/2024", "31/02/2024", "2024-04", "2011-12", "Apr-24",
     "2024-04-01T09:30:00Z", "9:30", "yes", "N", "true", "n/a", "none", "[c]", "-", "1e5", "inf", "nan", "20240401",
     "0", "-0", "1 234", "½", "'", '"', ",", ";", "=1+1", "９"]
)  # fmt: skip
CELLS = st.one_of(TELLING, st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=12))


@pytest.fixture(scope="module")
def staging() -> Iterator[Staging]:
    """One warehouse in memory for all examples: each makes its table anew."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH ':memory:' AS {SCRATCH}")
        prepare(connection)
        yield Staging(connection, silent)


def typed(columns: Mapping[str, Sequence[str]], staging: Staging) -> Iterator[tuple[FoundColumn, list[Any], list[Any]]]:
    """Each column as it is copied, with its values and those beside it."""
    staging.connection.execute("DROP TABLE IF EXISTS copied")
    table, _ = staging.write_text([list(zip(*columns.values(), strict=True))])
    headings = tuple(StagedColumn(heading) for heading in columns)
    found = write(Staged(table, "t", "t", "t", "t", headings), "copied", staging, TODAY)
    rows = staging.connection.sql("SELECT * FROM copied").to_arrow_table().to_pydict()
    for column in found.columns[: len(columns)]:
        nothing = [None] * found.records
        yield column, rows[column.name], rows[column.unread] if column.unread else nothing


SHARED = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def same_length(*cells: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[list[Any], ...]]:
    """Columns of one length."""
    return st.lists(st.tuples(*cells), min_size=1, max_size=25).map(
        lambda rows: tuple(map(list, zip(*rows, strict=True)))
    )


@given(same_length(CELLS, CELLS, CELLS))
@settings(SHARED, max_examples=20)
def test_each_cell_that_is_not_blank_is_a_value_or_stands_beside_it(
    staging: Staging, columns: Sequence[list[str]]
) -> None:
    named = {f"heading {number}": cells for number, cells in enumerate(columns)}
    for cells, (column, values, beside) in zip(columns, typed(named, staging), strict=True):
        for cell, value, unread in zip(cells, values, beside, strict=True):
            assert _is_kept(cell, value, unread), (cell, value, unread, column)


def _is_kept(cell: str, value: Any, unread: str | None) -> bool:
    plain = cell.strip(SPACES).lower()
    if plain in BLANKS and not (plain == "none" and value is not None):
        return value is None and unread is None
    if isinstance(value, str):
        return value == cell and unread is None
    return unread == cell if value is None else unread is None


@given(
    same_length(
        st.dates(), st.datetimes(), st.integers(-(10**18) + 1, 10**18 - 1), st.floats(-1e14, 1e14), st.booleans()
    )
)
@settings(SHARED, max_examples=3)
def test_values_come_back_whichever_way_they_were_written(staging: Staging, columns: Sequence[list[Any]]) -> None:
    dates, moments, whole, numbers, answers = columns
    moments[0] = datetime.fromisoformat("2024-04-01 09:30")  # one that is not at midnight
    numbers[0] = 0.5
    whole[0] = 12345
    expected = {
        "iso": (dates, [day.isoformat() for day in dates]),
        "uk": (dates, [f"{day.day:02d}/{day.month:02d}/{day.year:04d}" for day in dates]),
        "spoken": (dates, [f"{day.day} {day:%B} {day.year:04d}" for day in dates]),
        "moments": (moments, [str(moment) for moment in moments]),
        "whole": (whole, [str(number) for number in whole]),
        "thousands": (whole, [f"{number:,}" for number in whole]),
        "numbers": (numbers, [repr(number) for number in numbers]),
        "answers": (answers, ["Yes" if answer else "No" for answer in answers]),
    }
    for column, values, _ in typed({name: texts for name, (_, texts) in expected.items()}, staging):
        assert (column.heading, values) == (column.heading, expected[column.heading][0])


@given(same_length(CELLS, st.text(st.characters(codec="utf-8"), max_size=5)))
@settings(SHARED, max_examples=20)
def test_a_file_gives_back_the_text_that_was_written_to_it(
    staging: Staging, tmp_path: Path, columns: Sequence[list[str]]
) -> None:
    plain = [[cell.replace("\x00", "") for cell in cells] for cells in columns]
    rows = [(f"k{number}", *row) for number, row in enumerate(zip(*plain, strict=True))]
    path = tmp_path / "source.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("key", "one", "two"), *rows])
    staged = stage_delimited(resolve([str(path)])[0][0], staging)
    assert staging.connection.execute(f"SELECT * FROM {staged.table}").fetchall() == rows
    staging.drop(staged.table)
