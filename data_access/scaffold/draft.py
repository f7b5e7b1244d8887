"""All drafts of one source: contracts, metrics, a report, and for a new folder the portal's file and its roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from data_access.loading.tables import Found
from data_access.scaffold.draft_contract import contract
from data_access.scaffold.draft_metrics import metrics
from data_access.scaffold.draft_portal import portal, roles
from data_access.scaffold.draft_report import READERS, report
from data_access.scaffold.drafts import Draft, Existing
from data_access.scaffold.guess import guess
from data_access.scaffold.guessed import TableGuess
from data_access.scaffold.naming import identifier, title
from data_access.warehouse.engine import Generation

NOTHING = Existing()


def drafts(
    found: Found,
    generation: Generation,
    *,
    name: str,
    today: date,
    with_portal: bool,
    existing: Existing = NOTHING,
) -> tuple[Draft, ...]:
    """Every file of the configuration that ``found`` suggests, in the order in which a person reads them.

    ``with_portal``: with ``portal.yaml`` and ``roles.yaml``, for a folder that has none; else ``existing`` says what it
    holds. Reads the warehouse only through ``generation``. Raises WarehouseError.
    """
    guesses: dict[str, TableGuess] = {}
    for table in found.tables:
        dataset = identifier(table.name, {*guesses, *existing.datasets}, "table")
        guesses[dataset] = guess(replace(table, title=title(table.title)), generation, today)
    described, measured = _of_tables(guesses, existing, today)
    report_id = identifier(name, existing.reports, "report")
    reports = []
    if any(measured.values()):
        titles = {dataset: one.profile.table.title for dataset, one in guesses.items()}
        reports = [report(name, report_id, measured, titles, existing.readers or READERS)]
    own = [portal(found, name), _roles(guesses, [report_id] if reports else [])] if with_portal else []
    return (*own, *described, *reports)


def _of_tables(
    guesses: Mapping[str, TableGuess], existing: Existing, today: date
) -> tuple[list[Draft], dict[str, list[dict[str, Any]]]]:
    """Each table's contract and metrics as files, and the metrics by dataset."""
    files: list[Draft] = []
    measured: dict[str, list[dict[str, Any]]] = {}
    taken = set(existing.metrics)
    for dataset, one in guesses.items():
        measured[dataset], why = metrics(one, dataset, taken)
        taken |= {metric["id"] for metric in measured[dataset]}
        files.append(contract(one, dataset, _essential(one), today))
        if measured[dataset]:
            files.append(Draft(f"metrics/{dataset}.yaml", measured[dataset], why))
    return files, measured


def _roles(guesses: Mapping[str, TableGuess], reports: list[str]) -> Draft:
    people = [dataset for dataset, one in guesses.items() if one.about.value == "people"]
    return roles(reports, people, [dataset for dataset in guesses if dataset not in people])


def _essential(guess: TableGuess) -> frozenset[str]:
    """The columns without which the drafted metrics say nothing: key, date and measures."""
    time = (guess.time.value,) if guess.time else ()
    return frozenset((*guess.key.value, *time, *guess.measures))
