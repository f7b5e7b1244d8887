"""Plans the columns of a copy: what each is named, as what it is read, and where the rest of its cells goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.definitions.models import ColumnType
from data_access.loading.column_counts import Decision
from data_access.loading.columns_again import as_drafted
from data_access.loading.counting import Counts, counted
from data_access.loading.deciding import decide
from data_access.loading.names import unique_names
from data_access.loading.native import FLOATS, logical_type
from data_access.loading.reading_again import as_type
from data_access.loading.readings import KEPT, Reading, readings
from data_access.loading.staging import Staged, StagedColumn, Staging, quoted
from data_access.loading.tables import FoundColumn, FoundTable


@dataclass(frozen=True)
class Planned:
    """A column of the copy: SQL of its values and of the text of those that cannot be read, and what was found out.

    ``filled`` are the cells with a value of the type, ``markers`` those that say in a word that they are blank.
    """

    sql: str
    unread: str
    found: FoundColumn
    filled: int
    markers: int = 0
    prepared: tuple[str, str] | None = None  # the staged column and the step before its reading

    def selected(self) -> Iterator[str]:
        """What a SELECT list says for it."""
        yield f"{self.sql} AS {quoted(self.found.name)}"
        if self.found.unread:
            yield f"{self.unread} AS {quoted(self.found.unread)}"


def plan_columns(
    staged: Staged, records: int, staging: Staging, today: date, known: FoundTable | None
) -> dict[int, Planned]:
    """One for each column of ``staged``, by its place, in order; one without heading and values is left out.

    Raises SourceError when ``known``, what was drafted before, can no longer be told or read as it was.
    """
    drafted = as_drafted(staged, known)
    wanted = [old.type if old else column.declared for column, old in zip(staged.columns, drafted, strict=True)]
    ways = {
        f"c{place}": readings(column.heading, today, wanted[place])
        for place, column in enumerate(staged.columns)
        if column.text
    }
    fixed = {f"c{place}" for place, kind in enumerate(wanted) if kind}
    counts = counted(staging.connection, staged.table, records, ways, fixed)
    names = _names(staged, drafted, known)
    taken = set(names)
    planned = {}
    for place, (column, old, name) in enumerate(zip(staged.columns, drafted, names, strict=True)):
        raw = f"c{place}"
        unread = _unread_name(name, old, taken)
        if not column.text:
            planned[place] = _of_values(raw, name, column, old, staged, staging, unread)
        elif column.heading or old or counts[raw]["filled"] or counts[raw]["markers"]:
            decision = _decision(wanted[place], column.heading, counts[raw], ways[raw], old)
            planned[place] = _of_text(raw, name, column, decision, counts[raw], old, unread)
    return planned


def _names(staged: Staged, drafted: Sequence[FoundColumn | None], known: FoundTable | None) -> list[str]:
    taken = {name for old in drafted if old for name in (old.name, old.unread) if name}
    if known and known.copied_on:
        taken.add(known.copied_on)
    pairs = list(zip(staged.columns, drafted, strict=True))
    free = iter(unique_names([column.heading for column, old in pairs if not old], "column", taken))
    return [old.name if old else next(free) for _, old in pairs]


def _unread_name(name: str, old: FoundColumn | None, taken: set[str]) -> str:
    if old and old.unread:
        return old.unread
    unread = unique_names([f"{name.rstrip('_')}_unread"], "column", taken)[0]
    taken.add(unread)
    return unread


def _decision(
    wanted: ColumnType | None, heading: str, counts: Counts, ways: Mapping[str, Reading], old: FoundColumn | None
) -> Decision:
    if wanted is None:
        return decide(heading, counts, ways)
    return as_type(wanted, heading, counts, ways, old.reading if old else None)


def _of_text(
    raw: str, name: str, column: StagedColumn, decision: Decision, counts: Counts, old: FoundColumn | None, unread: str
) -> Planned:
    """A column that was text, as the type that was decided."""
    reading = decision.reading
    if reading is None:
        found = FoundColumn(name, column.heading, "string", "VARCHAR", decision.why)
        return Planned(
            KEPT.format(name=raw),
            "NULL",
            found,
            counts["filled"] + counts["nones"],
            counts["markers"] - counts["nones"],
        )
    read = counts[reading.key]
    left = counts["filled"] - read
    beside = unread if left or (old and old.unread) else None
    found = FoundColumn(
        name, column.heading, reading.type, reading.physical, decision.why, beside, left, decision.unit, reading.key
    )
    value = reading.sql(raw)
    unread_sql = f"CASE WHEN {raw}_cleaned IS NOT NULL AND {value} IS NULL THEN {raw} END"
    return Planned(value, unread_sql, found, read, counts["markers"], (raw, reading.before))


def _of_values(
    raw: str, name: str, column: StagedColumn, old: FoundColumn | None, staged: Staged, staging: Staging, unread: str
) -> Planned:
    """A column that came with a type: infinite numbers and days, which are no figures, are kept as text beside it."""
    physical = staging.type_of(staged.table, raw)
    kind = logical_type(physical) or "string"
    value = f"CASE WHEN isfinite({raw}) THEN {raw} END" if kind in ("date", "timestamp") or physical in FLOATS else raw
    why = f"It is {physical} in the source."
    if old and old.type != kind:
        value, physical, kind = f"try_cast({value} AS {old.physical_type})", old.physical_type, old.type
        why += f" It stays {kind}, as drafted."
    query = f"SELECT count({value}), count({raw}) FROM {staged.table}"
    read, filled = staging.connection.execute(query).fetchone() or (0, 0)
    beside = unread if filled > read or (old and old.unread) else None
    found = FoundColumn(name, column.heading, kind, physical, why, beside, filled - read)
    return Planned(value, f"CASE WHEN ({value}) IS NULL THEN {raw}::VARCHAR END", found, read)
