"""Typed, frozen models of what a council writes in ``config/``.

The YAML files of the portal's own formats (portal, metrics, reports, roles) map onto pydantic models
that refuse unknown keys. A contract is an Open Data Contract Standard file: it is validated against
the published JSON Schema and then condensed into the dataclasses below, which hold only what the
portal acts on. Nothing here reads files: see ``load.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data_access.definitions.spans import Span

Grain = Literal["day", "week", "month", "quarter", "year"]
Polarity = Literal["higher", "lower", "neither"]
MetricType = Literal["count", "count_distinct", "sum", "average", "share", "ratio", "median", "percentile"]
RuleKind = Literal["required", "values", "pattern", "limits", "unique", "custom"]
RuleDimension = Literal["accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness"]
ColumnType = Literal["string", "date", "timestamp", "time", "number", "integer", "boolean"]
Classification = Literal["public", "internal", "personal", "special"]
Right = Literal["exact_counts", "failing_records", "personal_fields", "sql", "export", "administer"]

BLANK = "(blank)"
PAGES = (
    "home",
    "report",
    "metric",
    "explore",
    "quality",
    "actions",
    "board",
    "catalogue",
    "workbench",
    "access",
)


class Strict(BaseModel):
    """Frozen, and refuses a key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# -- portal.yaml -----------------------------------------------------------------------------


class ConfidenceBands(Strict):
    high: float = Field(default=95, gt=0, le=100)
    medium: float = Field(default=85, ge=0, le=100)


class Disclosure(Strict):
    threshold: int = Field(default=5, ge=0)


class PortalSettings(Strict):
    name: str
    organisation: str
    warehouse: str
    state: str = "sqlite:///state/portal.db"
    year_start: int = Field(default=4, ge=1, le=12)
    today: date | None = None
    confidence: ConfidenceBands = ConfidenceBands()
    disclosure: Disclosure = Disclosure()
    sign_in: Literal["local", "oidc"] = "local"


# -- metrics/*.yaml --------------------------------------------------------------------------


class Target(Strict):
    value: float
    tolerance: float = Field(default=0, ge=0)


class Limits(Strict):
    minimum: float | None = None
    maximum: float | None = None


class HistoryEntry(Strict):
    version: int
    on: date
    what: str
    breaks_series: bool = False


class Metric(Strict):
    """One definition of one metric, owned by the business. SQL is DuckDB's dialect (certainty §7)."""

    id: str
    name: str
    dataset: str
    type: MetricType
    where: str | None = None
    numerator: str | None = None
    measure: str | None = None
    per: str | None = None
    percentile: float | None = None
    limits: Limits | None = None
    time: str
    grain: Grain = "month"
    dimensions: tuple[str, ...] = ()
    unit: Literal["percent", "number", "pounds", "days"] = "number"
    better: Polarity = "neither"
    target: Target | None = None
    definition: str
    source: str | None = None
    version: int = 1
    history: tuple[HistoryEntry, ...] = ()
    reviewed: date | None = None
    review_every: str | None = None  # "12 months"

    @model_validator(mode="before")
    @classmethod
    def _share_is_in_percent(cls, data: Any) -> Any:
        """A share that names no unit is in percent: it cannot be in anything else."""
        if isinstance(data, Mapping) and data.get("type") == "share" and "unit" not in data:
            return {**data, "unit": "percent"}
        return data


# -- reports/<id>.yaml -----------------------------------------------------------------------


class Section(Strict):
    title: str
    metrics: tuple[str, ...]
    breakdown: str | None = None
    note: str | None = None


class Report(Strict):
    """A governed report. ``id`` is the file's name without ``.yaml``; it is not a key of the file."""

    id: str
    title: str
    forum: str
    owner: str
    audience: tuple[str, ...]
    sections: tuple[Section, ...]
    scoped: bool = False

    @property
    def metrics(self) -> tuple[str, ...]:
        return tuple(metric for section in self.sections for metric in section.metrics)


# -- roles.yaml ------------------------------------------------------------------------------


