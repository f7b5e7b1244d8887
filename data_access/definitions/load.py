"""The whole of ``config/`` read, checked and resolved: what ``Portal.open`` and the command ``check`` call.

Every file is read whatever is wrong with the others, and every problem is collected. References between
files are then resolved; a reference to something in a broken file is not reported as a second mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_access.definitions.check_grants import Known, check_report, check_role
from data_access.definitions.check_portal import check_portal
from data_access.definitions.contract import read_contract
from data_access.definitions.contract_columns import column_places
from data_access.definitions.coverage import warn_uncovered
from data_access.definitions.document import Document, Findings
from data_access.definitions.files import Files, find_files
from data_access.definitions.models import Configuration, Contract, Metric, PortalSettings, Report, Role
from data_access.definitions.read_metrics import Metrics, read_metrics
from data_access.definitions.shapes import validate
from data_access.definitions.yaml_source import read_document
from data_access.errors import DefinitionError, Problem


@dataclass(frozen=True)
class Reading:
    """What one reading of a folder found. ``configuration`` is None when there is an error among the problems.

    The rest is what could be read all the same, to look at what stands outside the files: the contracts, the
    warehouse's address and the roles by name, each None where its own file does not say.
    """

    configuration: Configuration | None
    problems: tuple[Problem, ...]
    contracts: Mapping[str, Contract]
    warehouse: str | None
    roles: Mapping[str, Role] | None


def load(folder: Path | str) -> Configuration:
    """The configuration; raises DefinitionError with every error (warnings do not stand in the way)."""
    configuration, problems = read(folder)
    if configuration is None:
        raise DefinitionError(problem for problem in problems if problem.severity == "error")
    return configuration


def read(folder: Path | str) -> tuple[Configuration | None, tuple[Problem, ...]]:
    """The configuration, None when there is an error, and every problem: by file, then by line."""
    reading = read_all(folder)
    return reading.configuration, reading.problems


def read_all(folder: Path | str) -> Reading:
    """Everything that can be read of the folder, and every problem: by file, then by line."""
    folder = Path(folder)
    if not _is_folder(folder):
        reason = f"there is no folder '{str(folder)[:200]}' with the configuration"
        return Reading(None, (Problem(folder.name, None, "", reason),), {}, None, None)
    files, problems = find_files(folder)
    reader = _Reader(folder, problems)
    configuration = reader.everything(files)
    ordered = in_order(_without_repeats(reader))
    if any(problem.severity == "error" for problem in ordered):
        configuration = None
    return Reading(configuration, ordered, reader.contracts, reader.warehouse, reader.roles)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, then by line."""
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.key)))


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a name too long for the file system
        return False


def _without_repeats(reader: _Reader) -> list[Problem]:
    """Each problem once; and where the YAML itself could not be read, nothing more about that value."""
    return [
        problem
        for problem in dict.fromkeys(reader.problems)
        if problem in reader.unreadable or not any(_same_place(problem, other) for other in reader.unreadable)
    ]


def _same_place(one: Problem, other: Problem) -> bool:
    return (one.file, one.line, one.key) == (other.file, other.line, other.key)


