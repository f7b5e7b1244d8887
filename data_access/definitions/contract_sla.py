"""When a contract's data are due: ``slaProperties`` frequency, latency and retention as spans of time.

``contract.py`` calls this. The standard leaves names and units free; one that was meant and cannot be read is
refused, or data would never be late. Other properties are left alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.spans import Span, Unit
from data_access.errors import nearest

_READ = ("frequency", "latency", "retention")
_WRITTEN: tuple[tuple[Unit, tuple[str, ...]], ...] = (
    ("day", ("d", "day", "days")),
    ("week", ("w", "wk", "week", "weeks")),
    ("month", ("m", "mo", "month", "months")),
    ("year", ("y", "yr", "year", "years")),
)
_UNITS = {name: unit for unit, names in _WRITTEN for name in names}
_HOURS = ("h", "hr", "hour", "hours")
_MOST = 9999
_NEAR = 0.8  # stricter than elsewhere: other agreements must not be mistaken for a misspelling


def read_sla(findings: Findings) -> dict[str, Span]:
    """The spans that the contract agrees, by their names; what cannot be read is added to the findings."""
    entries = findings.document.at(("slaProperties",))
    found: dict[str, Span] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get("property") if isinstance(entry, Mapping) else None
        if not isinstance(name, str):
            continue  # the standard's own schema has reported it
        path: KeyPath = ("slaProperties", index)
        if name not in _READ:
            if near := difflib.get_close_matches(name.strip().lower(), _READ, n=1, cutoff=_NEAR):
                findings.add((*path, "property"), f"unknown property '{name}'", near[0])
        elif name in found:
            findings.add((*path, "property"), f"'{name}' is agreed twice")
        elif span := _span(findings, path, name, entry):
            found[name] = span
    return found


def _span(findings: Findings, path: KeyPath, name: str, entry: Mapping[Any, Any]) -> Span | None:
    count, unit = _whole(entry.get("value")), str(entry.get("unit") or "").strip().lower()
    least = 0 if name == "latency" else 1
    if count is None or not least <= count <= _MOST:
        findings.add((*path, "value"), f"'{name}' takes a whole number from {least} to {_MOST}, its unit beside it")
        return None
    if unit in _HOURS:  # the portal counts days: part of one is one
        return Span(-(-count // 24), "day")
    if unit not in _UNITS:
        said = f"'{unit}' is not a unit of time" if unit else f"'{name}' has no unit"
        near = nearest(unit, [one for one in _UNITS if len(one) > 2]) if unit else None
        findings.add((*path, "unit"), f"{said}; write d, w, m (months) or y", near)
        return None
    return Span(count, _UNITS[unit])


def _whole(value: Any) -> int | None:
    """The whole number that stands there, as a number or as text."""
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
