"""A draft's text: what is read back is what was to be written, and each guess stands above its key."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from data_access.definitions.yaml_source import parse_document
from data_access.scaffold.drafts import Draft, Guess, Path
from data_access.scaffold.yaml_text import yaml_text

TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
STRANGE = some.sampled_from(
    ["NO", "on", "01", "1e5", "1.5e5", "null", "~", "2024-01-02", "# no", "a: b", "- a", "{", "&a", "*a", "", " "]
)
LEAVES = some.one_of(
    TEXT, STRANGE, some.integers(), some.booleans(), some.none(), some.dates(), some.floats(allow_nan=False, width=32)
).filter(lambda leaf: leaf not in (float("inf"), float("-inf")))
CONTENTS = some.dictionaries(
    TEXT,
    some.recursive(LEAVES, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(TEXT, inner, max_size=4)),
    min_size=1,
    max_size=4,
)


def read_back(text: str) -> Any:
    document, problems = parse_document(text, "draft.yaml")
    assert problems == []
    assert document is not None
    return document.data


def paths(content: Any, path: Path = ()) -> list[Path]:
    """Every place in a content, the whole first."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(deeper for key, value in inner for deeper in paths(value, (*path, key)))]


def above(text: str, line: str) -> str:
    """The comment lines directly above the line that begins so, as one sentence."""
    lines = text.splitlines()
    place = next(number for number, found in enumerate(lines) if found.strip().startswith(line))
    comment = []
    while place and lines[place - 1].strip().startswith("#"):
        place -= 1
        comment.insert(0, lines[place].strip().lstrip("# "))
    return " ".join(comment)


@settings(max_examples=150)
@given(CONTENTS, some.data())
def test_what_is_read_back_is_what_was_written_whatever_it_holds_and_whatever_is_guessed(
    content: dict[str, Any], data: some.DataObject
) -> None:
    guesses = data.draw(some.lists(some.tuples(some.sampled_from(paths(content)), TEXT), max_size=3))
    draft = Draft("draft.yaml", content, tuple(Guess(path, "why " + why) for path, why in guesses))
    text = yaml_text(draft, ["Drafted from a\nfile.", "Twice."])
    assert read_back(text) == content
    assert text.count("# REVIEW: ") == len(guesses)


def test_other_readers_of_yaml_see_the_same_text() -> None:
    codes = ["NO", "yes", "01", "1_000", "12:30", "0x1F", "1e5"]
    assert yaml.safe_load(yaml_text(Draft("draft.yaml", {"codes": codes}), [])) == {"codes": codes}


def test_each_guess_stands_above_its_key_and_one_about_nothing_above_what_is_nearest() -> None:
    content = {
        "id": "orders",
        "schema": [{"properties": [{"name": "a", "required": True}, {"name": "b", "enum": ["x", "y"]}]}],
    }
    guesses = (
        Guess((), "The whole."),
        Guess(("schema", 0, "properties", 0, "required"), "1 of 1,000 is blank."),
        Guess(("schema", 0, "properties", 1, "enum"), "2 codes."),
        Guess(("schema", 0, "properties", 1, "classification"), "Nothing personal."),
    )
    text = yaml_text(Draft("draft.yaml", content, guesses), ["Drafted on 31 Oct 2026."])
    assert text.startswith("# Drafted on 31 Oct 2026.\n# REVIEW: The whole.\nid: orders\n")
    assert above(text, "required:") == "REVIEW: 1 of 1,000 is blank."
    assert above(text, "enum:") == "REVIEW: 2 codes."
    assert above(text, "- name: b") == "REVIEW: Nothing personal."


def test_a_long_reason_is_wrapped_and_keeps_every_word() -> None:
    why = "1 of 1,000 is blank " * 20
    text = yaml_text(Draft("draft.yaml", {"a": {"b": 1}}, (Guess(("a", "b"), why),)), [])
    assert above(text, "b:") == f"REVIEW: {why.strip()}"
    assert max(map(len, text.splitlines())) <= 120


def test_what_is_short_stands_on_one_line_unless_a_part_of_it_is_guessed() -> None:
    content = {"at": date(2026, 10, 31), "customProperties": [{"property": "recordKey", "value": ["a", "b"]}]}
    assert "  - {property: recordKey, value: [a, b]}" in yaml_text(Draft("draft.yaml", content), [])
    guess = Guess(("customProperties", 0, "value"), "No two records share both.")
    text = yaml_text(Draft("draft.yaml", content, (guess,)), [])
    assert above(text, "value: [a, b]") == "REVIEW: No two records share both."
