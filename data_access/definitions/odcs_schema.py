"""A contract held against the published JSON Schema of the Open Data Contract Standard, in plain words.

The schema comes with the package ``open-data-contract-standard``. Its own pydantic model silently drops a
misspelt key inside a column or a check; the schema does not. ``contract.py`` calls :func:`schema_problems`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError

from data_access.definitions.document import Document, KeyPath, missing, nearest_key, without_echoes
from data_access.errors import Problem, nearest

_TYPES = {
    "string": "text; put it in quotes",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys with values",
    "null": "empty",
}
_COMBINERS = ("oneOf", "anyOf")
_UNKNOWN = ("additionalProperties", "unevaluatedProperties")


@cache
def _schema() -> dict[str, Any]:
    text = files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator() -> Draft201909Validator:
    return Draft201909Validator(_schema())


def schema_problems(document: Document) -> list[Problem]:
    """Everything in which the file departs from the standard, each at its deepest place."""
    problems: dict[tuple[str, str], Problem] = {}
    for error in _leaves(_validator().iter_errors(as_json(document.data))):
        if _is_for_another_type(document, error):
            continue
        for problem in _problems(document, error):
            problems.setdefault((problem.key, problem.reason), problem)
    return without_echoes(problems.values())


def as_json(value: Any) -> Any:
    """What the schema judges: dates as the text that JSON would hold."""
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _is_for_another_type(document: Document, error: ValidationError) -> bool:
    """The schema asks a column without a ``logicalType`` for the keys of every type at once.

    ``contract_columns.py`` reports the missing type itself.
    """
    path: KeyPath = tuple(error.absolute_path)
    column = document.at(path[:4]) if path[0:1] == ("schema",) and len(path) >= 4 else None
    return isinstance(column, Mapping) and "logicalType" not in column and "then" in error.absolute_schema_path


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Of alternatives none of which fits, the findings of the one that was meant."""
    for error in errors:
        if error.validator in _COMBINERS and error.context and not _is_choice_of_operators(error):
            yield from _leaves(_meant(error))
        else:
            yield error


def _meant(error: ValidationError) -> list[ValidationError]:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [found for found in branches.values() if not _is_wrong_type(found)]
    return min(fitting or list(branches.values()), key=len)


def _is_wrong_type(found: list[ValidationError]) -> bool:
    return any(inner.validator == "type" and not inner.relative_path for inner in found)


def _is_choice_of_operators(error: ValidationError) -> bool:
    branches: Any = error.validator_value
    return error.validator == "oneOf" and all("required" in branch for branch in branches)


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    path: KeyPath = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    instance: Any = error.instance
    if error.validator in _UNKNOWN:
        yield from _unknown_keys(document, path, error)
    elif error.validator == "required":
        name = next((key for key in wanted if key not in instance), "")
        yield document.problem((*path, name), missing(name))
    elif error.validator == "enum":
        choices = [str(choice) for choice in wanted]
        reason = f"'{instance}' is not one of {', '.join(choices)}"
        yield document.problem(path, reason, nearest(str(instance), choices))
    else:
        yield document.problem(path, _reason(error))


def _unknown_keys(document: Document, path: KeyPath, error: ValidationError) -> Iterator[Problem]:
    """The keys that the standard does not know here; a known key with a fault inside is reported there."""
    known = _known_keys(error.schema)
    instance: Any = error.instance
    for key in instance:
        if key not in known:
            yield document.problem((*path, key), f"unknown key '{key}'", nearest_key(key, known, instance))
        elif key.startswith("must") and "metric" not in instance:
            yield document.problem((*path, key), f"'{key}' needs a 'metric' beside it, such as nullValues")


def _known_keys(schema: Any) -> set[str]:
    """Every key that some branch of this part of the schema describes."""
    if not isinstance(schema, Mapping):
        return set()
    known = set(schema.get("properties", ()))
    for name in ("allOf", "oneOf", "anyOf"):
        for branch in schema.get(name, ()):
            known |= _known_keys(branch)
    for name in ("then", "else"):
        known |= _known_keys(schema.get(name))
    if reference := schema.get("$ref"):
        known |= _known_keys(_schema()["$defs"][reference.rsplit("/", 1)[1]])
    return known


def _reason(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    if error.validator == "type":
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        return f"must be {' or '.join(_TYPES.get(name, name) for name in names)}"
    if _is_choice_of_operators(error):
        names = [branch["required"][0] for branch in wanted]
        return f"exactly one of {', '.join(names)} must stand here"
    if error.validator in ("minimum", "exclusiveMinimum"):
        return f"must be {'at least' if error.validator == 'minimum' else 'more than'} {wanted}"
    if error.validator in ("minItems", "minLength"):
        return "must not be empty"
    if error.validator == "uniqueItems":
        return "an entry stands here twice"
    if error.validator == "pattern":
        return f"'{error.instance}' may hold only letters, digits, '-' and '_'"
    return "this value is not what the Open Data Contract Standard allows here"
