"""Single values of a contract: codes with their labels, limits, and whether they suit the column's type.

Used by ``contract_columns.py`` and ``contract_checks.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data_access.definitions.days import as_day, as_moment, as_zoned_moment
from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column


def labelled_codes(findings: Findings, path: KeyPath, type_: str) -> dict[str, str]:
    """Codes -> labels from an ``enum`` or ``validValues``: plain values or mappings with ``value`` and ``label``.

    A code without a label is its own label; an empty entry stands for an allowed blank and is no code.
    """
    entries = findings.document.at(path)
    codes: dict[str, str] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        here = (*path, index)
        value, label = (entry.get("value"), entry.get("label")) if isinstance(entry, Mapping) else (entry, None)
        if isinstance(entry, Mapping) and "value" not in entry:
            findings.add(here, "a value with a label is written {value: A, label: What A means}")
            continue
        if value is None:
            continue
        code = as_code(value)
        if code in codes:
            findings.add(here, f"the value '{code}' is listed twice")
        if not suits(code, type_):
            findings.add(here, f"'{code}' cannot stand in a column of type {type_}")
        codes[code] = str(label) if label is not None else _unlabelled(code, type_)
    return codes


def _unlabelled(code: str, type_: str) -> str:
    """What people read for a code that has no label: the code, but yes and no for a truth value."""
    return {"true": "Yes", "false": "No"}.get(code, code) if type_ == "boolean" else code


def as_code(value: Any) -> str:
    """A value as the portal writes it in text: ``true``, ``5``, ``2026-03-31``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def suits(code: str, type_: str) -> bool:
    """Whether the text can be a value of a column of this type."""
    try:
        if type_ == "integer":
            int(code)
        elif type_ == "number":
            float(code)
    except ValueError:
        return False
    if type_ == "date":
        return as_day(code) is not None
    if type_ == "timestamp":
        return as_moment(code) is not None
    return type_ != "boolean" or code in ("true", "false")


def limit(findings: Findings, path: KeyPath, type_: str) -> str | float | None:
    """A limit at this path: a number, or the ISO text of a date. None when there is none or it is wrong."""
    value = findings.document.at(path)
    if value is None:
        return None
    if isinstance(value, bool | list | dict):
        return None  # the standard's own schema has reported it
    if type_ in ("integer", "number"):
        return float(value) if isinstance(value, int | float) else None
    text = as_code(value)
    if type_ == "timestamp" and (zoned := as_zoned_moment(text)) is not None:
        return zoned.isoformat()
    if not suits(text, type_):
        reason = f"'{text}' is not a date; write it as 2026-03-31"
        if text.lower() in ("today", "now", "current_date"):
            reason += ", or give the column the custom property 'between' with today as an end"
        findings.add(path, reason)
        return None
    return text


def labels(columns: Mapping[str, Column], chosen: tuple[str, ...]) -> str:
    """The labels of some columns, joined for a sentence."""
    return " and ".join(columns[name].label for name in chosen)
