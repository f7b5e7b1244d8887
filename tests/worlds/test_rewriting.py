"""Three-valued rewriting: a doubtful cell is never read as a certain yes or no."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from sqlglot import exp, parse_one

from data_access.certainty.rewrite import ground, three_valued
from data_access.definitions.models import Column
from data_access.definitions.sql import parse_condition

FLAGS = {"x": exp.column("bad_x"), "y": exp.column("bad_y")}


def truth(condition: str, **cells: object) -> bool | None:
    """What the rewritten condition says of one record."""
    tree = three_valued(parse_one(condition, dialect="duckdb"), FLAGS)
    values = {"x": None, "y": None, "bad_x": False, "bad_y": False} | cells
    row = exp.select(*(exp.alias_(exp.convert(value), name) for name, value in values.items()))
    query = exp.select(exp.alias_(tree, "t")).from_(row.subquery("r"))
    return duckdb.sql(query.sql(dialect="duckdb")).fetchall()[0][0]


@pytest.mark.parametrize(
    ("condition", "cells", "expected"),
    [
        ("x is not null", {"x": 1, "bad_x": True}, None),
        ("x is not null", {"x": None, "bad_x": True}, None),
        ("x is not null", {"x": None}, False),
        ("x > 1", {"x": None}, False),
        ("not (x > 1)", {"x": None}, False),
        ("not (x > 1 and y > 1)", {"x": 0, "y": 5, "bad_y": True}, True),
        ("not (x > 1 or y > 1)", {"x": 5, "y": 5, "bad_y": True}, False),
        ("x > 1 and y > 1", {"x": 0, "y": 5, "bad_y": True}, False),
        ("x > 1 or y > 1", {"x": 5, "bad_y": True}, True),
        ("x > 1 and y > 1", {"x": 5, "bad_y": True}, None),
        ("x > y", {"x": 5, "y": 1, "bad_y": True}, None),
        ("not not x > 1", {"x": 5}, True),
        ("not not (x > 1 and y > 1)", {"x": 5, "y": 0}, False),
        ("x is distinct from y", {"x": None, "y": 1}, True),
        ("coalesce(x, 7) > 1", {"x": None}, True),
        ("case when x > 1 then y > 1 else false end", {"x": 5, "y": 5, "bad_y": True}, None),
        ("x / y > 1", {"x": 5, "y": 2}, True),
    ],
)
def test_a_condition_says_yes_no_or_in_doubt(condition: str, cells: dict[str, object], expected: bool | None) -> None:
    assert truth(condition, **cells) is expected


def test_the_portals_day_stands_for_current_date() -> None:
    tree = ground(parse_one("x <= current_date", dialect="duckdb"), date(2026, 10, 31))
    assert "2026-10-31" in tree.sql(dialect="duckdb")
    assert "CURRENT_DATE" not in tree.sql(dialect="duckdb").upper()


def test_a_division_by_zero_is_unknown_and_not_an_error() -> None:
    columns = {name: Column(name, name, "integer") for name in ("x", "y", "z")}
    tree = parse_condition("x / (y / z) > 1", columns)
    row = "SELECT 1 AS x, 0 AS y, 0 AS z"
    assert duckdb.sql(f"SELECT {tree.sql(dialect='duckdb')} FROM ({row})").fetchall() == [(None,)]


def test_no_condition_counts_every_record() -> None:
    assert three_valued(None, FLAGS) == exp.true()
