"""What a viewer may open, each decision with a reason that an administrator can read.

A grant is resolved from the viewer's roles alone and is a required argument from the door inwards. What
no role grants is refused; a row rule that cannot be applied closes the dataset, it never opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from data_access.access.viewer import Viewer
from data_access.definitions.models import Configuration, Contract, Metric, Report, Role

BOARD = "board"  # the page of the data board
RowLimits = tuple[tuple[str, frozenset[str]], ...]
NOT_OPEN = "Ask whoever administers the portal if you need it."


@dataclass(frozen=True)
class Decision:
    """Yes or no, and why."""

    allowed: bool
    reason: str


@dataclass(frozen=True)
class Scope:
    """How far a viewer may ask about a metric: ``limits`` are the row rules in force, none for a governed report.

    ``every_column``: whether columns beyond the metric's declared dimensions may be used, less the hidden ones.
    """

    decision: Decision
    limits: RowLimits = ()
    every_column: bool = False


@dataclass(frozen=True)
class Grant:
    """One viewer's rights under one configuration. ``key`` identifies them wholly: it is part of every cache key.

    ``shared_screen``: what is asked for is shown to a whole room, of which nobody knows the rights.
    ``ceiling``: the same viewer's rights by the roles as they are written now, where those are not in force yet
    (``Configuration.narrower``). What it refuses is refused. It names roles that may not be in force at all, so two
    viewers whose roles in force are alike may differ in it: it is part of the key.
    """

    viewer: Viewer
    configuration: Configuration
    roles: tuple[Role, ...]
    shared_screen: bool = False
    ceiling: Grant | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """Everything about the viewer, and about who looks with them, that can change a figure."""
        roles = tuple(role.id for role in self.roles)
        ceiling = self.ceiling and self.ceiling.key
        return (self.viewer.is_operator, roles, self.viewer.attributes, self.shared_screen, ceiling)

    def on_shared_screen(self) -> Grant:
        """The same rights without any of ``see``: no exact counts of people, no personal columns, no records, no SQL.

        What is added to ``see`` later is closed on a shared screen too, until somebody decides otherwise.
        """
        return replace(self, shared_screen=True)

    def page(self, page: str) -> Decision:
        """Whether the viewer may open a page."""
        if self.viewer.is_operator:
            return Decision(True, "the operator may open every page")
        for role in self.roles:
            if page in role.pages:
                allowed = Decision(True, f"the role {role.id} includes the page {page}")
                return self._below(allowed, lambda ceiling: ceiling.page(page))
        return Decision(False, f"{self._roles()} do not include the page '{page}'. {NOT_OPEN}")

    def report(self, report: Report) -> Decision:
        """Whether the viewer may open a report: one of their roles lists it, and it is meant for that role."""
        if self.viewer.is_operator:
            return Decision(True, "the operator may open every report")
        for role in self.roles:
            if report.id in role.reports and role.id in report.audience:
                allowed = Decision(True, f"the role {role.id} includes the report {report.id}")
                return self._below(allowed, lambda ceiling: ceiling.report(report))
        return Decision(False, f"{self._roles()} do not include the report '{report.id}'. {NOT_OPEN}")

    def opens_on_shared_screen(self, report: Report) -> bool:
        """Whether the report opens for a shared screen by itself: whoever opens it does so for a data board.

        A role that has the page ``board`` is a board's. A person with another role that opens the report too
        reads it at a desk, and chooses.
        """
        opening = [role for role in self.roles if report.id in role.reports and role.id in report.audience]
        return bool(opening) and all(BOARD in role.pages for role in opening)

    def dataset(self, contract: Contract) -> Decision:
        """Whether the viewer may ask about a dataset, at least about some of its records."""
        return self._dataset(contract)[0]

    def whole_dataset(self, contract: Contract) -> Decision:
        """Whether the viewer may count all of a dataset's records: a row rule closes what cannot be cut to it."""
        decision, limits = self._dataset(contract)
        if decision.allowed and limits:
            return Decision(False, f"You see part of the dataset '{contract.id}', and its checks count all of it.")
        return decision

    def metric(self, metric: Metric) -> Scope:
        """How far the viewer may ask about a metric.

        Through a report they may open, its figures are the same for all of its audience, unless the report
        is scoped. Otherwise through the dataset, within their row rules.
        """
        if self.viewer.is_operator:
            decision = Decision(True, "the operator may ask about every metric")
            return Scope(decision, every_column=not self.shared_screen)
        contract = self.configuration.contracts[metric.dataset]
        dataset, limits = self._dataset(contract)
        # Columns beyond the declared dimensions single people out, whatever is withheld of their figures.
        every_column = not self.shared_screen and (contract.about != "people" or self.sees("exact_counts"))
        if dataset.allowed and not limits:
            return Scope(dataset, every_column=every_column)
        reports = [r for r in self.configuration.reports.values() if metric.id in r.metrics and self.report(r).allowed]
        for report in reports:
            if not report.scoped:
                return Scope(Decision(True, f"the metric is in the report {report.id}"))
        if dataset.allowed:
            return Scope(dataset, limits, every_column)
        if reports:
            reason = f"The report '{reports[0].title}' is limited to your own records. {dataset.reason}"
            return Scope(Decision(False, reason))
        if any(contract.id in role.datasets for role in self.roles):
            return Scope(dataset)  # granted, but a row rule closes it: that is the reason to give
        return Scope(Decision(False, f"{self._roles()} do not include the metric '{metric.id}'. {NOT_OPEN}"))

    def scope_in(self, report: Report, metric: Metric) -> Scope:
        """How far a metric of this very report may be asked about: a scoped report keeps to the viewer's records."""
        if not report.scoped or self.viewer.is_operator:
            return self.metric(metric)
        decision, limits = self._dataset(self.configuration.contracts[metric.dataset])
        return Scope(decision, limits)

    def hidden(self, contract: Contract) -> Mapping[str, str]:
        """The columns that the viewer may neither list, filter by nor break down by, each with the reason."""
        if self.sees("personal_fields"):
            return {}
        without = f"and {_lowered(self._roles())} do not include personal fields. {NOT_OPEN}"
        if self.shared_screen:
            without = "and personal data is not shown on a shared screen."
        return {
            column.name: f"The column '{column.label}' is {column.classification}, {without}"
            for column in contract.columns.values()
            if column.classification in ("personal", "special")
        }

    def export(self) -> Decision:
        """Whether the viewer may take a table away."""
        if self.sees("export"):
            return Decision(True, "the right export is granted")
        return Decision(False, f"{self._roles()} do not include the right 'export', to take a table away. {NOT_OPEN}")

    def sees(self, right: str) -> bool:
        """Whether a role gives one of the rights of ``see``; none of them reaches a shared screen."""
        if self.shared_screen or self.viewer.is_operator:
            return not self.shared_screen
        return any(right in role.see for role in self.roles) and (self.ceiling is None or self.ceiling.sees(right))

    def _below(self, allowed: Decision, ask: Callable[[Grant], Decision]) -> Decision:
        """What is allowed, unless the ceiling refuses it."""
        narrower = ask(self.ceiling) if self.ceiling is not None else allowed
        return allowed if narrower.allowed else narrower

    def _dataset(self, contract: Contract) -> tuple[Decision, RowLimits]:
        """Whether the dataset is open, and the row rules: those of the roles in force, and of the ceiling's too."""
        decision, limits = self._by_roles(contract)
        if self.ceiling is None or not decision.allowed:
            return decision, limits
        narrower, further = self.ceiling._dataset(contract)
        if not narrower.allowed:
            return narrower, ()
        both = dict(limits)
        for column, values in further:
            both[column] = both.get(column, values) & values
        return _unless_empty(decision, both)

    def _by_roles(self, contract: Contract) -> tuple[Decision, RowLimits]:
        if self.viewer.is_operator:
            return Decision(True, "the operator may ask about every dataset"), ()
        granting = [role for role in self.roles if contract.id in role.datasets]
        if not granting:
            return Decision(False, f"{self._roles()} do not include the dataset '{contract.id}'. {NOT_OPEN}"), ()
        for role in granting:
            if not role.rows:
                return Decision(True, f"the role {role.id} includes the dataset {contract.id}"), ()
        # Several limited roles: the narrowest reading, every rule of every granting role at once.
        limits: dict[str, frozenset[str]] = {}
        for column, attribute in (rule for role in granting for rule in role.rows.items()):
            values = frozenset(self.viewer.attribute(attribute))
            if column not in contract.columns:
                return Decision(
                    False, f"Your rows are limited by '{column}', which the dataset '{contract.name}' does not have."
                ), ()
            if not values:
                return Decision(
                    False, f"Your rows are limited by '{column}', and your account has no '{attribute}'. {NOT_OPEN}"
                ), ()
            limits[column] = limits[column] & values if column in limits else values
        return _unless_empty(
            Decision(True, f"the role {granting[0].id} includes the dataset {contract.id}, in part"), limits
        )

    def _roles(self) -> str:
        return (
            "Your roles (" + ", ".join(role.id for role in self.roles) + ")"
            if self.roles
            else "You have no roles, so they"
        )


def resolve(configuration: Configuration, viewer: Viewer) -> Grant:
    """The viewer's rights. A role that the configuration does not define grants nothing."""
    ceiling = None
    if configuration.narrower is not None:
        ceiling = Grant(viewer, configuration, _known(configuration.narrower, viewer.roles))
    return Grant(viewer, configuration, _known(configuration.roles, viewer.roles), ceiling=ceiling)


def _known(roles: Mapping[str, Role], names: Iterable[str]) -> tuple[Role, ...]:
    return tuple(roles[name] for name in sorted(set(names)) if name in roles)


def _unless_empty(decision: Decision, limits: Mapping[str, frozenset[str]]) -> tuple[Decision, RowLimits]:
    """The decision with its row rules; a refusal where nothing can meet them all."""
    if not all(limits.values()):
        return Decision(False, "Your roles limit your rows to values that exclude each other."), ()
    return decision, tuple(sorted(limits.items()))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
