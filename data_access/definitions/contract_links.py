"""What columns of one contract say about each other: the ends of ``between`` and the hierarchy of ``parents``.

Used by ``contract.py`` once all columns are known.
"""

from __future__ import annotations

from collections.abc import Mapping

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column
from data_access.errors import nearest


def check_links(findings: Findings, columns: Mapping[str, Column], places: Mapping[str, KeyPath]) -> None:
    """Report ends and parents that are no columns, of the wrong type, or go round in a circle."""
    for name, column in columns.items():
        _check_between(findings, column, columns, _place(findings, places[name], "between"))
        _check_parents(findings, column, columns, _place(findings, places[name], "parents"))
    _check_circles(findings, columns, places)


def _place(findings: Findings, column: KeyPath, name: str) -> KeyPath:
    """Where a custom property of a column stands."""
    path = (*column, "customProperties")
    entries = findings.document.at(path)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping) and entry.get("property") == name:
            return (*path, index, "value")
    return path


def _check_between(findings: Findings, column: Column, columns: Mapping[str, Column], path: KeyPath) -> None:
    for end in column.between or ():
        if not isinstance(end, str) or end == "today":
            continue
        if end not in columns:
            reason = f"'{end}' is neither a column of this table, nor a date, nor today"
            findings.add(path, reason, nearest(end, [*columns, "today"]))
        elif end == column.name:
            findings.add(path, f"'{end}' cannot bound itself")
        elif columns[end].type not in ("date", "timestamp"):
            findings.add(path, f"'{end}' is of type {columns[end].type}; the ends of 'between' are dates")


def _check_parents(findings: Findings, column: Column, columns: Mapping[str, Column], path: KeyPath) -> None:
    for parent in column.parents:
        if parent not in columns:
            findings.add(path, f"the table has no column '{parent}'", nearest(parent, columns))


def _check_circles(findings: Findings, columns: Mapping[str, Column], places: Mapping[str, KeyPath]) -> None:
    reported: set[str] = set()
    for name in columns:
        circle = _circle(name, columns)
        if circle and not reported.intersection(circle):
            reported.update(circle)
            findings.add(
                _place(findings, places[name], "parents"), f"the hierarchy goes in a circle: {' in '.join(circle)}"
            )


def _circle(start: str, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """A way from the column up through its parents back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for parent in columns[way[-1]].parents if way[-1] in columns else ():
            if parent == start:
                return (*way, start)
            if parent not in seen:
                seen.add(parent)
                ways.append((*way, parent))
    return ()
