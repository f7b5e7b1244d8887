"""Small counts of people, and sums and means of few, are never shown: primary and secondary suppression.

This guards one answer: a small count, the parts of a share that would give one away, a figure made of few people's
measures, and a single suppressed row of a breakdown that its neighbours and total would give away. Differences
between several answers are not guarded against here, nor a sum that one person makes up almost alone (dominance). How
many records are in doubt is shown whatever its size: it says how a record was kept, not what is true of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace

from data_access.definitions.models import Contract
from data_access.questions import Answer, Row


def protect(answer: Answer, contract: Contract, threshold: int, *, exact: bool) -> Answer:
    """The answer with rows suppressed where they would show fewer than ``threshold`` people.

    Nothing changes for data about things, or for a viewer with the right to exact counts.
    """
    if exact or contract.about != "people" or threshold <= 1:
        return answer
    counts = answer.metric.type in ("count", "count_distinct")
    hidden = {place for place, row in enumerate(answer.rows) if _small(row, threshold, counts=counts)}
    if answer.metric.type == "sum":
        hidden |= {place for place, row in enumerate(answer.rows) if _may_count_few(row, threshold)}
    if not hidden:
        return answer
    hidden |= _partners(answer.rows, hidden)
    rows = tuple(_suppressed(row) if place in hidden else row for place, row in enumerate(answer.rows))
    what = "Counts" if counts or answer.metric.type == "share" else "Figures"
    note = (
        f"{what} of fewer than {threshold} people are not shown, nor what would let them be worked out in this table."
    )
    return replace(answer, rows=rows, notes=(*answer.notes, note))


def _small(row: Row, threshold: int, *, counts: bool) -> bool:
    """Whether any count of people behind the row is small: recorded, shown, possible, or a part of a share.

    Of a sum, mean, ratio or percentile it is the people that it is made of; the figure itself counts nobody, but
    for a sum that may (see ``_may_count_few``).
    """
    parts = [row.counted or 0, row.records or 0]
    if counts:
        parts += [round(bound) for bound in (row.value, row.low) if bound is not None]
    elif row.with_outcome is not None:
        parts += [row.with_outcome, (row.counted or 0) - row.with_outcome]
    return any(0 < part < threshold for part in parts)


def _may_count_few(row: Row, threshold: int) -> bool:
    """Whether a sum is a small whole number: what is added up may be counts of people, as pupils by school and term."""
    return row.value is not None and 0 < row.value < threshold and float(row.value).is_integer()


def _partners(rows: tuple[Row, ...], hidden: set[int]) -> set[int]:
    """The next smallest row of every line of the table in which only one row is hidden, until no line is left.

    A line is what a total would add up: the values of one dimension, or the periods, with the rest held. The
    row of the records whose dimension is in doubt belongs to no total.
    """
    partners: set[int] = set()
    lines = _lines(rows)
    found = True
    while found:
        found = False
        for line in lines:
            withheld = [place for place in line if place in hidden | partners]
            shown = [place for place in line if place not in hidden | partners and (rows[place].counted or 0) > 0]
            if len(withheld) == 1 and shown:
                partners.add(min(shown, key=lambda place: (rows[place].counted or 0, place)))
                found = True
    return partners


def _lines(rows: tuple[Row, ...]) -> list[list[int]]:
    lines: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        lines["periods", row.keys].append(place)
        for dimension, key in enumerate(row.keys):
            if key is not None:
                others = tuple(other for at, other in enumerate(row.keys) if at != dimension)
                lines[dimension, row.period, others].append(place)
    return list(lines.values())


def _suppressed(row: Row) -> Row:
    return Row(row.period, row.period_end, row.partial, row.keys, target=row.target, suppressed=True)
