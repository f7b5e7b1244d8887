"""Lines, keys and plain values of YAML, and files that cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from data_access.definitions.document import dotted
from data_access.definitions.yaml_source import parse_document, read_document

values: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-999, 999) | st.dates(date(1990, 1, 1)) | st.text("abc xyz", min_size=1, max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), values, min_size=1, max_size=4))
def test_plain_yaml_is_read_as_written_and_every_key_has_its_line(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data)
    document, problems = parse_document(text, "x.yaml")
    assert document is not None
    assert problems == []
    assert document.data == data
    rows = text.splitlines()
    for path, line in document.lines.items():
        if path and isinstance(path[-1], str):
            assert path[-1] in rows[line - 1]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("01", "01"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("true", True),
        ("12", 12),
        ("-1.5", -1.5),
        ("2024-01-31", date(2024, 1, 31)),
        ("~", None),
        ("!!str 12", "12"),
    ],
)
def test_only_plain_numbers_dates_true_and_false_are_more_than_text(written: str, value: object) -> None:
    document, problems = parse_document(f"key: {written}\n", "x.yaml")
    assert document is not None
    assert problems == []
    assert document.data == {"key": value}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: [1, 2\n", 3, "not closed"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ("a: b: c\n", 1, "second ': '"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: *nowhere\n", 1, "anchors"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("a: 1\na: 2\n", 2, "line 1"),
        ("a: 2024-02-30\n", 1, "not a date that exists"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: !!int twelve\n", 1, "of the kind"),
        ("a: !!bool perhaps\n", 1, "of the kind"),
        ("a: !!int ''\n", 1, "of the kind"),
        ("? [a, b]\n: 1\n", 1, "plain text"),
        ("a: \x07\n", 1, "character"),
        ("[" * 1500, None, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int | None, words: str) -> None:
    _, problems = parse_document(text, "x.yaml")
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].reason


def test_a_missing_key_stands_at_the_line_of_what_is_around_it() -> None:
    document, _ = parse_document("- a: 1\n  b:\n    c: 2\n", "x.yaml", "metrics")
    assert document is not None
    assert document.line((0, "b", "missing")) == 2
    assert dotted((0, "b", "missing"), document.root) == "metrics[0].b.missing"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfname: A\n")
    document, problems = read_document(tmp_path / "x.yaml", tmp_path)
    assert document is not None
    assert (document.data, problems) == ({"name": "A"}, [])
