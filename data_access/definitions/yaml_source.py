"""Reading one YAML file with the line of every key kept, so that any later problem can say where it stands.

``load.py`` reads each file of ``config/`` through :func:`read_document`. The text is composed into PyYAML's
nodes and turned into plain values here rather than by ``yaml.safe_load``, for four reasons: lines are kept;
a repeated key is refused instead of silently winning; keys stay text (``on:`` is not ``true``); and only
``true`` and ``false`` are truth values, so that the code ``NO`` or ``01`` stays what was written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from data_access.definitions.document import Document, KeyPath, dotted
from data_access.errors import Problem


def read_document(path: Path, folder: Path, root: str = "") -> tuple[Document | None, list[Problem]]:
    """Read one file. The document is None when nothing of it can be used; every fault found is returned."""
    file = path.relative_to(folder).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        reason = "this file is not UTF-8 text; save it again as UTF-8"
        return None, [Problem(file, line, "", reason)]
    except FileNotFoundError:
        return None, [Problem(file, None, "", "this file is missing")]
    except OSError as error:
        return None, [Problem(file, None, "", f"this file cannot be read: {error.strerror}")]
    return parse_document(text, file, root)


def parse_document(text: str, file: str, root: str = "") -> tuple[Document | None, list[Problem]]:
    """The same for text already read; ``file`` is only named in problems."""
    builder = _Builder(file, root)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else builder.value(loader, node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        return None, [*builder.problems, Problem(file, line, "", _plain(error))]
    except yaml.YAMLError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error, yaml.reader.ReaderError) else None
        return None, [*builder.problems, Problem(file, line, "", "a character here cannot stand in a YAML file")]
    except RecursionError:
        return None, [Problem(file, None, "", "this file is nested too deeply")]
    return Document(file, data, builder.lines, root), builder.problems


def _plain(error: yaml.MarkedYAMLError) -> str:
    """PyYAML's complaint, with the mistakes that people make most often said in plain words."""
    problem = error.problem or "it cannot be read"
    if "alias" in problem or "anchor" in problem:
        return "anchors and aliases (& and *) are not used here; write the value out, or put it in quotes"
    if "\\t" in problem or "'\\t'" in problem:
        return "a tab stands here; YAML indents with spaces only"
    if "mapping values are not allowed" in problem:
        return "this is not valid YAML: a second ': ' on one line; put the text in quotes"
    if "expected <block end>" in problem or "could not find expected ':'" in problem:
        return "this is not valid YAML: check the indentation and the ':' of this line and the one before"
    if "expected ',' or" in problem:
        return "this is not valid YAML: a bracket opened before here is not closed"
    if "found another document" in problem:
        return "one file holds one document; '---' may not stand twice"
    return f"this is not valid YAML: {problem}"


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader without aliases, and with the plain values of YAML 1.2 plus dates."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  PyYAML's own attribute

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse anchors and aliases: a handful of lines of them can stand for gigabytes."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(None, None, "alias or anchor", event.start_mark)
        return super().compose_node(parent, index)


# The plain values that are no text, each with its pattern and the letters it may begin with. Whoever writes files for
# this reader puts text that looks so in quotes (``scaffold``).
PLAIN_VALUES: tuple[tuple[str, re.Pattern[str], list[str]], ...] = (
    ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")),
    ("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", re.compile(r"^(?:[-+]?(?:0|[1-9][0-9]*))$"), list("-+0123456789")),
    (
        "tag:yaml.org,2002:float",
        re.compile(r"^(?:[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)$"),
        list("-+0123456789."),
    ),
    ("tag:yaml.org,2002:timestamp", yaml.constructor.SafeConstructor.timestamp_regexp, list("0123456789")),
)
for _plain_value in PLAIN_VALUES:
    _Loader.add_implicit_resolver(*_plain_value)


class _Builder:
    """Turns nodes into values, keeping the lines and collecting what is wrong on the way."""

    def __init__(self, file: str, root: str) -> None:
        self.file, self.root = file, root
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []

    def value(self, loader: yaml.SafeLoader, node: yaml.Node, path: KeyPath) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(loader, item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(loader, node, path)

    def _mapping(self, loader: yaml.SafeLoader, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(line, path, "a key must be plain text")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                self._report(line, here, f"the key '{key}' is given twice; it first stands on line {self.lines[here]}")
                continue
            self.lines[here] = line
            result[key] = self.value(loader, value_node, here)
        return result

    def _scalar(self, loader: yaml.SafeLoader, node: yaml.Node, path: KeyPath) -> Any:
        try:
            return loader.construct_object(node)
        # PyYAML's ways to fail on a value that cannot be
        except (ValueError, OverflowError, AttributeError, LookupError):
            what = "a date that exists" if node.tag.endswith(":timestamp") else "a value of the kind its tag names"
            self._report(node.start_mark.line + 1, path, f"'{node.value}' is not {what}")
        except yaml.constructor.ConstructorError:
            self._report(node.start_mark.line + 1, path, f"the tag {node.tag} is not used here; write the plain value")
        return str(node.value)

    def _report(self, line: int, path: KeyPath, reason: str) -> None:
        self.problems.append(Problem(self.file, line, dotted(path, self.root), reason))
