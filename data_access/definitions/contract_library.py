"""The standard's library checks (``metric: nullValues`` and its like) as rules that are located in records.

``contract_checks.py`` calls :func:`library_check` for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data_access.definitions.contract_custom import names
from data_access.definitions.contract_draft import Draft, Site, draft, known, pattern_draft
from data_access.definitions.contract_values import labelled_codes, labels
from data_access.definitions.document import KeyPath
from data_access.definitions.models import Column
from data_access.definitions.sql import SqlProblem, parse_condition, report
from data_access.errors import nearest

_ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "nullValues": (),
    "missingValues": ("missingValues",),
    "invalidValues": ("validValues", "pattern"),
    "duplicateValues": ("properties",),
}


def library_check(site: Site, path: KeyPath, entry: Mapping[str, Any]) -> list[Draft]:
    """The rules of one library check; what cannot be located in records is reported."""
    metric = entry.get("metric")
    if metric == "rowCount":
        site.findings.add((*path, "metric"), "a row count cannot be located in records, so no figure can show it")
    if not isinstance(metric, str) or metric not in _ARGUMENTS:
        return []  # unknown names are the standard's own finding
    given = entry.get("arguments")
    arguments: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    for key in arguments:
        if key not in _ARGUMENTS[metric]:
            reason = f"{metric} takes no argument '{key}'"
            site.findings.add((*path, "arguments", key), reason, nearest(key, _ARGUMENTS[metric]))
    if metric == "duplicateValues":
        return _duplicates(site, path, arguments)
    if site.column is None:
        site.findings.add((*path, "metric"), f"{metric} looks at one column; write it on that column")
        return []
    if metric == "invalidValues":
        return _invalid(site, path, arguments, site.column)
    return _blanks(site, path, entry, arguments, site.column)


def _blanks(
    site: Site, path: KeyPath, entry: Mapping[str, Any], arguments: Mapping[str, Any], column: Column
) -> list[Draft]:
    if entry.get("mustBe") != 0 or isinstance(entry.get("mustBe"), bool):
        operator = next((key for key in entry if key.startswith("must")), "mustBe")
        reason = (
            f"{entry.get('metric')} needs mustBe: 0; a share of blanks that is allowed cannot be located in records"
        )
        site.findings.add((*path, operator), reason)
        return []
    found = [draft("required", (column.name,), f"{column.label} is recorded", path)]
    given = arguments.get("missingValues")
    stand_ins = [value for value in given if value is not None] if isinstance(given, list) else []
    if stand_ins:
        listed = ", ".join(_literal(value) for value in stand_ins)
        condition = f'"{column.name}" IS NULL OR "{column.name}" NOT IN ({listed})'
        try:
            parse_condition(condition, site.columns)
        except SqlProblem as problem:
            report(site.findings, (*path, "arguments", "missingValues"), problem)
            return found
        name = f"{column.label} holds no stand-in for a blank"
        details = {"condition": condition, "dimension": "completeness"}
        found.append(draft("custom", (column.name,), name, path, **details))
    return found


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _invalid(site: Site, path: KeyPath, arguments: Mapping[str, Any], column: Column) -> list[Draft]:
    place = (*path, "arguments")
    found: list[Draft] = []
    if "validValues" in arguments:
        codes = labelled_codes(site.findings, (*place, "validValues"), column.type)
        if not codes:
            site.findings.add((*place, "validValues"), "validValues needs a list of the values that are valid")
        name = f"{column.label} is one of the agreed values"
        item = draft("values", (column.name,), name, path, values=tuple(codes))
        found.append(Draft(item.rule, path, written=False, values=codes))
    if "pattern" in arguments:
        found += pattern_draft(site, (*place, "pattern"), column)
    if not arguments:
        site.findings.add(path, "invalidValues needs 'arguments' with validValues or pattern")
    return found


def _duplicates(site: Site, path: KeyPath, arguments: Mapping[str, Any]) -> list[Draft]:
    chosen = names(arguments.get("properties")) or ((site.column.name,) if site.column else ())
    if not chosen:
        reason = "duplicateValues on the table needs 'arguments' with properties: the columns that together are unique"
        site.findings.add(path, reason)
    if not known(site, (*path, "arguments", "properties"), chosen) or not chosen:
        return []
    name = f"{labels(site.columns, chosen)} {'are' if len(chosen) > 1 else 'is'} not used twice"
    return [draft("unique", chosen, name, path)]
