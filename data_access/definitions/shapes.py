"""Pydantic's findings said in the words of the file: which key, what is wrong, the nearest right spelling.

``load.py`` uses this for the portal's own formats (portal, metrics, reports, roles). Pydantic's own wording
never reaches a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data_access.definitions.document import Document, KeyPath, missing, nearest_key, without_echoes
from data_access.definitions.shape_repair import annotation_at, repaired
from data_access.errors import Problem, nearest

Model = TypeVar("Model", bound=BaseModel)

IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

_NO_VALUE = "a value is missing here; write one, or leave the key out"

_WORDS = {
    "string_type": "must be text; put it in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "date_type": "must be a date, written 2026-03-31",
    "date_parsing": "must be a date, written 2026-03-31",
    "date_from_datetime_parsing": "must be a date, written 2026-03-31",
    "date_from_datetime_inexact": "must be a date without a time, written 2026-03-31",
    "tuple_type": "must be a list, such as [first, second]",
    "model_type": "must be keys with values, such as {key: value}",
    "model_attributes_type": "must be keys with values, such as {key: value}",
    "mapping_type": "must be keys with values, such as {key: value}",
    "dict_type": "must be keys with values, such as {key: value}",
}


@dataclass(frozen=True)
class Shape(Generic[Model]):
    """What was read at one place, and what is wrong there.

    With problems, ``model`` is what is left after taking them out (None when too little is): good for looking
    for further mistakes, never for use. ``unsure`` are the places, from the file's top, that were taken out.
    """

    model: Model | None
    problems: list[Problem]
    unsure: frozenset[KeyPath] = frozenset()

    def is_sure(self, path: KeyPath) -> bool:
        """Whether neither this place nor anything around it was taken out."""
        return not any(path[:length] in self.unsure for length in range(len(path) + 1))


def validate(model: type[Model], document: Document, path: KeyPath = (), **given: str) -> Shape[Model]:
    """Read what stands at ``path``; ``given`` are fields that are not keys of the file (its name)."""
    data = document.at(path)
    if not isinstance(data, Mapping):
        return Shape(None, [document.problem(path, f"this {_WORDS['dict_type']}")])
    own = [
        document.problem((*path, key), f"unknown key '{key}': the name '{value}' is the {key}")
        for key, value in given.items()
        if key in data
    ]
    own += [document.problem(place, _NO_VALUE) for place in _without_value(data, path)]
    whole = {**data, **given}
    try:
        return Shape(model.model_validate(whole), own)
    except ValidationError as error:
        found = [_problem(model, document, path, detail) for detail in error.errors()]
        meant = {
            (*path, *detail["loc"][:-1], problem.suggestion)
            for problem, detail in zip(found, error.errors(), strict=True)
            if problem.suggestion and detail["type"] == "extra_forbidden"
        }
        rest, places = repaired(model, whole)
        unsure = frozenset({(*path, *place) for place in places} | meant)
        return Shape(rest, list(dict.fromkeys([*own, *without_echoes(found)])), unsure)


def _without_value(data: Any, path: KeyPath) -> list[KeyPath]:
    """The keys with nothing after them: a forgotten ``where:`` must not quietly mean every record."""
    if isinstance(data, Mapping):
        return [place for key, value in data.items() for place in _without_value(value, (*path, key))]
    if isinstance(data, list):
        return [place for index, value in enumerate(data) for place in _without_value(value, (*path, index))]
    return [path] if data is None else []


def _problem(model: type[BaseModel], document: Document, path: KeyPath, detail: ErrorDetails) -> Problem:
    place: KeyPath = (*path, *detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        owner = annotation_at(model, detail["loc"][:-1])
        known = list(getattr(owner, "model_fields", ()))
        return document.problem(place, f"unknown key '{key}'", nearest_key(key, known, document.at(place[:-1]) or ()))
    if kind == "missing":
        return document.problem(place, missing(detail["loc"][-1]))
    if detail["input"] is None:
        return document.problem(place, _NO_VALUE)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        reason = f"'{detail['input']}' is not one of {', '.join(choices)}"
        return document.problem(place, reason, nearest(str(detail["input"]), choices))
    return document.problem(place, _reason(kind, context, detail))


def _reason(kind: str, context: Mapping[str, Any], detail: ErrorDetails) -> str:
    bounds = {
        "greater_than": ("gt", "must be more than"),
        "greater_than_equal": ("ge", "must be at least"),
        "less_than": ("lt", "must be less than"),
        "less_than_equal": ("le", "must be at most"),
    }
    if kind in bounds:
        name, words = bounds[kind]
        return f"{words} {context[name]:g}, not {detail['input']}"
    if kind == "value_error":
        return str(context["error"])
    return _WORDS.get(kind, "this value cannot be used here")
