"""Where two contents of one file differ, in words: what a new draft would say that the last one did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

NAMES = (
    "id",
    "name",
    "property",
    "title",
    "value",
)  # by which the items of a list are told apart, the first that all have
LONGEST = 80


def differences(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """A sentence for each difference, with the place as dotted keys; items of a list by their own name."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _by_key(old, new, place)
    elif _is_list(old) and _is_list(new):
        key = next((name for name in NAMES if _named(old, name) and _named(new, name)), None)
        if key is None:
            yield from _by_value(old, new, place)
        else:
            before, now = ({str(item[key]): item for item in items} for items in (old, new))
            yield from _by_key(before, now, place)
    elif old != new:
        yield f"{place}: {shown(new)}, was {shown(old)}"


def shown(value: Any) -> str:
    """A value in a sentence, cut where it is long."""
    if isinstance(value, date):
        return f"{value.day} {value:%b} {value.year}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return _cut(", ".join(f"{key}: {shown(item)}" for key, item in value.items()))
    if _is_list(value):
        return _cut(", ".join(map(shown, value)))
    return _cut(f"'{value}'" if isinstance(value, str) else str(value))


def _by_key(old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> Iterator[str]:
    for key in [*old, *(key for key in new if key not in old)]:
        here = f"{place}.{key}" if place else str(key)
        if key not in new:
            yield f"{here}: no longer, was {shown(old[key])}"
        elif key not in old:
            yield f"{here}: {shown(new[key])}, was not there"
        else:
            yield from differences(old[key], new[key], here)


def _by_value(old: Sequence[Any], new: Sequence[Any], place: str) -> Iterator[str]:
    came, went = [item for item in new if item not in old], [item for item in old if item not in new]
    if came:
        yield f"{place}: also {shown(came)}"
    if went:
        yield f"{place}: without {shown(went)}"
    if not came and not went and list(old) != list(new):
        yield f"{place}: in another order"


def _named(items: Sequence[Any], key: str) -> bool:
    names = [str(item.get(key)) if isinstance(item, Mapping) and key in item else None for item in items]
    return None not in names and len(set(names)) == len(names)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
