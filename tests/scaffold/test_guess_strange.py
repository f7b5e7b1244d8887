"""Whatever a table holds, its drafts are right as they stand: no error, every column there, every metric answers."""

from __future__ import annotations

import string
import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scaffold.guessing import answers, checked, world

NAMES = (
    "select", "Order By", "value", "period", "records", "fact", "suppressed", 'say "x"', "a.b", "naïve", "日本", " x ",
    "1st", "current_date", "it's", "time", "today", "id", "date of birth", "a;b", "--", "pl_key", "flagged", "{x}", "*",
    "a\nb", "\t", "ID.", "closed", "received", "status", "NHS number", "null", "true", "#", "e-mail",
)  # fmt: skip
DAYS = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(1900, 1, 1), date(2026, 12, 31)]))
WORDS = st.one_of(st.sampled_from(["", " ", "A", "a", "a ", "B", "N/A", "12", "2024-01-01"]), st.text(max_size=8))
MIDNIGHT = datetime.combine(date(2000, 1, 1), time())
KINDS: Mapping[str, tuple[Any, pa.DataType]] = {
    "text": (WORDS.filter(lambda text: "\0" not in text), pa.string()),
    "date": (DAYS, pa.date32()),
    "moment": (
        st.datetimes(min_value=MIDNIGHT.replace(year=1700), max_value=MIDNIGHT.replace(year=2200)),
        pa.timestamp("us"),
    ),
    "whole": (st.one_of(st.integers(0, 2), st.integers(-(2**63), 2**63 - 1)), pa.int64()),
    "number": (st.one_of(st.floats(), st.floats(0, 1)), pa.float64()),
    "yes": (st.booleans(), pa.bool_()),
}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Up to 8 columns of up to 40 records; a column repeats few values, or has one, or is all blank, or as it comes."""
    names = draw(
        st.lists(
            st.one_of(st.sampled_from(NAMES), st.text(string.printable, min_size=1, max_size=12)),
            min_size=1,
            max_size=8,
            unique_by=str.casefold,
        )
    )
    records = draw(st.sampled_from([0, 1, 2, 12, 40]))
    return pa.table({name: draw(_column(records)) for name in names})


@st.composite
def _column(draw: st.DrawFn, records: int) -> pa.Array:
    values, kind = KINDS[draw(st.sampled_from([*KINDS]))]
    few = draw(st.lists(st.one_of(values, st.none()), min_size=1, max_size=draw(st.sampled_from([1, 3, 40]))))
    held = [few[place % len(few)] for place in range(records)]
    return pa.array(held if draw(st.booleans()) else [value if value is not None else few[0] for value in held], kind)


@settings(max_examples=12, deadline=None, suppress_health_check=[*HealthCheck])
@given(tables())
def test_drafts_of_any_table_have_no_error_and_every_metric_answers(table: pa.Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = world(Path(folder), {"strange table": "SELECT * FROM given"}, given=table)
        configuration, problems = checked(made.written())
        assert [problem for problem in problems if problem.severity == "error"] == []
        for answer in answers(configuration.folder).values():
            row = answer.rows[0]
            assert row.suppressed or row.value is None or row.low is None or row.low <= row.value
