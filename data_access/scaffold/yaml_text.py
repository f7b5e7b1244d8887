"""A draft as the text of its file: YAML for the portal's own reader, with each guess as a comment above its key.

PyYAML writes the content, so that quoting is never in doubt; the comments are put between its lines, where the
nodes of that same text begin.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from data_access.definitions.yaml_source import PLAIN_VALUES
from data_access.scaffold.drafts import Draft, Path

WIDTH = 120
SHORT = 100  # letters; a list or an item of one stands on one line up to here
KEYS = 3  # and up to so many
MARK = "REVIEW: "
QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the second where PyYAML was built without libyaml


def yaml_text(draft: Draft, heading: Sequence[str]) -> str:
    """The file's text: ``heading`` as comments, the content, and ``# REVIEW: …`` above what was guessed.

    A guess about something that is not there stands above the nearest thing around it. Read back by the portal's
    reader, the text gives the content.
    """
    guessed = {guess.path for guess in draft.guesses}
    lines = _written(draft.content, guessed).rstrip("\n").split("\n")
    places = _places(yaml.compose("\n".join(lines), Loader=QUICK_LOADER))
    above: dict[int, list[str]] = {}
    for guess in draft.guesses:
        line = _nearest(places, guess.path)
        above.setdefault(line, []).extend(_comment(MARK + guess.why, _indent(lines[line])))
    top = [line for sentence in heading for line in _comment(sentence, "")]
    body = [text for number, line in enumerate(lines) for text in (*above.get(number, ()), line)]
    return "\n".join([*top, *body]) + "\n"


def visible(text: str) -> str:
    """The text on one line, without characters that no YAML file may hold."""
    whole = " ".join(text.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in whole)


# -- the content -----------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """PyYAML's, which also puts into quotes what the portal's reader would take for something else than text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (anchors are refused by the reader)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)  # the items of a list stand further in than its key


for _plain_value in PLAIN_VALUES:
    _Dumper.add_implicit_resolver(*_plain_value)
_Dumper.add_representer(str, lambda dumper, text: _text(dumper, text))
_Dumper.add_representer(tuple, lambda dumper, items: dumper.represent_list(list(items)))


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text with line breaks or the like in double quotes, with escapes: else its lines could not be told apart."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


def _written(content: Any, guessed: set[Path]) -> str:
    node = _Dumper(_Nowhere(), sort_keys=False).represent_data(content)
    _lay_out(node, (), guessed)
    return yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=WIDTH)


class _Nowhere:
    """PyYAML's dumper wants something to write to, also where it only turns values into nodes."""

    def write(self, text: str) -> None:
        """Forgets it."""


def _lay_out(node: yaml.Node, path: Path, guessed: set[Path]) -> int | None:
    """Puts what is short and has no guess within on one line. How long it is there; None where it has lines of its own.

    Of mappings, only the items of a list do so: ``{property: about, value: people}``.
    """
    if not isinstance(node, yaml.CollectionNode):
        return len(node.value) + 2
    children = list(_children(node, path))
    lengths = [_lay_out(child, place, guessed) for child, place in children]
    names = sum(len(place[-1]) + 2 for _, place in children if isinstance(place[-1], str))
    length = None if None in lengths else names + sum(length + 2 for length in lengths if length is not None)
    may = not any(isinstance(child, yaml.MappingNode) for child, _ in children)
    if isinstance(node, yaml.MappingNode):
        may = may and len(children) <= KEYS and bool(path) and isinstance(path[-1], int)
    within = any(len(guess) > len(path) and guess[: len(path)] == path for guess in guessed)
    node.flow_style = not children or (length is not None and length <= SHORT and may and not within)
    return length if node.flow_style else None


def _children(node: yaml.Node, path: Path) -> Iterable[tuple[yaml.Node, Path]]:
    if isinstance(node, yaml.MappingNode):
        return ((value, (*path, str(key.value))) for key, value in node.value)
    return ((value, (*path, index)) for index, value in enumerate(node.value))


# -- the comments ----------------------------------------------------------------------------


def _places(node: yaml.Node | None) -> Mapping[Path, int]:
    """The line, from 0, on which each key or item begins; within brackets, that of the outermost bracket."""
    places: dict[Path, int] = {(): 0}

    def walk(within: yaml.Node, path: Path, fixed: int | None) -> None:
        if not isinstance(within, yaml.CollectionNode):
            return
        if within.flow_style and fixed is None:
            fixed = places[path]
        keys = [key for key, _ in within.value] if isinstance(within, yaml.MappingNode) else within.value
        for (child, place), start in zip(_children(within, path), keys, strict=True):
            places[place] = start.start_mark.line if fixed is None else fixed
            walk(child, place, fixed)

    if node is not None:
        walk(node, (), None)
    return places


def _nearest(places: Mapping[Path, int], path: Path) -> int:
    return next(places[path[:length]] for length in range(len(path), -1, -1) if path[:length] in places)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _comment(text: str, indent: str) -> list[str]:
    """The text as comment lines; those after the first stand further in, so that a mark begins each comment."""
    return textwrap.wrap(
        visible(text),
        width=WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
