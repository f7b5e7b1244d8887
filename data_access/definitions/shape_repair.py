"""What can still be read of a file with mistakes, so that one mistake does not hide the next.

``shapes.py`` calls :func:`repaired` after pydantic has refused something: unknown keys are taken out, wrong
values give way to the field's default or to an empty stand-in. The result is only ever used to look for
further problems; a configuration with an error is never handed out.
"""

from __future__ import annotations

import copy
import types
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]

_ROUNDS = 6  # a stand-in for a whole section needs stand-ins for its keys in the next round


def repaired(model: type[Model], data: Mapping[str, Any]) -> tuple[Model | None, frozenset[Loc]]:
    """The model of what is left, and the places that were taken out or stood in for; None when nothing helps."""
    mended = copy.deepcopy(dict(data))
    places: set[Loc] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(mended), frozenset(places)
        except ValidationError as error:
            for detail in error.errors():
                places.add(detail["loc"])
                if not _mend(model, mended, detail):
                    return None, frozenset(places)
    return None, frozenset(places)


def _mend(model: type[BaseModel], data: Any, detail: ErrorDetails) -> bool:
    *way, last = detail["loc"]
    for step in way:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    if isinstance(data, list) and isinstance(last, int):
        data[last] = stand_in(annotation_at(model, detail["loc"]))
        return True
    if not isinstance(data, dict):
        return False
    data.pop(last, None)
    owner = annotation_at(model, tuple(way))
    known = owner.model_fields.get(str(last)) if _is_model(owner) else None
    if known is not None and known.is_required():
        data[last] = stand_in(known.annotation)
    return True


def annotation_at(model: Any, loc: Loc) -> Any:
    """The type of what stands at this place inside the model."""
    current = model
    for step in loc:
        current = _one(current)
        if isinstance(step, int):
            current = next(iter(typing.get_args(current)), Any)
        elif _is_model(current) and step in current.model_fields:
            current = current.model_fields[step].annotation
        else:
            return Any
    return _one(current)


def _one(annotation: Any) -> Any:
    """``Target`` for ``Target | None``."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return next((part for part in typing.get_args(annotation) if part is not type(None)), annotation)
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def stand_in(annotation: Any) -> Any:
    """The emptiest value of this type."""
    annotation = _one(annotation)
    origin = typing.get_origin(annotation)
    if origin is typing.Literal:
        return typing.get_args(annotation)[0]
    if origin is tuple:
        return []
    if annotation is date:
        return date.min
    if annotation in (int, float):
        return annotation(1)
    return {} if _is_model(annotation) or origin is not None else ""
