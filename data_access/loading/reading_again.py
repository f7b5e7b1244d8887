"""How a column is read whose type was said before: by an earlier draft, or by the source itself."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.definitions.models import ColumnType
from data_access.loading.column_counts import SLIPS, Column, Decision
from data_access.loading.counting import Counts
from data_access.loading.deciding_dates import dates
from data_access.loading.readings import Reading
from data_access.loading.refusal import SourceError


def as_type(
    wanted: ColumnType, heading: str, counts: Counts, ways: Mapping[str, Reading], drafted: str | None = None
) -> Decision:
    """One of the ``ways``, which all give the wanted type, however few values it reads: what was said stands.

    ``drafted`` is the key of the way in which the column was read before. Raises SourceError when another now reads
    more: the same text would mean another day or another number than before.
    """
    column = Column(heading, counts, ways)
    best = max(ways, key=column.read, default=None)
    if best is None:
        return Decision(None, f"It stays {wanted}, as drafted.")
    if drafted is not None and drafted in ways:
        key = _as_drafted(column, drafted)
        return column.decision(key, "It is read as drafted.", unit=column.unit(key))
    dated = dates(column)
    return dated or column.decision(best, unit=column.unit(best))


def _as_drafted(column: Column, drafted: str) -> str:
    """The way that was drafted, or the same with or without a midnight; where both orders of day and month are proven
    now, that which reads neither for the other. Raises SourceError when another reads more.
    """
    either = [key for key in column.ways if key.endswith("either_order")]
    if drafted.endswith("_first") and either and column.both_orders:
        return max(either, key=column.read)
    same = [key for key in column.ways if key.replace("midnight_", "") == drafted.replace("midnight_", "")]
    key, best = max(same, key=column.read), max(column.ways, key=column.read)
    more = column.read(best) - column.read(key)
    if "either_order" in drafted or more <= 0 or (column.enough(key) and more <= SLIPS * column.base):
        return key
    raise SourceError(
        f"The column '{column.heading}' was drafted as {_spoken(column, key)}. Now {column.read(key):,} of its "
        f"{column.filled:,} values can be read so, and {column.read(best):,} as {_spoken(column, best)}, so the same "
        "text may mean something else than before. What was there before is as it was. Have the source write it as "
        "before, or draft it anew with a new folder."
    )


def _spoken(column: Column, key: str) -> str:
    return column.ways[key].words + (", the day before the month" if key.endswith("day_first") else "")
