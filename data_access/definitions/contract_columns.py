"""The columns of a contract: type, label, codes, limits, and the custom properties ``between`` and ``parents``.

``Column.name`` is the name used in SQL: the property's ``physicalName`` when it has one, else its ``name``.
Everything else in ``config/`` (metrics, row rules, checks, ``recordKey``) names a column that way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from data_access.definitions.contract_custom import custom_properties, names
from data_access.definitions.contract_values import labelled_codes, limit
from data_access.definitions.days import as_day
from data_access.definitions.document import Document, Findings, KeyPath
from data_access.definitions.models import Classification, Column, ColumnType
from data_access.errors import nearest

TABLE: KeyPath = ("schema", 0)
COLUMNS: KeyPath = (*TABLE, "properties")


def read_columns(findings: Findings) -> tuple[dict[str, Column], dict[str, KeyPath], bool]:
    """Columns by name, where each stands, and whether every column of the file could be read."""
    columns: dict[str, Column] = {}
    places: dict[str, KeyPath] = {}
    whole = True
    entries = findings.document.at(COLUMNS)
    if findings.document.at(TABLE) is None:
        return columns, places, False  # the missing table is reported where the table is looked for
    if not isinstance(entries, list) or not entries:
        findings.add(COLUMNS, "the table needs its columns, a list under 'properties'")
        return columns, places, False
    for index in range(len(entries)):
        path = (*COLUMNS, index)
        column = _column(findings, path)
        if column is None:
            whole = False
        elif column.name in columns:
            first = findings.document.line(places[column.name])
            findings.add(path, f"the column '{column.name}' is given twice; it first stands on line {first}")
        else:
            columns[column.name], places[column.name] = column, path
    return columns, places, whole


def column_places(document: Document) -> dict[str, KeyPath]:
    """Where each column stands, by the name used in SQL."""
    entries = document.at(COLUMNS)
    return {
        str(entry.get("physicalName") or entry.get("name")): (*COLUMNS, index)
        for index, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, Mapping)
    }


def _column(findings: Findings, path: KeyPath) -> Column | None:
    entry = findings.document.at(path)
    if not isinstance(entry, Mapping):
        return None
    name = entry.get("physicalName") or entry.get("name")
    type_ = _type(findings, path, entry)
    if not isinstance(name, str) or type_ is None:
        return None
    options = (*path, "logicalTypeOptions")
    low, high = (
        next((value for key in keys if (value := limit(findings, (*options, key), type_)) is not None), None)
        for keys in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))
    )
    if low is not None and high is not None and (low > high):  # type: ignore[operator]  # both of one type
        findings.add(options, f"the minimum {_plain(low)} is above the maximum {_plain(high)}")
    own = custom_properties(findings, path, "column")
    return Column(
        name=name,
        label=str(entry.get("businessName") or str(entry.get("name")).replace("_", " ").capitalize()),
        type=type_,
        required=entry.get("required") is True,
        values=labelled_codes(findings, (*path, "enum"), type_),
        minimum=low,
        maximum=high,
        classification=_classification(findings, path, entry),
        critical=entry.get("criticalDataElement") is True,
        between=_between(findings, type_, *own["between"]) if "between" in own else None,
        parents=_parents(findings, *own["parents"]) if "parents" in own else (),
        description=str(entry["description"]).strip() if entry.get("description") else None,
    )


def _plain(limit: str | float) -> str:
    return f"{limit:g}" if isinstance(limit, float) else limit


def _type(findings: Findings, path: KeyPath, entry: Mapping[str, Any]) -> ColumnType | None:
    known: tuple[ColumnType, ...] = get_args(ColumnType)
    type_ = entry.get("logicalType")
    if type_ is None:
        findings.add((*path, "logicalType"), f"the column needs a 'logicalType': {', '.join(known)}")
    elif type_ in ("object", "array", "map", "vector"):
        findings.add((*path, "logicalType"), f"the portal cannot use a column of type {type_}; leave the column out")
    return next((choice for choice in known if choice == type_), None)


def _classification(findings: Findings, path: KeyPath, entry: Mapping[str, Any]) -> Classification:
    known: tuple[Classification, ...] = get_args(Classification)
    given = entry.get("classification", "internal")
    for choice in known:
        if given == choice:
            return choice
    findings.add((*path, "classification"), f"'{given}' is not one of {', '.join(known)}", nearest(str(given), known))
    return "special"  # the safest, until it is put right


def _between(findings: Findings, type_: str, value: Any, path: KeyPath) -> tuple[str | date, str | date] | None:
    if type_ not in ("date", "timestamp"):
        findings.add(path, f"'between' bounds dates; this column is of type {type_}")
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(end, str | date) for end in value)):
        findings.add(path, "'between' takes two ends, each a column, a date or today: [requested_on, today]")
        return None
    low, high = (_end(end) for end in value)
    if isinstance(low, date) and isinstance(high, date) and low > high:
        findings.add(path, f"'between' begins on {low} after it ends on {high}")
    return low, high


def _end(end: str | date) -> str | date:
    """An end of ``between`` as a date where it is one, also when it stands in quotes."""
    if isinstance(end, datetime):
        return end.date()
    return as_day(end) or end if isinstance(end, str) else end


def _parents(findings: Findings, value: Any, path: KeyPath) -> tuple[str, ...]:
    parents = names(value)
    if not parents:
        findings.add(
            path, "'parents' takes the names of the columns above this one, nearest first: [district, quadrant]"
        )
    return parents
