"""The custom properties of a contract that the portal acts on, and the places where they may stand.

The standard lets anyone add custom properties, so others are left alone; but a name spelt almost like one of
ours, or one of ours in the wrong place, would silently lose a check and is refused. Used by the contract's
other readers.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Literal

from data_access.definitions.document import Findings, KeyPath

Place = Literal["contract", "table", "column", "check"]

_KNOWN: Mapping[Place, tuple[str, ...]] = {
    "contract": ("recordKey", "recordedAt", "about"),
    "table": (),
    "column": ("between", "parents"),
    "check": ("fix", "doubts"),
}
_WHERE: Mapping[Place, str] = {
    "contract": "the contract itself",
    "table": "the table",
    "column": "a column",
    "check": "a check",
}
_NEAR = 0.8  # stricter than elsewhere: other tools' properties must not be mistaken for a misspelling


def custom_properties(findings: Findings, owner: KeyPath, place: Place) -> dict[str, tuple[Any, KeyPath]]:
    """Our custom properties of the thing at ``owner``: name -> (value, path of the value)."""
    found: dict[str, tuple[Any, KeyPath]] = {}
    path = (*owner, "customProperties")
    entries = findings.document.at(path)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        name = entry.get("property") if isinstance(entry, Mapping) else None
        if not isinstance(name, str):
            continue  # the standard's own schema has reported it
        here = (*path, index, "property")
        if name in found:
            findings.add(here, f"the custom property '{name}' is given twice")
        elif name in _KNOWN[place]:
            found[name] = (entry.get("value"), (*path, index, "value"))
        else:
            _refuse_near(findings, here, name, place)
    return found


def _refuse_near(findings: Findings, path: KeyPath, name: str, place: Place) -> None:
    for other, names in _KNOWN.items():
        if name in names:
            findings.add(path, f"the custom property '{name}' belongs on {_WHERE[other]}, not on {_WHERE[place]}")
            return
    plain = {known.lower(): known for known in _KNOWN[place]}
    bare = name.lower().replace("_", "").replace("-", "").replace(" ", "")
    if near := difflib.get_close_matches(bare, plain, n=1, cutoff=_NEAR):
        findings.add(path, f"unknown custom property '{name}'", plain[near[0]])


def names(value: Any) -> tuple[str, ...]:
    """A name, or a list of names, as a tuple; empty when it is neither."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else ()