class _Reader:
    """One reading of one folder; ``problems`` grows as the files are read."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        self.unreadable: list[Problem] = []  # what the YAML reader itself found
        self.contracts: dict[str, Contract] = {}
        self.warehouse: str | None = None
        self.roles: dict[str, Role] | None = None

    def everything(self, files: Files) -> Configuration | None:
        settings, today = self._portal(files.portal)
        contracts, documents = self._contracts(files, today)
        self.contracts = contracts
        metrics = self._metrics(files, contracts, today)
        roles, role_names = self._roles(files.roles)
        self.roles = None if roles is None else {name: role for name, (role, _) in roles.items()}
        known = Known(
            datasets=files.datasets,
            metrics=metrics.ids,
            reports=files.reports,
            roles=role_names,
            contracts=contracts,
            read_metrics={name: metric for name, metric in metrics.models.items() if name not in metrics.ambiguous},
            incomplete=frozenset({"metric"} if metrics.incomplete else ())
            | ({"role"} if roles is None else frozenset()),
        )
        reports = self._reports(files, known)
        for role, findings in (roles or {}).values():
            check_role(findings, role, known)
            self.problems += findings.problems
        for name, contract in contracts.items():
            self._warn(documents[name], contract, metrics.models)
        if settings is None:
            return None
        return Configuration(self.folder, settings, contracts, metrics.models, reports, self.roles or {})

    def _document(self, path: Path, root: str = "") -> Document | None:
        """One file's content; None when it cannot be read or is empty."""
        document, problems = read_document(path, self.folder, root)
        self.problems += problems
        self.unreadable += problems
        if document is not None and document.data is None and not problems:
            self.problems.append(Problem(document.file, None, "", "this file is empty"))
            return None
        return document

    def _portal(self, path: Path) -> tuple[PortalSettings | None, date]:
        document = self._document(path)
        if document is None:
            return None, date.today()
        shape = validate(PortalSettings, document)
        self.problems += shape.problems
        settings = shape.model
        if settings is None:
            return None, date.today()
        findings = Findings(document, shape.is_sure)
        check_portal(findings, settings)
        self.problems += findings.problems
        if shape.is_sure(("warehouse",)) and not any(problem.key == "warehouse" for problem in findings.problems):
            self.warehouse = settings.warehouse
        return settings, settings.today or date.today()

    def _contracts(self, files: Files, today: date) -> tuple[dict[str, Contract], dict[str, Document]]:
        contracts: dict[str, Contract] = {}
        documents: dict[str, Document] = {}
        ids: dict[str, Document] = {}
        for name, path in files.datasets.items():
            document = self._document(path)
            if document is None:
                continue
            documents[name] = document
            contract, problems = read_contract(document, name, today)
            self.problems += problems
            if contract is not None:
                contracts[name] = contract
            given = document.at(("id",))
            if isinstance(given, str):
                self._check_same_id(document, ids.setdefault(given, document), given)
        return contracts, documents

    def _check_same_id(self, document: Document, first: Document, given: str) -> None:
        if first is not document:
            reason = f"the id '{given}' is given twice; it first stands at {first.file}:{first.line(('id',))}"
            self.problems.append(document.problem(("id",), reason))

    def _metrics(self, files: Files, contracts: Mapping[str, Contract], today: date) -> Metrics:
        documents = [self._document(path, "metrics") for path in files.metrics]
        metrics = read_metrics(documents, files.datasets, contracts, today)
        self.problems += metrics.problems
        return metrics

    def _roles(self, path: Path | None) -> tuple[dict[str, tuple[Role, Findings]] | None, tuple[str, ...]]:
        """The roles that could be read, None when the file could not, and the names of all."""
        if path is None:
            reason = "there is no roles.yaml, so nobody can open anything"
            self.problems.append(Problem("roles.yaml", None, "", reason, severity="warning"))
            return {}, ()
        document = self._document(path)
        if document is None:
            return None, ()
        if not isinstance(document.data, Mapping):
            self.problems.append(document.problem((), "this file holds roles by name: {manager: {pages: [home]}}"))
            return None, ()
        roles: dict[str, tuple[Role, Findings]] = {}
        for name in document.data:
            shape = validate(Role, document, (name,), id=name)
            self.problems += shape.problems
            if shape.model is not None:
                roles[name] = (shape.model, Findings(document, shape.is_sure))
        return roles, tuple(document.data)

    def _reports(self, files: Files, known: Known) -> dict[str, Report]:
        reports: dict[str, Report] = {}
        for name, path in files.reports.items():
            document = self._document(path)
            if document is None:
                continue
            shape = validate(Report, document, (), id=name)
            self.problems += shape.problems
            if shape.model is not None:
                findings = Findings(document, shape.is_sure)
                check_report(findings, shape.model, known)
                self.problems += findings.problems
                reports[name] = shape.model
        return reports

    def _warn(self, document: Document, contract: Contract, metrics: Mapping[str, Metric]) -> None:
        findings = Findings(document)
        reading = [metric for metric in metrics.values() if metric.dataset == contract.id]
        warn_uncovered(findings, contract, reading, column_places(document))
        self.problems += findings.problems
