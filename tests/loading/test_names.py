"""Names of columns and tables: plain, each once, and read as a column wherever SQL may have one."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.loading.names import reads_as_column, snake_case, unique_names


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Date of Birth", "date_of_birth"),
        ("dateOfBirth", "date_of_birth"),
        ("SHEF_C_CODE", "shef_c_code"),
        ("UPN", "upn"),
        ("% in time", "percent_in_time"),
        ("Cost (£)", "cost_pounds"),
        ("Child's name", "childs_name"),
        ("Café", "cafe"),
        ("2023 to 2024", "n_2023_to_2024"),
        ("  spaced   out  ", "spaced_out"),
    ],
)
def test_headings_become_plain_names(heading: str, name: str) -> None:
    assert snake_case(heading) == name


def test_names_are_unique_and_words_of_sql_get_an_underscore() -> None:
    headings = ["Name", "name", "", "order", "Order", "地区", "end", "month", "value"]
    names = ["name", "name_2", "column_3", "order_", "order_2", "column_6", "end_", "month", "value"]
    assert unique_names(headings, "column") == names


def test_a_long_heading_is_cut_between_words() -> None:
    assert snake_case("word " * 40) == "_".join(["word"] * 12)


@given(st.lists(st.text(max_size=30), max_size=8))
@settings(max_examples=25)
def test_any_headings_get_names_that_a_database_takes_bare(headings: list[str]) -> None:
    names = unique_names(headings, "column")
    assert len(set(names)) == len(headings)
    assert all(reads_as_column(name) for name in names)
    if names:
        columns = ", ".join(f"{number} AS {name}" for number, name in enumerate(names))
        row = duckdb.execute(f"SELECT {', '.join(names)} FROM (SELECT {columns})").fetchone()
        assert row == tuple(range(len(names)))


def test_every_word_of_the_databases_grammar_is_made_a_name_that_can_be_used_bare() -> None:
    words = [word for (word,) in duckdb.execute("SELECT DISTINCT keyword_name FROM duckdb_keywords()").fetchall()]
    names = unique_names(words, "column")
    columns = ", ".join(f"{number} AS {name}" for number, name in enumerate(names))
    all_there = " AND ".join(f"{name} IS NOT NULL" for name in names)
    query = f"SELECT {', '.join(names)} FROM (SELECT {columns}) WHERE {all_there}"
    assert duckdb.execute(query).fetchone() == tuple(range(len(names)))
