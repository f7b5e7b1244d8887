"""Turns a table with a column for each month (or day) into one with a record for each: what a warehouse can count."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from data_access.loading.names import snake_case
from data_access.loading.readings import prepared, readings
from data_access.loading.staging import Staged, StagedColumn, Staging, literal

MOST_NAMED = 12
FEWEST = 3  # headings that are months, and more than half of all
_SAYS_NOTHING = re.compile(
    r"latest|newest|current|final|copy|data|monthly|figures|table|sheet|export|of|\d+|v\d+|wide|by|month"
)
_TOTAL = re.compile(
    r"\b(totals?|subtotals?|ytd|year to date|cumulative|averages?|avg|mean|sum)\b"
    r"|^((fy|year|q[1-4]) ?)?(20)?\d\d ?[-/] ?(20)?\d\d$|^q[1-4]\b",
    re.IGNORECASE,
)


def months_down(staged: Staged, staging: Staging, today: date) -> Staged:
    """``staged`` itself, or where most headings are months or days, the same cells with a record for each of them."""
    spoken = _spoken_days(staged, staging, today)
    if len(spoken) < FEWEST or 2 * len(spoken) <= sum(1 for column in staged.columns if column.heading):
        return staged
    others = [place for place in range(len(staged.columns)) if place not in spoken]
    figures = [place for place in others if staged.columns[place].heading and _holds_figures(place, staged, staging)]
    totals = [place for place in figures if _TOTAL.search(staged.columns[place].heading)]
    kept = [place for place in others if place not in totals]
    table = _turned(staged, kept, spoken, staging)
    monthly = all(day.day == 1 for day in spoken.values())
    word = "month" if monthly else "date"
    columns = [staged.columns[place] for place in kept]
    columns += [
        StagedColumn(_free(word, columns), declared="date"),
        StagedColumn(_free(_measure(staged.name), columns)),
    ]
    staging.drop(staged.table)
    became = f"Its {len(spoken)} columns {_range(staged, spoken)} became one record a {word}"
    turned = replace(staged, table=table, columns=tuple(columns))
    turned = turned.noting(f"{became}; a blank cell is a record with a blank.")
    turned = turned.noting(*_on_figures(staged, totals, [place for place in figures if place in kept], word))
    return turned.noting(gap) if monthly and (gap := _without_column(set(spoken.values()))) else turned


def _holds_figures(place: int, staged: Staged, staging: Staging) -> bool:
    """Whether every cell that is not blank is a number."""
    source = prepared(f"(SELECT c{place} FROM {staged.table})", [f"c{place}"], {})
    number = f"coalesce(read_number(c{place}_cleaned), read_percent(c{place}_cleaned)) IS NOT NULL"
    query = f"SELECT bool_and({number}) FROM ({source}) WHERE c{place}_cleaned IS NOT NULL"
    row = staging.connection.execute(query).fetchone()
    return bool(row and row[0])


def _on_figures(staged: Staged, totals: list[int], repeated: list[int], word: str) -> list[str]:
    """Sentences on figures that are of no single month: left out, or the same in each of a row's records."""
    said = []
    if totals:
        named = ", ".join(f"'{staged.columns[place].heading}'" for place in totals)
        said.append(f"Left out: {named}, which adds up or averages the others and would count once a {word}.")
    if repeated:
        named = ", ".join(f"'{staged.columns[place].heading}'" for place in repeated)
        said.append(f"The figures of {named} stand in the record of each {word}: a sum would count them as often.")
    return said


def _spoken_days(staged: Staged, staging: Staging, today: date) -> dict[int, date]:
    """The first day of what each heading speaks of, by the column's place; headings that speak of none are left out."""
    ways = readings("", today)
    values = ", ".join(f"({place}, {literal(column.heading)})" for place, column in enumerate(staged.columns))
    steps = {"c0": ["parted", "first_day"]}
    source = prepared(f"(SELECT * FROM (VALUES {values}) AS headings(place, c0))", ["c0"], steps)
    read = f"coalesce({ways['month'].sql('c0')}, {ways['day_first'].sql('c0')})"
    rows = staging.connection.execute(f"SELECT place, {read} AS day FROM ({source}) WHERE day IS NOT NULL").fetchall()
    return dict(sorted(rows))


def _turned(staged: Staged, kept: list[int], spoken: dict[int, date], staging: Staging) -> str:
    table = staging.new_table()
    same = "".join(f"c{place} AS c{new}, " for new, place in enumerate(kept))
    days = ", ".join(literal(day.isoformat()) for day in spoken.values())
    values = ", ".join(f"c{place}::VARCHAR" for place in spoken)
    pairs = f"unnest([{days}]) AS c{len(kept)}, unnest([{values}]) AS c{len(kept) + 1}"
    staging.connection.execute(f"CREATE TABLE {table} AS SELECT {same}{pairs} FROM {staged.table}")
    return table


def _measure(name: str) -> str:
    """What the cells count, from the table's name: ``latest_visits`` → ``visits``."""
    words = [word for word in snake_case(name).split("_") if not _SAYS_NOTHING.fullmatch(word)]
    return "_".join(words) or "value"


def _free(heading: str, columns: list[StagedColumn]) -> str:
    taken = {snake_case(column.heading) for column in columns}
    return heading if heading not in taken else f"{heading} in the cell"


def _without_column(months: set[date]) -> str:
    """A sentence on the months between the first and the last that no column speaks of; empty where there are none."""
    first, last = min(months), max(months)
    every = (date(place // 12, place % 12 + 1, 1) for place in range(_place(first), _place(last) + 1))
    gone = [month for month in every if month not in months]
    if not gone:
        return ""
    named = ", ".join(f"{month:%b %Y}" for month in gone[:MOST_NAMED])
    more = f" and {len(gone) - MOST_NAMED} more" if len(gone) > MOST_NAMED else ""
    have = (
        "month between its first and its last has" if len(gone) == 1 else "months between its first and its last have"
    )
    return f"{len(gone)} {have} no column, so there is no record of them: {named}{more}."


def _place(month: date) -> int:
    return 12 * month.year + month.month - 1


def _range(staged: Staged, spoken: dict[int, date]) -> str:
    headings = [staged.columns[place].heading for place in spoken]
    return f"'{headings[0]}' to '{headings[-1]}'"
