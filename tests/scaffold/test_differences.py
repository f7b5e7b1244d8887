"""Two contents of one file, compared in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data_access.scaffold.differences import differences

COLUMNS = [{"name": "a", "required": True}, {"name": "b", "enum": ["x", "y"]}]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["a: 2, was 1"]),
        ({"a": True}, {}, ["a: no longer, was true"]),
        ({}, {"a": date(2026, 10, 31)}, ["a: 31 Oct 2026, was not there"]),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}, ["a.b: 'y', was 'x'"]),
        ({"a": ["x", "y"]}, {"a": ["y", "z"]}, ["a: also 'z'", "a: without 'x'"]),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, ["a: in another order"]),
        (COLUMNS, [COLUMNS[1], COLUMNS[0]], []),
        (COLUMNS, [{"name": "a"}, COLUMNS[1]], ["a.required: no longer, was true"]),
        (COLUMNS, COLUMNS[:1], ["b: no longer, was name: 'b', enum: 'x', 'y'"]),
        ({"a": [1]}, {"a": {"b": 1}}, ["a: b: 1, was 1"]),
        ({"a": "w" * 200}, {"a": "v"}, [f"a: 'v', was '{'w' * 78}…"]),
    ],
)
def test_each_difference_is_one_sentence_with_its_place(old: Any, new: Any, said: list[str]) -> None:
    assert list(differences(old, new)) == said
