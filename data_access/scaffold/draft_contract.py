"""The data contract of one table, written from what was guessed of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from data_access.loading.tables import FoundColumn
from data_access.scaffold.drafts import Draft, Guess, Path
from data_access.scaffold.guessed import Check, Codes, ColumnGuess, TableGuess

_TABLE: Path = ("schema", 0)


class _Pages:
    """A contract being written: content, and the guesses at their places."""

    def __init__(self) -> None:
        self.guesses: list[Guess] = []

    def note(self, path: Path, why: str) -> None:
        self.guesses.append(Guess(path, why))


def contract(guess: TableGuess, dataset: str, essential: frozenset[str], today: date) -> Draft:
    """``datasets/<dataset>.odcs.yaml``. ``essential``: the columns that the drafted metrics stand on."""
    pages = _Pages()
    table = guess.profile.table
    content = {
        "version": "0.1.0",
        "apiVersion": "v3.2.0",
        "kind": "DataContract",
        "id": dataset,
        "name": table.title,
        "status": "draft",
        "description": _description(guess, today),
        "team": {"members": _team(pages)},
        **_delivery(guess, pages),
        "customProperties": _own(guess, pages),
        "schema": [_table(guess, essential, pages)],
    }
    if guess.time is None:
        dates = (
            "Its dates are all blank"
            if any(one.is_date for one in guess.profile.columns.values())
            else "It has no date"
        )
        pages.note(
            ("schema",),
            f"{dates}, so no metric could be drafted: a record is counted at a date. Have the source give one.",
        )
    pages.note(("description", "purpose"), "Nobody has said yet what these data are for. Say it in a sentence or two.")
    return Draft(f"datasets/{dataset}.odcs.yaml", content, tuple(pages.guesses))


def _description(guess: TableGuess, today: date) -> dict[str, str]:
    profile = guess.profile
    notes = [*profile.table.notes, *(f"Left out: {why}." for why in guess.left_out)]
    purpose = (
        f"Drafted from {profile.table.source} on {today.day} {today:%b %Y}, when it held {profile.records:,} records."
    )
    limitations = " ".join(notes) or "None are known: nobody has looked at this draft yet."
    return {"purpose": purpose, "limitations": limitations}


def _team(pages: _Pages) -> list[dict[str, str]]:
    for place, role in enumerate(("owner", "steward")):
        who = "answers for these data" if role == "owner" else "knows the records and puts them right"
        pages.note(("team", "members", place), f"The source does not say who {who}. Name the person.")
    return [
        {"username": "owner@example.org", "name": "Owner not named yet", "role": "owner"},
        {"username": "steward@example.org", "name": "Steward not named yet", "role": "steward"},
    ]


def _delivery(guess: TableGuess, pages: _Pages) -> dict[str, Any]:
    if guess.delivery is None:
        return {}
    pages.note(("slaProperties", 0), guess.delivery.why)
    unit, days = guess.delivery.value
    frequency = {"property": "frequency", "value": 1, "unit": unit}
    return {"slaProperties": [frequency, {"property": "latency", "value": days, "unit": "d"}]}


def _own(guess: TableGuess, pages: _Pages) -> list[dict[str, Any]]:
    found: list[tuple[str, Any, str]] = []
    if guess.key.value:
        value = guess.key.value[0] if len(guess.key.value) == 1 else [*guess.key.value]
        found.append(("recordKey", value, guess.key.why))
    if guess.recorded_at:
        found.append(("recordedAt", guess.recorded_at.value, guess.recorded_at.why))
    found.append(("about", guess.about.value, guess.about.why))
    for place, (_, _, why) in enumerate(found):
        pages.note(("customProperties", place), why)
    if not guess.key.value:
        pages.note(("customProperties",), guess.key.why)
    return [{"property": name, "value": value} for name, value, _ in found]


def _table(guess: TableGuess, essential: frozenset[str], pages: _Pages) -> dict[str, Any]:
    table = guess.profile.table
    content: dict[str, Any] = {"name": _plain_name(table.name), "physicalName": table.name, "physicalType": "table"}
    if guess.checks:
        content["quality"] = [_check(check) for check in guess.checks]
        for place, check in enumerate(guess.checks):
            pages.note((*_TABLE, "quality", place), check.why)
    return {**content, "properties": _properties(guess, essential, pages)}


def _properties(guess: TableGuess, essential: frozenset[str], pages: _Pages) -> list[dict[str, Any]]:
    """The columns, each followed by that with the text of its cells that could not be read."""
    found: list[dict[str, Any]] = []
    for name, column in guess.profile.columns.items():
        path = (*_TABLE, "properties", len(found))
        found.append(_property(column.column, guess.columns[name], name in essential, path, pages))
        if name in guess.unread:
            beside = _property(guess.unread[name], guess.columns[name].beside, False, (*path[:-1], len(found)), pages)
            found.append({**beside, "description": f"The text of the cells of {name} that could not be read."})
    return found


def _plain_name(table: str) -> str:
    return table.split(".")[-1]


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.name,
        "type": "custom",
        "engine": "plumbline",
        "implementation": check.condition,
        "dimension": check.dimension,
        "customProperties": [{"property": "doubts", "value": [*check.doubts]}],
    }


def _property(column: FoundColumn, guess: ColumnGuess, essential: bool, path: Path, pages: _Pages) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": column.name,
        "businessName": column.heading or column.name,
        "logicalType": column.type,
        "physicalType": column.physical_type,
    }
    if column.why:
        pages.note((*path, "logicalType"), column.why)
    if guess.classification:
        entry["classification"] = guess.classification.value
        pages.note((*path, "classification"), guess.classification.why)
    if guess.required:
        entry["required"] = True
        pages.note((*path, "required"), guess.required.why)
    if essential:
        entry["criticalDataElement"] = True
        pages.note(
            (*path, "criticalDataElement"), "The drafted metrics stand on it. Remove this where it matters to none."
        )
    if guess.stand_ins:
        missing = {"missingValues": [*guess.stand_ins.value]}
        entry["quality"] = [{"metric": "missingValues", "arguments": missing, "mustBe": 0}]
        pages.note((*path, "quality"), guess.stand_ins.why)
    _values(entry, guess, path, pages)
    _links(entry, guess, path, pages)
    return entry


def _values(entry: dict[str, Any], guess: ColumnGuess, path: Path, pages: _Pages) -> None:
    """Codes, limits and pattern."""
    if guess.codes:
        entry["enum"] = _enum(guess.codes.value)
        pages.note((*path, "enum"), guess.codes.why)
    options: dict[str, Any] = {}
    if guess.limits:
        options |= guess.limits.value
        pages.note((*path, "logicalTypeOptions"), guess.limits.why)
    if guess.pattern:
        options["pattern"] = guess.pattern.value
        pages.note((*path, "logicalTypeOptions"), guess.pattern.why)
    if options:
        entry["logicalTypeOptions"] = options


def _enum(codes: Codes) -> list[dict[str, Any]]:
    return [{"value": code, "label": codes.labels.get(code, str(code))} for code in codes.values]


def _links(entry: dict[str, Any], guess: ColumnGuess, path: Path, pages: _Pages) -> None:
    own: list[dict[str, Any]] = []
    links: Mapping[str, Any] = {"between": guess.between, "parents": guess.parents}
    for name, found in links.items():
        if found:
            pages.note((*path, "customProperties", len(own)), found.why)
            own.append({"property": name, "value": [*found.value]})
    if own:
        entry["customProperties"] = own
