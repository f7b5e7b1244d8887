"""The first metrics of one table: a count, a share, and sums where its records are figures themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from data_access.questions import Row
from data_access.scaffold.drafts import Guess
from data_access.scaffold.guess_codes import OFTEN
from data_access.scaffold.guess_outcome import Outcome, outcome
from data_access.scaffold.guess_time import grain
from data_access.scaffold.guessed import ColumnGuess, TableGuess
from data_access.scaffold.naming import identifier, in_sql, listed, of
from data_access.scaffold.profile import ColumnProfile

MOST_DIMENSIONS = 6
MOST_ANSWERS = 500  # of a column without codes: areas, branches
_TAKEN = {field.name for field in fields(Row)}  # keys of a row that the command line prints, so no dimension's

Entry = tuple[dict[str, Any], tuple[tuple[str, str], ...]]
"""A metric, and its guesses: the key and why ("" is the metric itself)."""


def metrics(guess: TableGuess, dataset: str, taken: Collection[str]) -> tuple[list[dict[str, Any]], tuple[Guess, ...]]:
    """The metrics of one dataset, and the guesses in them; none where it has no date to count at.

    ``taken``: the ids of other metrics.
    """
    if guess.time is None:
        return [], ()
    entries = [_count(guess, dataset)]
    if (share := _share(guess, dataset)) is not None:
        entries.append(share)
    entries += [_sum(guess, dataset, measure) for measure in guess.measures]
    ids = {*taken}
    for entry, _ in entries:
        entry["id"] = identifier(entry["id"], ids, "metric")
        ids.add(entry["id"])
    content = [entry for entry, _ in entries]
    notes = [Guess((place, key), why) for place, (_, whys) in enumerate(entries) for key, why in whys]
    return content, tuple(notes)


def dimensions(guess: TableGuess) -> list[str]:
    """The columns to break figures down by: those with codes or an agreed form, that tell nobody apart."""
    return [
        name
        for name, column in guess.columns.items()
        if not column.private
        and (name,) != guess.key.value
        and name.lower() not in _TAKEN
        and _few_answers(column, guess.profile.columns[name])
    ][:MOST_DIMENSIONS]


def _few_answers(column: ColumnGuess, profile: ColumnProfile) -> bool:
    """Whether the column sorts records into groups: by codes, or by an area's code and the like."""
    if column.codes is not None:
        return len(column.codes.value.values) > 1
    return (
        column.pattern is not None
        and 1 < profile.distinct <= MOST_ANSWERS
        and profile.filled >= OFTEN * profile.distinct
    )


def _shared(dataset: str, ending: str, name: str, kind: str) -> dict[str, Any]:
    return {"id": f"{dataset}_{ending}", "name": name, "dataset": dataset, "type": kind}


def _counted_at(guess: TableGuess) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """Time, grain and dimensions, which all metrics of a table share."""
    assert guess.time is not None
    column = guess.profile.columns[guess.time.value]
    found: dict[str, Any] = {"time": guess.time.value, "grain": grain(column)}
    whys = [("time", guess.time.why)]
    if chosen := dimensions(guess):
        found["dimensions"] = chosen
        why = (
            f"{listed(chosen)} {'makes' if len(chosen) == 1 else 'make'} groups of records and no "
            "personal detail. Keep those that people ask by."
        )
        whys.append(("dimensions", why))
    return found, tuple(whys)


def _count(guess: TableGuess, dataset: str) -> Entry:
    title = guess.profile.table.title
    shared, whys = _counted_at(guess)
    entry = _shared(dataset, "records", f"{title}: records", "count") | shared
    heading = guess.profile.columns[shared["time"]].column.heading or shared["time"]
    entry["definition"] = f"How many records {guess.profile.table.source} holds, each counted at its {heading}."
    why = (
        f"Each of {guess.profile.records:,} records is counted once. "
        "Say what one is, and leave out by 'where' what is not meant."
    )
    return entry, (("type", why), *whys)


def _share(guess: TableGuess, dataset: str) -> Entry | None:
    """A share of the records; where a record is a figure for many, the share of those that the figures count."""
    found = outcome(guess)
    if found is None:
        return None
    counted = [name for name in guess.measures if guess.profile.columns[name].column.unit != "pounds"]
    measures = [name for name in counted if found.groups and _never_below_nothing(guess.columns[name])]
    measure = measures[0] if measures else None
    if measure and guess.about.value == "people":
        return None  # a part of few people could be worked out from the share and the whole
    shared, whys = _counted_at(guess)
    shared["dimensions"] = [name for name in shared.get("dimensions", ()) if name != found.column]
    whole = guess.profile.columns[measure].column.heading or measure if measure else found.whole
    name = f"{guess.profile.table.title}: {found.words}" + (f", of all {whole}" if measure else "")
    entry = _shared(dataset, f"share_{found.ending}", name, "ratio" if measure else "share")
    if found.where is not None:
        entry["where"] = found.where.value
        whys = (("where", found.where.why), *whys)
    entry |= _part_of(guess, found, measure) if measure else {"numerator": found.condition}
    entry |= shared
    entry["definition"] = f"Of every 100 {whole} of {guess.profile.table.source}, how many have {found.words}."
    return entry, (("measure" if measure else "numerator", found.why), *whys)


def _never_below_nothing(column: ColumnGuess) -> bool:
    return column.limits is not None and column.limits.value.get("minimum") == 0


def _part_of(guess: TableGuess, found: Outcome, measure: str) -> dict[str, Any]:
    limits = guess.columns[measure].limits
    assert limits is not None
    return {
        "measure": f"case when {found.condition} then {in_sql(measure)} else 0 end",
        "per": in_sql(measure),
        "limits": {"minimum": 0, "maximum": limits.value["maximum"]},
        "unit": "percent",
    }


def _sum(guess: TableGuess, dataset: str, measure: str) -> Entry:
    column = guess.profile.columns[measure]
    shared, whys = _counted_at(guess)
    entry = _shared(dataset, measure, f"{guess.profile.table.title}: total {column.column.heading or measure}", "sum")
    entry |= {"measure": in_sql(measure), **shared}
    if column.column.unit == "pounds":
        entry["unit"] = "pounds"
    entry["definition"] = f"All of {column.column.heading or measure} in {guess.profile.table.source}, added up."
    said = [("measure", f"It is a number in {column.filled:,} records. Remove this metric if adding up means nothing.")]
    if column.blanks and guess.columns[measure].required is None:  # else a blank is doubtful, and counts as such
        entry["where"] = f"{in_sql(measure)} is not null"
        blank = of(column.blanks, column.records, "records")
        why = f"{blank} are blank: no figure, which is not 0. Without this, a period that has only blanks would show 0."
        said.append(("where", why))
    return entry, (*said, *whys)
