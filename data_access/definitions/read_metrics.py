"""All files of ``metrics/``: lists of metrics, their ids unique over every file.

``load.py`` calls :func:`read_metrics`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.definitions.check_metric import check_metric
from data_access.definitions.document import Document, Findings, KeyPath
from data_access.definitions.models import Contract, Metric
from data_access.definitions.shapes import IDENTIFIER, validate
from data_access.errors import Problem, nearest


@dataclass
class Metrics:
    """What was found: the metrics of the right shape, the ids of all, and every problem.

    ``ambiguous`` are the ids defined more than once: what one of them allows the other may not.
    ``incomplete`` is True when a file could not be read, so that an unknown id may stand in it.
    """

    models: dict[str, Metric] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    incomplete: bool = False

    @property
    def ids(self) -> Collection[str]:
        return self.places


def read_metrics(
    documents: Iterable[Document | None], datasets: Collection[str], contracts: Mapping[str, Contract], today: date
) -> Metrics:
    """Read and check every metric. A None among the documents is a file that could not be read."""
    metrics = Metrics()
    for document in documents:
        if document is None or not isinstance(document.data, list):
            metrics.incomplete = True
            if document is not None:
                reason = "this file holds a list of metrics; begin each with '- id:'"
                metrics.problems.append(document.problem((), reason))
            continue
        for index in range(len(document.data)):
            findings = Findings(document)
            _read_one(metrics, findings, (index,), datasets, contracts, today)
            metrics.problems += findings.problems
    return metrics


def _read_one(
    metrics: Metrics,
    findings: Findings,
    path: KeyPath,
    datasets: Collection[str],
    contracts: Mapping[str, Contract],
    today: date,
) -> None:
    document = findings.document
    _note_id(metrics, findings, path)
    shape = validate(Metric, document, path)
    findings.problems += shape.problems
    metric = shape.model
    if metric is None:
        return
    further = Findings(document, shape.is_sure)
    if metric.dataset not in datasets:
        reason = f"there is no dataset '{metric.dataset}'"
        further.add((*path, "dataset"), reason, nearest(metric.dataset, datasets))
    check_metric(further, path, metric, contracts.get(metric.dataset), today)
    findings.problems += further.problems
    if metric.id in metrics.models:
        metrics.ambiguous.add(metric.id)
    elif not shape.problems:
        metrics.models[metric.id] = metric


def _note_id(metrics: Metrics, findings: Findings, path: KeyPath) -> None:
    """Remember where the id stands; refuse one that is used already, or that cannot stand in an address."""
    place = (*path, "id")
    given = findings.document.at(place)
    if not isinstance(given, str):
        return
    if not IDENTIFIER.fullmatch(given):
        findings.add(place, f"'{given}' cannot be an id: a letter first, then letters, digits, '_' and '-'")
    if given in metrics.places:
        findings.add(place, f"the metric '{given}' is defined twice; it first stands at {metrics.places[given]}")
    else:
        metrics.places[given] = f"{findings.document.file}:{findings.document.line(place)}"
