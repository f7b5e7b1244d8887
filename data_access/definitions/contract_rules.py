"""All rules of a contract: those that a column's own keys imply, and those its quality lists write out.

``contract.py`` calls :func:`read_rules`. The same check said twice (a primary key that is also ``unique`` and
has a ``duplicateValues`` check) becomes one rule, with the words of the one written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from data_access.definitions.contract_checks import written_checks
from data_access.definitions.contract_columns import TABLE
from data_access.definitions.contract_draft import Draft, Site, draft, pattern_draft
from data_access.definitions.contract_values import labels
from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column, Rule


def read_rules(
    findings: Findings,
    columns: Mapping[str, Column],
    places: Mapping[str, KeyPath],
    key: tuple[str, ...],
    key_path: KeyPath,
) -> tuple[tuple[Rule, ...], dict[str, Column]]:
    """The rules, and the columns completed by what the rules say about their domains."""
    drafts: list[Draft] = []
    for name, column in columns.items():
        site = Site(findings, places[name], columns, column)
        drafts += _implied(site, column)
        drafts += written_checks(site)
    table = Site(findings, TABLE, columns, None)
    drafts += written_checks(table)
    primary = primary_key(findings, places)
    for chosen, path in ((primary, places[primary[0]] if primary else TABLE), (key, key_path)):
        if chosen:
            drafts.append(_unique(chosen, path, table))
    merged = _merge(drafts)
    rules = _with_ids(findings, merged)
    return rules, _completed(columns, merged)


def primary_key(findings: Findings, places: Mapping[str, KeyPath]) -> tuple[str, ...]:
    """The columns with ``primaryKey: true``, in the order of ``primaryKeyPosition``, then of the file."""
    chosen: list[tuple[float, int, str]] = []
    for index, (name, path) in enumerate(places.items()):
        entry = findings.document.at(path)
        if entry.get("primaryKey") is True:
            position = entry.get("primaryKeyPosition")
            placed = isinstance(position, int) and position > 0
            chosen.append((position if placed else float("inf"), index, name))
    return tuple(name for *_, name in sorted(chosen))


def _implied(site: Site, column: Column) -> list[Draft]:
    """The rules that follow from a column's own keys."""
    entry, own = site.findings.document.at(site.path), (column.name,)
    drafts: list[Draft] = []
    if column.required:
        drafts.append(draft("required", own, f"{column.label} is recorded", (*site.path, "required")))
    if column.values:
        item = draft(
            "values",
            own,
            f"{column.label} is one of the agreed values",
            (*site.path, "enum"),
            values=tuple(column.values),
        )
        drafts.append(replace(item, values=column.values))
    if entry.get("unique") is True:
        drafts.append(_unique(own, (*site.path, "unique"), site))
    options = entry.get("logicalTypeOptions")
    if isinstance(options, Mapping):
        drafts += _options(site, column, options)
    return drafts


def _options(site: Site, column: Column, options: Mapping[str, Any]) -> list[Draft]:
    path, drafts = (*site.path, "logicalTypeOptions"), list[Draft]()
    for end in ("Minimum", "Maximum"):
        if f"exclusive{end}" in options and end.lower() in options:
            site.findings.add((*path, f"exclusive{end}"), f"give either {end.lower()} or exclusive{end}, not both")
    if "multipleOf" in options:
        site.findings.add(
            (*path, "multipleOf"), "the portal does not check multipleOf; have the warehouse prepare a column"
        )
    if column.minimum is not None or column.maximum is not None:
        name = f"{column.label} is within its limits"
        details = {
            "minimum": column.minimum,
            "maximum": column.maximum,
            "exclusive_minimum": "exclusiveMinimum" in options,
            "exclusive_maximum": "exclusiveMaximum" in options,
        }
        drafts.append(draft("limits", (column.name,), name, path, **details))
    shortest, longest = options.get("minLength"), options.get("maxLength")
    if shortest is not None or longest is not None:
        if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
            site.findings.add(path, f"minLength {shortest} is above maxLength {longest}")
        name = f"{column.label} has an allowed length"
        bounds = {"minimum": shortest, "maximum": longest, "length": True}
        drafts.append(draft("limits", (column.name,), name, path, **bounds))
    if "pattern" in options:
        drafts += pattern_draft(site, (*path, "pattern"), column)
    return drafts


def _unique(chosen: tuple[str, ...], path: KeyPath, site: Site) -> Draft:
    name = f"{labels(site.columns, chosen)} {'are' if len(chosen) > 1 else 'is'} not used twice"
    return draft("unique", chosen, name, path)


def _merge(drafts: Iterable[Draft]) -> list[Draft]:
    """One rule for each different check, in the order of first mention, with the words of a written one."""
    merged: dict[tuple[Any, ...], Draft] = {}
    for item in drafts:
        same = _sameness(item.rule)
        first = merged.get(same)
        if first is None or (item.written and not first.written):
            merged[same] = item
    return list(merged.values())


def _sameness(rule: Rule) -> tuple[Any, ...]:
    columns = tuple(sorted(rule.columns)) if rule.kind == "unique" else rule.columns
    limits = (rule.minimum, rule.maximum, rule.exclusive_minimum, rule.exclusive_maximum, rule.length)
    return (rule.kind, columns, frozenset(rule.values), rule.pattern, limits, rule.condition)


def _with_ids(findings: Findings, drafts: list[Draft]) -> tuple[Rule, ...]:
    """Ids that are unique in the dataset. An id given twice is refused; a made-up one gets a number."""
    given: dict[str, KeyPath] = {}
    for item in drafts:
        explicit = findings.document.at((*item.path, "id")) if item.written else None
        if not isinstance(explicit, str):
            continue
        if explicit in given and given[explicit] != item.path:
            first = findings.document.line(given[explicit])
            findings.add((*item.path, "id"), f"the check '{explicit}' is given twice; it first stands on line {first}")
        else:
            given[explicit] = item.path
    used: set[str] = set()
    rules = []
    for item in drafts:
        base = item.rule.id or f"{'_'.join(item.rule.columns)}_{item.rule.kind}"
        name, number = base, 2
        while name in used or (name in given and given[name] != item.path):
            name, number = f"{base}_{number}", number + 1
        used.add(name)
        rules.append(replace(item.rule, id=name))
    return tuple(rules)


def _completed(columns: Mapping[str, Column], drafts: list[Draft]) -> dict[str, Column]:
    """Columns whose domain the rules narrow: never blank; only values that every list of values allows."""
    complete = dict(columns)
    for item in drafts:
        rule = item.rule
        column = complete[rule.columns[0]]
        if rule.kind == "required":
            complete[column.name] = replace(column, required=True)
        elif rule.kind == "values" and item.values:
            allowed = item.values if not column.values else {k: v for k, v in column.values.items() if k in item.values}
            named = {code: _label(code, label, item.values) for code, label in allowed.items()}
            complete[column.name] = replace(column, values=named)
    return complete


def _label(code: str, label: str, others: Mapping[str, str]) -> str:
    """The label that says more than the code itself."""
    return others.get(code, label) if label == code else label
