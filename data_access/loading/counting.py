"""Counts in the engine how many values of a text column can be read in each way: a sample first, then all records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

import duckdb

from data_access.loading.readings import NEEDED, SHAPES, Reading, prepared

PLAUSIBLE = 0.8  # the share in the sample below which a reading is not tried on all records
SAMPLE = 4000  # records, spread evenly over the table
AT_ONCE = 10  # columns counted in one query: planning one of many columns takes longer than running it

Counts = Mapping[str, int]
"""How many values are ``filled``, how many are ``symbols``, …, and how many are read by each reading's key."""


def _dotted(pattern: str) -> str:
    """A count of the values that have a dot and match; most numbers have none, and a look for it costs little."""
    return f"count(*) FILTER (contains({{t}}_cleaned, '.') AND regexp_full_match({{t}}_cleaned, '{pattern}'))"


_FACTS = {
    "filled": "count({t}_cleaned)",
    "markers": "count(*) FILTER (is_marker({t}_written))",
    "nones": "count(*) FILTER (is_none({t}_written))",
    "symbols": "count(*) FILTER (is_symbol({t}_cleaned))",
    "leading_zeros": "count(*) FILTER (has_leading_zero({t}_cleaned))",
    "financial_years": "count(*) FILTER (is_financial_year({t}_cleaned))",
    "not_all_the_same": "coalesce((max({t}_cleaned) <> min({t}_cleaned))::INTEGER, 0)",
    "dashes": "count(*) FILTER ({t}_written IN ('-', '--'))",
    "one_decimal": _dotted("\\d{{1,3}}\\.\\d"),
    "tens_behind_the_dot": _dotted("\\d{{1,3}}\\.[1-9]0"),
    "like_clauses": _dotted("\\d{{1,3}}\\.\\d{{1,2}}"),
    "dotted": "count(*) FILTER (contains({t}_cleaned, '.'))",
    "pounds": "count(*) FILTER (contains({t}_cleaned, '£'))",
    "day_above_12": (
        "count(*) FILTER (regexp_matches({t}_cleaned, '^(1[3-9]|2\\d|3[01])[./ ,-]+(0?[1-9]|1[0-2])[./ ,-]+\\d'))"
    ),
    "second_above_12": (
        "count(*) FILTER (regexp_matches({t}_cleaned, '^(0?[1-9]|1[0-2])[./ ,-]+(1[3-9]|2\\d|3[01])[./ ,-]+\\d'))"
    ),
    "slashed": "count(*) FILTER (regexp_matches({t}_cleaned, '^\\d{{1,2}}[./ -]\\d{{1,2}}[./ -]\\d'))",
    "yes_no": "count(*) FILTER (lower({t}_cleaned) IN ('yes', 'no'))",
    "y_n": "count(*) FILTER (lower({t}_cleaned) IN ('y', 'n'))",
    "true_false": "count(*) FILTER (lower({t}_cleaned) IN ('true', 'false'))",
}
_FACTS_OF = {  # which facts are needed to judge a reading
    "boolean": ("yes_no", "y_n", "true_false"),
    "day_first": ("day_above_12", "second_above_12", "slashed"),
    "moment_day_first": ("day_above_12", "second_above_12", "slashed"),
    "month": ("financial_years", "not_all_the_same"),
    "whole": ("leading_zeros", "pounds", "dashes"),
    "number": (
        "leading_zeros",
        "pounds",
        "dashes",
        "one_decimal",
        "dotted",
        "one_decimal",
        "tens_behind_the_dot",
        "like_clauses",
    ),
}


def counted(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    records: int,
    ways: Mapping[str, Mapping[str, Reading]],
    fixed: Collection[str] = (),
) -> dict[str, Counts]:
    """The counts of each column in ``ways`` (its name → its readings by key), over all ``records`` of ``table``.

    Only readings are counted that the looks of a sample allow; for columns that are ``fixed`` every one.
    """
    open_ = {column: of_column for column, of_column in ways.items() if column not in fixed}
    tried = {column: ways[column] for column in ways if column in fixed}
    return _in_parts(connection, table, {**tried, **_plausible(connection, table, records, open_)})


def _plausible(
    connection: duckdb.DuckDBPyConnection, table: str, records: int, ways: Mapping[str, Mapping[str, Reading]]
) -> dict[str, dict[str, Reading]]:
    every = max(1, records // SAMPLE)
    sample = f"(SELECT * FROM {table} WHERE hash(rowid) % {every} = 0)"
    found = {}
    for part in batched(ways, AT_ONCE):
        counts = ", ".join(f"histogram(shape({column}_cleaned))" for column in part)
        row = connection.execute(f"SELECT {counts} FROM ({prepared(sample, part, {})})").fetchone() or ()
        found.update({column: _fitting(ways[column], shapes or {}) for column, shapes in zip(part, row, strict=True)})
    return found


def _fitting(ways: Mapping[str, Reading], shapes: Mapping[str, int]) -> dict[str, Reading]:
    base = sum(shapes.values()) - shapes.get("symbol", 0)
    return {
        key: way
        for key, way in ways.items()
        if sum(shapes.get(shape, 0) for shape in SHAPES[key]) >= PLAUSIBLE * base
        and (key not in NEEDED or shapes.get(NEEDED[key]))
    }


def _in_parts(
    connection: duckdb.DuckDBPyConnection, table: str, ways: Mapping[str, Mapping[str, Reading]]
) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for part in batched(ways, AT_ONCE):
        found.update(_in_one_scan(connection, table, {column: ways[column] for column in part}))
    return found


def batched(columns: Iterable[str], size: int) -> Iterator[list[str]]:
    """The columns in order, in lists of ``size`` at most."""
    rest = iter(columns)
    while part := list(islice(rest, size)):
        yield part


def _in_one_scan(
    connection: duckdb.DuckDBPyConnection, table: str, ways: Mapping[str, Mapping[str, Reading]]
) -> dict[str, Counts]:
    wanted = [(column, key, sql) for column in ways for key, sql in _counts_of(column, ways[column]).items()]
    steps = {column: {way.before for way in ways[column].values() if way.before} for column in ways}
    query = f"SELECT {', '.join(sql for _, _, sql in wanted)} FROM ({prepared(table, ways, steps)})"
    row = connection.execute(query).fetchone() or ()
    found: dict[str, dict[str, int]] = {column: {} for column in ways}
    for (column, key, _), number in zip(wanted, row, strict=True):
        found[column][key] = int(number)
    return dict(found)


def _counts_of(column: str, ways: Mapping[str, Reading]) -> dict[str, str]:
    facts: Iterable[str] = (
        "filled",
        "symbols",
        "markers",
        "nones",
        *(fact for key in ways for fact in _FACTS_OF.get(key, ())),
    )
    counts = {fact: _FACTS[fact].format(t=column) for fact in facts}
    return counts | {key: f"count({way.sql(column)})" for key, way in ways.items()}
