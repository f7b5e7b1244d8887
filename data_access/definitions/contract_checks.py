"""The checks written in a contract's ``quality`` lists, each turned into rules that are located in records.

``contract_rules.py`` calls :func:`written_checks` for every column and for the table. A check whose failures
cannot be pointed at in records (a row count, a query's result) is refused with the reason: the portal could
not say which figures it touches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from data_access.definitions.contract_custom import custom_properties, names
from data_access.definitions.contract_draft import Draft, Site, draft, known
from data_access.definitions.contract_library import library_check
from data_access.definitions.document import KeyPath
from data_access.definitions.models import Rule, RuleDimension
from data_access.definitions.sql import SqlProblem, columns_of, parse_condition, report
from data_access.errors import nearest


def written_checks(site: Site) -> list[Draft]:
    """Every check of the ``quality`` list at this site; what cannot be used is reported."""
    entries = site.findings.document.at((*site.path, "quality"))
    drafts: list[Draft] = []
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, Mapping):
            path = (*site.path, "quality", index)
            own = custom_properties(site.findings, path, "check")
            found = _one(site, path, entry, own)
            drafts += [_worded(item, entry, own, path, site) for item in found]
    return drafts


def _one(site: Site, path: KeyPath, entry: Mapping[str, Any], own: Mapping[str, tuple[Any, KeyPath]]) -> list[Draft]:
    kind = entry.get("type", "library")
    if kind == "sql":
        reason = "a query's result cannot be located in records; write type: custom, engine: plumbline"
        site.findings.add((*path, "type"), f"{reason} and a condition that every record must meet")
        return []
    if kind == "custom":
        return _custom(site, path, entry, own)
    return [] if kind == "text" else library_check(site, path, entry)


def _custom(site: Site, path: KeyPath, entry: Mapping[str, Any], own: Mapping[str, tuple[Any, KeyPath]]) -> list[Draft]:
    engine, condition = entry.get("engine"), entry.get("implementation")
    if not isinstance(engine, str):
        return []  # the standard's own schema has reported it
    if engine != "plumbline":
        reason = f"the portal does not run checks of the engine '{engine}'; write engine: plumbline and a SQL condition"
        site.findings.add((*path, "engine"), reason, nearest(engine, ["plumbline"]))
        return []
    place = (*path, "implementation")
    if not isinstance(condition, str):
        site.findings.add(place, "write the condition that every record must meet, as text")
        return []
    try:
        read = columns_of(parse_condition(condition, site.columns))
    except SqlProblem as problem:
        report(site.findings, place, problem)
        return []
    doubts = read
    if "doubts" in own:
        doubts = names(own["doubts"][0])
        if not doubts:
            site.findings.add(own["doubts"][1], "'doubts' takes the columns in doubt when the check fails: [column]")
        if not known(site, own["doubts"][1], doubts):
            return []
    if not read:
        site.findings.add(place, "this condition reads no column, so it can say nothing about a record")
    elif doubts:
        text = str(entry.get("description") or " ".join(condition.split())).strip()
        dimension = "consistency" if len(read) > 1 else "conformity"
        return [draft("custom", doubts, text, path, condition=condition.strip(), dimension=dimension)]
    return []


def _worded(
    item: Draft, entry: Mapping[str, Any], own: Mapping[str, tuple[Any, KeyPath]], path: KeyPath, site: Site
) -> Draft:
    """The rule with the id, name and words that its entry gives."""
    rule, name = item.rule, entry.get("name")
    given_id = _text(entry.get("id")) or (slug(name) if isinstance(name, str) else "")
    dimension = entry.get("dimension")
    fix = own["fix"][0] if "fix" in own else None
    if fix is not None and not isinstance(fix, str):
        site.findings.add(own["fix"][1], "'fix' is a sentence: what to change in the process")
        fix = None
    changed = {
        "id": given_id,
        "name": name if isinstance(name, str) else str(entry.get("description") or rule.name).strip(),
        "dimension": dimension if dimension in get_args(RuleDimension) else rule.dimension,
        "severity": _text(entry.get("severity")),
        "business_impact": _text(entry.get("businessImpact")),
        "fix": fix,
    }
    return Draft(Rule(**{**vars(rule), **changed}), path, written=True, values=item.values)


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def slug(name: str) -> str:
    """``"No future dates"`` as ``no_future_dates``."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