class Role(Strict):
    """What a role may open. What is not granted is refused; ``rows`` maps a column to a viewer attribute."""

    id: str
    pages: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    rows: Mapping[str, str] = Field(default_factory=dict)
    see: tuple[Right, ...] = ()


# -- datasets/<id>.odcs.yaml -----------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One check of a contract, located in records.

    A record fails ``required`` when the cell is blank; ``values``, ``pattern`` and ``limits`` when a
    cell that is not blank falls outside; ``unique`` when another record has the same non-blank value;
    ``custom`` when ``condition`` is false (not when it is unknown). ``columns`` are the cells made
    doubtful, except for the record key's own ``unique`` rule, whose records are copies.
    """

    id: str
    name: str
    kind: RuleKind
    dimension: RuleDimension
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: str | float | None = None
    maximum: str | float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    length: bool = False  # the limits are of the text's length
    condition: str | None = None
    severity: str | None = None
    business_impact: str | None = None
    fix: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of a contract. ``values`` maps each allowed code to its label (empty: not a code list).

    ``name`` is the name used in SQL: ODCS ``physicalName`` when given, else ``name``. ``required`` is True
    when any check makes a blank doubtful: then no possible world leaves the cell blank. ``minimum`` and
    ``maximum`` are numbers, or ISO text for dates; ``between`` may hold the text "today".
    """

    name: str
    label: str
    type: ColumnType
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    minimum: str | float | None = None
    maximum: str | float | None = None
    classification: Classification = "internal"
    critical: bool = False
    between: tuple[str | date, str | date] | None = None  # each: a column's name, a date, or "today"
    parents: tuple[str, ...] = ()
    description: str | None = None

    @property
    def span(self) -> tuple[float | None, float | None]:
        """Between which numbers a cell of a column of numbers lies: its codes', else its limits; None is open."""
        codes = [float(value) for value in self.values if value.lstrip("-").replace(".", "", 1).isdigit()]
        if codes:
            return min(codes), max(codes)
        return (
            None if self.minimum is None else float(self.minimum),
            None if self.maximum is None else float(self.maximum),
        )


@dataclass(frozen=True)
class Person:
    """A member of a contract's team; ``contact`` is the username (usually an e-mail address)."""

    name: str
    role: str
    contact: str


@dataclass(frozen=True)
class Contract:
    """A governed table: what is in it, who answers for it, and every check it must pass."""

    id: str
    name: str
    table: str
    columns: Mapping[str, Column]
    rules: tuple[Rule, ...]
    record_key: tuple[str, ...]
    recorded_at: str | None
    about: Literal["people", "things"]
    domain: str | None
    team: tuple[Person, ...]
    purpose: str | None
    limitations: str | None
    usage: str | None
    version: str
    sla: Mapping[str, Span] = field(default_factory=dict)  # frequency, latency, retention
    file: str = ""

    def member(self, role: str) -> Person | None:
        """The first team member with this role ('owner', 'steward'), or None."""
        return next((person for person in self.team if person.role.lower() == role), None)

    @property
    def contact(self) -> Person | None:
        """Whom to ask about the records: the steward, else the owner."""
        return self.member("steward") or self.member("owner")


@dataclass(frozen=True)
class Configuration:
    """Everything in ``config/``, resolved: every name that one file uses, another defines.

    ``narrower``: roles as they are written now, which limit ``roles`` while other files are broken (see ``live.py``).
    """

    folder: Path
    portal: PortalSettings
    contracts: Mapping[str, Contract]
    metrics: Mapping[str, Metric]
    reports: Mapping[str, Report]
    roles: Mapping[str, Role]
    narrower: Mapping[str, Role] | None = None

    @cached_property
    def digest(self) -> str:
        """The same for the same settings, contracts, metrics and reports, also after a restart. Roles are not in it."""
        said = repr((self.portal, dict(self.contracts), dict(self.metrics), dict(self.reports)))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def today(self) -> date:
        """The portal's day: ``portal.today`` in demonstrations and tests, else the real one."""
        return self.portal.today or date.today()
