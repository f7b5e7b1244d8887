"""How often new data seem to come: what says that a month is not complete yet, and that data are late."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.profile import ColumnProfile, TableProfile

FEWEST = 20  # records, below which nothing can be seen
# The share of the days between the first date and the last that have a record, from which on data come so often; and
# how long after their time they are taken to come: over a weekend with its bank holidays, a week, a fortnight.
_OFTEN: tuple[tuple[float, str, str, int], ...] = ((0.4, "d", "day", 5), (0.1, "w", "week", 7), (0.0, "m", "month", 14))


def delivery(profile: TableProfile, time: str | None, today: date) -> Reasoned[tuple[str, int]] | None:
    """The unit in which new data come (d, w, m), and the days after which they are there; None where it cannot be seen.

    ``time``: the date that a record is counted at. Figures dated by the first of a month alone tell of the whole month:
    when they are due is not to be seen in them.
    """
    column = profile.columns.get(time or "")
    if column is None or column.name == profile.table.copied_on or column.filled < FEWEST:
        return None
    if column.earliest is None or column.latest is None or _monthly(profile, column):
        return None
    last = min(column.latest, today)  # a slip of the pen may lie in the future
    if last < column.earliest:
        return None
    days = (last - column.earliest).days + 1
    with_records = min(column.distinct, days)
    unit, word, latency = next((u, w, late) for least, u, w, late in _OFTEN if with_records >= least * days)
    why = (
        f"{with_records:,} of the {days:,} days up to {last.day} {last:%b %Y} have records, so new ones are taken to "
        f"come each {word}. Write how often they come, and how long after their time: when they are late, home says "
        "so, and a month that they would belong to is shown as a part."
    )
    return Reasoned((unit, latency), why)


def _monthly(profile: TableProfile, column: ColumnProfile) -> bool:
    """Whether every date is the first of a month."""
    day = exp.Extract(this=exp.var("day"), expression=queries.cell(column.name))
    other = exp.NEQ(this=day, expression=exp.Literal.number(1))
    return int(profile.ask(queries.count_where(profile.node, [other]))[0]["c0"]) == 0
