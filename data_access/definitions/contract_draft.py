"""A rule on its way from the contract to ``Contract.rules``: what the readers of checks share.

Made by ``contract_checks.py``, ``contract_library.py`` and ``contract_rules.py``, which gives the ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column, Rule, RuleDimension, RuleKind
from data_access.definitions.patterns import pattern_fault
from data_access.errors import nearest

_DIMENSIONS: Mapping[RuleKind, RuleDimension] = {
    "required": "completeness",
    "values": "conformity",
    "pattern": "conformity",
    "limits": "conformity",
    "unique": "uniqueness",
}


@dataclass(frozen=True)
class Draft:
    """A rule before ids are settled. ``rule.id`` is empty unless the contract gives one."""

    rule: Rule
    path: KeyPath
    written: bool  # stands in a quality list, with a name and words of its own
    values: Mapping[str, str] | None = None  # codes and labels of a list of valid values


@dataclass(frozen=True)
class Site:
    """Where a check stands: on one column, or (None) on the table."""

    findings: Findings
    path: KeyPath
    columns: Mapping[str, Column]
    column: Column | None


def draft(kind: RuleKind, columns: tuple[str, ...], name: str, path: KeyPath, **details: Any) -> Draft:
    """A rule of this kind with its default dimension; ``details`` are further fields of the rule."""
    given = {"dimension": _DIMENSIONS.get(kind, "conformity"), **details}
    return Draft(Rule(id="", name=name, kind=kind, columns=columns, **given), path, written=False)


def pattern_draft(site: Site, path: KeyPath, column: Column) -> list[Draft]:
    """The rule for a pattern at this path: one, or none when the pattern is refused."""
    pattern = site.findings.document.at(path)
    if not isinstance(pattern, str) or column.type != "string":
        site.findings.add(path, "a pattern is text in quotes, and only a column of type string can have one")
        return []
    if fault := pattern_fault(pattern):
        site.findings.add(path, f"the pattern {fault}")
        return []
    return [draft("pattern", (column.name,), f"{column.label} has the agreed form", path, pattern=pattern)]


def known(site: Site, path: KeyPath, chosen: tuple[str, ...]) -> bool:
    """Whether all these columns exist; those that do not are reported."""
    unknown = [name for name in chosen if name not in site.columns]
    for name in unknown:
        site.findings.add(path, f"the table has no column '{name}'", nearest(name, site.columns))
    return not unknown
