"""Leaves out rows of totals below the records: counted with them, they would double every sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data_access.loading.cells import Cells, filled, kind
from data_access.loading.readings import prepared
from data_access.loading.staging import Staging

SUMS = frozenset({"total", "totals", "grand total", "sub total", "subtotal", "sub-total", "overall total"})
_TOTAL = re.compile(r"((grand|overall|sub)[ -]?)?totals?( \([^)]*\))?:?", re.IGNORECASE)
_MAYBE = re.compile(r"all|overall|sum|averages?|mean|median|count", re.IGNORECASE)
FEWEST = 3  # records above a row without a name for it to be taken as their total
CENT = 0.011  # what sums of amounts in pounds may differ by


@dataclass(frozen=True)
class _Above:
    """What stands above in a column: the sum and the greatest of its numbers."""

    sum: float
    greatest: float


def without_totals(table: str, width: int, tail: Sequence[Cells], staging: Staging) -> tuple[str, ...]:
    """Takes rows of totals off the end of a staged ``table`` whose last rows are ``tail``; sentences on them.

    A row stays, and is named, where its figures do not show that it is a total.
    """
    records, candidates = staging.records(table), _candidates(tail)
    above, notes = records - len(candidates), []
    for place, row in enumerate(candidates, start=above):
        verdict = _is_sum(row, table, above, staging) if above else False
        if verdict:
            staging.connection.execute(f"DELETE FROM {table} WHERE rowid = {place}")
            notes.append(f"Left out below the records: a row of totals (record {place + 1}), {verdict}.")
        elif _labelled(row):
            notes.append(
                f"Record {place + 1}, at the end, is named a total or an average, and its figures are not those of the "
                "records above, so it was kept: see whether it counts twice."
            )
    return (*notes, *_inside(table, width, staging))


def _candidates(tail: Sequence[Cells]) -> Sequence[Cells]:
    """The last rows that are named totals, or the last that is not named at all."""
    start = len(tail)
    while start and _labelled(tail[start - 1]):
        start -= 1
    if start == len(tail) and tail and _is_nameless(tail[-1]):
        start -= 1
    return tail[start:]


def _label(row: Cells) -> tuple[int, str] | None:
    """The place and the text of the cell that names the row a total; only blanks and figures may stand around it."""
    texts = [(place, cell.strip()) for place, cell in enumerate(row) if cell and cell.strip()]
    return next(((place, text) for place, text in texts if _TOTAL.fullmatch(text) or _MAYBE.fullmatch(text)), None)


def _labelled(row: Cells) -> bool:
    label = _label(row)
    return label is not None and bool(_numbers(row, label[0]))


def _is_nameless(row: Cells) -> bool:
    numbers = _numbers(row, -1)
    return bool(numbers) and len(numbers) == filled(row) and 0 not in numbers


def _numbers(row: Cells, behind: int) -> list[int]:
    """The places of numbers to the right of the name; a percentage is no sum."""
    places = [place for place, cell in enumerate(row) if place > behind and kind(cell) == "number"]
    return [place for place in places if not (row[place] or "").strip().endswith("%")]


def _is_sum(row: Cells, table: str, above: int, staging: Staging) -> str:
    """How the row's figures show that it is a total; empty where they do not."""
    label = _label(row)
    places = _numbers(row, label[0] if label else -1)
    columns, own = _figures(row, places, table, above, staging)
    equal = [abs(column.sum - value) <= CENT for column, value in zip(columns, own, strict=True)]
    some = any(value for same, value in zip(equal, own, strict=True) if same)
    if label is None:
        return "which has no name and whose figures are the sums of those above" if (
            all(equal) and some and above >= FEWEST
        ) else ""  # fmt: skip
    if all(equal) and some:
        return "whose figures are the sums of those above"
    if not _TOTAL.fullmatch(label[1]) or not _stands_first(row, label[0]):
        return ""
    greatest = all(value >= column.greatest for column, value in zip(columns, own, strict=True))
    return "though not all its figures are the sums of those above" if some or greatest else ""


def _stands_first(row: Cells, place: int) -> bool:
    """Whether nothing stands before the name and no other words behind it."""
    others = [cell for at, cell in enumerate(row) if at != place and kind(cell) in ("words", "day")]
    before = any(kind(cell) != "blank" for cell in row[:place])
    return not before and all(_TOTAL.fullmatch(cell or "") or _MAYBE.fullmatch(cell or "") for cell in others)


def _figures(
    row: Cells, places: Sequence[int], table: str, above: int, staging: Staging
) -> tuple[list[_Above], list[float]]:
    """The figures above in each of ``places``, and the row's own."""
    names = [f"c{place}" for place in places]
    source = prepared(f"(SELECT {', '.join(names)} FROM {table} WHERE rowid < {above})", names, {})
    numbers = ", ".join(
        f"coalesce(sum(read_number({name}_cleaned)), 0), coalesce(max(read_number({name}_cleaned)), 0)"
        for name in names
    )
    found = staging.connection.execute(f"SELECT {numbers} FROM ({source})").fetchone() or ()
    own = staging.connection.execute(
        "SELECT " + ", ".join("coalesce(read_number(?), 0)" for _ in places),
        [(row[place] or "").strip() for place in places],
    ).fetchone()
    sums, greatest = found[::2], found[1::2]
    return [_Above(float(one), float(two)) for one, two in zip(sums, greatest, strict=True)], list(own or ())


def _inside(table: str, width: int, staging: Staging) -> tuple[str, ...]:
    """A sentence where rows of totals stand among the records, which are kept."""
    words = ", ".join(f"'{word}'" for word in sorted(SUMS))
    cells = ", ".join(f"lower(trim(c{place}))" for place in range(width))
    query = f"SELECT count(*) FROM {table} WHERE list_has_any([{cells}], [{words}])"
    row = staging.connection.execute(query).fetchone()
    if not row or not row[0]:
        return ()
    what = "1 record says 'total' in a cell and was" if row[0] == 1 else f"{row[0]:,} records say 'total' and were"
    return (f"{what} kept: sums over all records count what they add up twice.",)
