"""One Open Data Contract Standard file, checked whole and condensed into a ``Contract``.

``load.py`` calls :func:`read_contract`. The file is held against the published schema first; what the
portal reads from it is then taken with care, so that a fault in one place does not hide another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from data_access.definitions.contract_columns import TABLE, read_columns
from data_access.definitions.contract_custom import custom_properties, names
from data_access.definitions.contract_domains import check_domains
from data_access.definitions.contract_links import check_links
from data_access.definitions.contract_rules import primary_key, read_rules
from data_access.definitions.contract_sla import read_sla
from data_access.definitions.document import Document, Findings, KeyPath
from data_access.definitions.models import Column, Contract, Person
from data_access.definitions.odcs_schema import schema_problems
from data_access.errors import Problem, nearest

_VERSIONS = ("v3.1.0", "v3.2.0")


def read_contract(document: Document, dataset: str, today: date) -> tuple[Contract | None, list[Problem]]:
    """The contract of the dataset, and every problem of the file.

    The contract is None only when its columns cannot all be read; with other problems it is still good
    enough to check what the metrics say about its columns.
    """
    findings = Findings(document)
    if not isinstance(document.data, Mapping):
        findings.add((), "this file is not a data contract: keys with values must stand here")
        return None, findings.problems
    standard = schema_problems(document)
    data: Mapping[str, Any] = document.data
    _check_version(findings, data)
    _check_one_table(findings, data)
    columns, places, whole = read_columns(findings)
    own = custom_properties(findings, (), "contract")
    custom_properties(findings, TABLE, "table")
    key, key_path = _record_key(findings, own, columns) or (primary_key(findings, places), TABLE)
    rules, columns = read_rules(findings, columns, places, key, key_path)
    check_links(findings, columns, places)
    check_domains(findings, columns, places, rules)
    contract = Contract(
        id=dataset,
        name=_name(data, dataset),
        table=str(_table(data).get("physicalName") or _table(data).get("name") or dataset),
        columns=columns,
        rules=rules,
        record_key=key,
        recorded_at=_recorded_at(findings, own, columns),
        about=_about(findings, own, columns),
        domain=_text(data.get("domain")),
        team=_team(data, today),
        purpose=_text(_at(data, "description", "purpose")),
        limitations=_text(_at(data, "description", "limitations")),
        usage=_text(_at(data, "description", "usage")),
        version=str(data.get("version", "")),
        sla=read_sla(findings),
        file=document.file,
    )
    _warn_without(findings, contract)
    faulty = {problem.key for problem in standard}
    ours = [problem for problem in findings.problems if problem.key not in faulty]
    return (contract if whole else None), [*standard, *ours]


def _check_version(findings: Findings, data: Mapping[str, Any]) -> None:
    version = data.get("apiVersion")
    if isinstance(version, str) and version.startswith("v2"):
        findings.add(("apiVersion",), f"'{version}' is too old; write the contract to {' or '.join(_VERSIONS)}")


def _check_one_table(findings: Findings, data: Mapping[str, Any]) -> None:
    tables = data.get("schema")
    if tables is None or tables == []:
        findings.add(("schema",), "the contract needs its table under 'schema'")
    elif isinstance(tables, list) and len(tables) > 1:
        findings.add(("schema", 1), "one contract describes one governed table; give this one a file of its own")


def _table(data: Mapping[str, Any]) -> Mapping[str, Any]:
    found = _at(data, *TABLE)
    return found if isinstance(found, Mapping) else {}


def _at(data: Any, *path: str | int) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _name(data: Mapping[str, Any], dataset: str) -> str:
    return _text(data.get("name")) or _text(_table(data).get("businessName")) or dataset


def _record_key(
    findings: Findings, own: Mapping[str, tuple[Any, KeyPath]], columns: Mapping[str, Column]
) -> tuple[tuple[str, ...], KeyPath] | None:
    if "recordKey" not in own:
        return None
    value, path = own["recordKey"]
    chosen = names(value)
    if not chosen:
        findings.add(path, "'recordKey' takes the name of a column, or a list of them")
    for name in chosen:
        _exists(findings, path, name, columns)
    return (chosen, path) if chosen and all(name in columns for name in chosen) else None


def _recorded_at(
    findings: Findings, own: Mapping[str, tuple[Any, KeyPath]], columns: Mapping[str, Column]
) -> str | None:
    if "recordedAt" not in own:
        return None
    value, path = own["recordedAt"]
    if not _exists(findings, path, str(value), columns):
        return None
    if columns[str(value)].type not in ("date", "timestamp"):
        findings.add(path, f"'recordedAt' must name a date or timestamp; {value} is of type {columns[str(value)].type}")
        return None
    return str(value)


def _exists(findings: Findings, path: KeyPath, name: str, columns: Mapping[str, Column]) -> bool:
    if name not in columns:
        findings.add(path, f"the table has no column '{name}'", nearest(name, columns))
    return name in columns


def _about(
    findings: Findings, own: Mapping[str, tuple[Any, KeyPath]], columns: Mapping[str, Column]
) -> Literal["people", "things"]:
    """As declared; else people when a column is personal, for small counts of people are protected."""
    if "about" in own:
        value, path = own["about"]
        if value == "people":
            return "people"
        if value == "things":
            return "things"
        findings.add(path, f"'{value}' is not one of people, things", nearest(str(value), ("people", "things")))
    personal = any(column.classification in ("personal", "special") for column in columns.values())
    return "people" if personal else "things"


def _team(data: Mapping[str, Any], today: date) -> tuple[Person, ...]:
    """The team as it is today; those with a ``dateOut`` that has come are left out."""
    team = data.get("team")
    members = team.get("members") if isinstance(team, Mapping) else team
    people = []
    for member in members if isinstance(members, list) else ():
        if isinstance(member, Mapping) and str(member.get("dateOut") or "9999") > today.isoformat():
            contact = str(member.get("username", ""))
            people.append(Person(str(member.get("name") or contact), str(member.get("role", "")), contact))
    return tuple(people)


def _warn_without(findings: Findings, contract: Contract) -> None:
    for role in ("owner", "steward"):
        if contract.member(role) is None:
            findings.add(("team",), f"nobody in the team has the role '{role}'", severity="warning")
