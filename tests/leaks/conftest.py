"""A small portal: two datasets, three reports, people with and without rights, on a real DuckDB file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.viewer_portal import ViewerPortal

FILES = {
    "portal.yaml": """
name: Test portal
organisation: Test council
warehouse: duckdb://state/test.duckdb
today: 2026-04-30
disclosure: {threshold: 5}
""",
    "datasets/children.odcs.yaml": """
apiVersion: v3.1.0
kind: DataContract
id: children
name: Children
version: 1.0.0
status: active
description: {purpose: Tests., limitations: None.}
team:
  members:
    - {username: o@example.org, name: Olive, role: owner}
    - {username: s@example.org, name: Sam, role: steward}
customProperties: [{property: about, value: people}]
schema:
  - name: children
    physicalName: children
    properties:
      - {name: id, logicalType: string, primaryKey: true, required: true}
      - name: seen_on
        logicalType: date
        required: true
        logicalTypeOptions: {minimum: "2026-01-01", maximum: "2026-04-30"}
      - {name: area, logicalType: string, required: true, enum: [{value: N}, {value: S}, {value: E}]}
      - {name: team, logicalType: string, required: true}
      - {name: nhs_number, logicalType: string, classification: personal}
      - {name: in_time, logicalType: boolean, required: true}
""",
    "datasets/works.odcs.yaml": """
apiVersion: v3.1.0
kind: DataContract
id: works
name: Works
version: 1.0.0
status: active
description: {purpose: Tests., limitations: None.}
team:
  members:
    - {username: o@example.org, name: Olive, role: owner}
    - {username: s@example.org, name: Sam, role: steward}
customProperties: [{property: about, value: things}]
schema:
  - name: works
    physicalName: works
    properties:
      - {name: id, logicalType: string, primaryKey: true, required: true}
      - name: done_on
        logicalType: date
        required: true
        logicalTypeOptions: {minimum: "2026-01-01", maximum: "2026-04-30"}
""",
    "metrics/all.yaml": """
- id: children_seen
  name: Children seen
  dataset: children
  type: count
  time: seen_on
  dimensions: [area, team]
  definition: Children seen.
- id: seen_in_time
  name: Seen in time
  dataset: children
  type: share
  numerator: in_time
  time: seen_on
  dimensions: [area, team]
  definition: Of those seen, how many in time.
- id: works_done
  name: Works done
  dataset: works
  type: count
  time: done_on
  definition: Works done.
""",
    "reports/county.yaml": """
title: The county
forum: Board
owner: Olive
audience: [manager, reader]
sections: [{title: Children, metrics: [seen_in_time]}]
""",
    "reports/own.yaml": """
title: Your area
forum: Area meeting
owner: Olive
audience: [manager, staff]
scoped: true
sections: [{title: Children, metrics: [children_seen, seen_in_time]}]
""",
    "roles.yaml": """
manager: {pages: [home, report, metric], reports: [county, own], datasets: [children], see: [exact_counts]}
staff: {pages: [home, report], reports: [own], datasets: [children], rows: {area: area}}
reader: {pages: [home, report], reports: [county]}
outsider: {pages: [home]}
steward: {pages: [home, quality], datasets: [children, works], see: [exact_counts, personal_fields, failing_records]}
careful: {pages: [home], datasets: [children]}
""",
}
# area, how many seen, how many of them in time, month
GROUPS = [("N", 20, 12, 1), ("S", 9, 6, 1), ("E", 3, 1, 1), ("N", 11, 5, 2), ("Q", 2, 1, 2)]


def write_warehouse(path: Path, groups: list[tuple[str, int, int, int]] = GROUPS) -> None:
    """The tables, written beside the old file and renamed over it as a loader must."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with duckdb.connect(str(new)) as connection:
        connection.execute(
            "CREATE TABLE children (id VARCHAR, seen_on DATE, area VARCHAR, team VARCHAR,"
            " nhs_number VARCHAR, in_time BOOLEAN)"
        )
        for group, (area, seen, in_time, month) in enumerate(groups):
            rows = [
                (f"{group}-{n}", f"2026-{month:02}-10", area, f"team {area}{n % 2}", f"94347650{n:02}", n < in_time)
                for n in range(seen)
            ]
            connection.executemany("INSERT INTO children VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE TABLE works (id VARCHAR, done_on DATE)")
        connection.execute("INSERT INTO works VALUES ('w1', '2026-02-01'), ('w2', '2026-02-02')")
    new.replace(path)


def write_configuration(config: Path) -> Path:
    """The configuration without its warehouse, in this folder."""
    for name, text in FILES.items():
        (config / name).parent.mkdir(parents=True, exist_ok=True)
        (config / name).write_text(text, encoding="utf-8")
    return config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The configuration's folder, with the warehouse beside it."""
    config = write_configuration(tmp_path / "config")
    (tmp_path / "state").mkdir()
    write_warehouse(tmp_path / "state" / "test.duckdb")
    return config


@pytest.fixture
def portal(folder: Path) -> Iterator[Portal]:
    opened = Portal.open(folder)
    yield opened
    opened.state.close()


def viewer(role: str, **attributes: str) -> Viewer:
    """A person with one role."""
    return Viewer(f"a {role}", role, (role,), tuple(sorted((name, (value,)) for name, value in attributes.items())))


def door(portal: Portal, role: str, **attributes: str) -> ViewerPortal:
    """The portal as that person may use it."""
    return portal.for_viewer(viewer(role, **attributes))
