"""Reports and roles held against what the rest of the configuration defines.

``load.py`` calls :func:`check_report` and :func:`check_role` when everything has been read. ``Known`` holds
the names of all files, of the broken ones too: a reference to a broken file is not a second mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import PAGES, Contract, Metric, Report, Role
from data_access.errors import nearest


@dataclass(frozen=True)
class Known:
    """Every name that may be referred to, and what could be read of the things themselves."""

    datasets: Collection[str]
    metrics: Collection[str]
    reports: Collection[str]
    roles: Collection[str]
    contracts: Mapping[str, Contract]
    read_metrics: Mapping[str, Metric]
    incomplete: frozenset[str] = frozenset()  # kinds of which a file could not be read: "metric", "role"


def check_report(findings: Findings, report: Report, known: Known) -> None:
    """Audience, metrics and breakdowns of one report."""
    if not report.audience:
        findings.add(("audience",), "name at least one role; nobody could open this report")
    for index, role in enumerate(report.audience):
        _named(findings, ("audience", index), role, known.roles, "role", known)
    if not report.sections:
        findings.add(("sections",), "a report needs at least one section with metrics")
    seen: dict[str, KeyPath] = {}
    for number, section in enumerate(report.sections):
        for index, metric in enumerate(section.metrics):
            place: KeyPath = ("sections", number, "metrics", index)
            _named(findings, place, metric, known.metrics, "metric", known)
            if metric in seen:
                first = findings.document.line(seen[metric])
                findings.add(
                    place, f"the metric '{metric}' stands in this report twice; it first stands on line {first}"
                )
            seen.setdefault(metric, place)
        if section.breakdown is not None:
            _check_breakdown(findings, number, section.breakdown, section.metrics, known)


def _check_breakdown(findings: Findings, number: int, breakdown: str, metrics: tuple[str, ...], known: Known) -> None:
    for name in metrics:
        metric = known.read_metrics.get(name)
        if metric is not None and breakdown not in metric.dimensions:
            reason = f"'{breakdown}' is not a dimension of the metric '{name}'"
            findings.add(("sections", number, "breakdown"), reason, nearest(breakdown, metric.dimensions))


def check_role(findings: Findings, role: Role, known: Known) -> None:
    """Pages, reports, datasets and row rules of one role."""
    for key, names, what in (
        ("pages", PAGES, "page"),
        ("reports", known.reports, "report"),
        ("datasets", known.datasets, "dataset"),
    ):
        for index, name in enumerate(getattr(role, key)):
            _named(findings, (role.id, key, index), name, names, what, known)
    granted = [known.contracts[name] for name in role.datasets if name in known.contracts]
    if len(granted) < len(role.datasets):
        return  # a dataset that could not be read may have the column
    columns = {column for contract in granted for column in contract.columns}
    for column, attribute in role.rows.items():
        place = (role.id, "rows", column)
        if column not in columns:
            reason = f"no dataset of the role '{role.id}' has a column '{column}'"
            findings.add(place, reason, nearest(column, columns))
        if not attribute.strip():
            findings.add(place, "name the attribute of the person that the column must match")


def _named(findings: Findings, place: KeyPath, name: str, names: Collection[str], what: str, known: Known) -> None:
    if name not in names and what not in known.incomplete:
        findings.add(place, f"there is no {what} '{name}'", nearest(name, names))
