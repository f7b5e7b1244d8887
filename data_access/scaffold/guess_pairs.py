"""Dates that follow one another: which order they keep, between which others a lost one lies, and which are past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from sqlglot import exp

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guess_limits import date_limits, not_in_the_future
from data_access.scaffold.guessed import Check, Reasoned
from data_access.scaffold.naming import in_sql, of
from data_access.scaffold.profile import ColumnProfile, TableProfile

ORDERED = 0.95  # of the records with both dates
FEWEST = 20  # records with both
MOST_DATES = 10


@dataclass(frozen=True)
class Order:
    """Which dates come before which: (earlier, later) → records in order, records with both."""

    pairs: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def before(self, name: str) -> str | None:
        """The nearest date before this one: the one that all others before it come before, else the most recorded."""
        return self._nearest([first for first, then in self.pairs if then == name], name, later=True)

    def after(self, name: str) -> str | None:
        """The nearest date after this one."""
        return self._nearest([then for first, then in self.pairs if first == name], name, later=False)

    def _nearest(self, names: list[str], to: str, *, later: bool) -> str | None:
        def passed(one: str) -> int:
            return sum(((other, one) if later else (one, other)) in self.pairs for other in names)

        def both(one: str) -> int:
            return self.pairs[(one, to) if later else (to, one)][1]

        return max(names, key=lambda one: (passed(one), both(one)), default=None)


def order(profile: TableProfile, private: frozenset[str] = frozenset()) -> Order:
    """The pairs of dates that are in order in at least 95 of 100 records with both, and not always the same day.

    ``private``: columns that say something of a person, as a birth date: everything comes after that.
    """
    usable = (column for column in profile.columns.values() if column.name not in private)
    dates = [column for column in usable if _can_pair(column, profile)][:MOST_DATES]
    pairs = [*combinations(dates, 2)]
    if not pairs:
        return Order()
    asked: list[exp.Expr] = []
    for one, other in pairs:
        asked += [_in_order(one, other), _in_order(other, one), exp.and_(_filled(one), _filled(other))]
    row = profile.ask(queries.count_where(profile.node, asked))[0]
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for place, (one, other) in enumerate(pairs):
        up, down, both = (int(row[f"c{3 * place + part}"]) for part in range(3))
        if both >= FEWEST and (up >= ORDERED * both) != (down >= ORDERED * both):
            found[(one.name, other.name) if up > down else (other.name, one.name)] = (max(up, down), both)
    return Order(found)


def _can_pair(column: ColumnProfile, profile: TableProfile) -> bool:
    return column.is_date and column.filled >= FEWEST and column.name != profile.table.copied_on


def _in_order(one: ColumnProfile, other: ColumnProfile) -> exp.Expr:
    return exp.LTE(this=_day(one), expression=_day(other))


def _day(column: ColumnProfile) -> exp.Expr:
    return exp.cast(queries.cell(column.name), "date")


def _filled(column: ColumnProfile) -> exp.Expr:
    return exp.Not(this=exp.Is(this=queries.cell(column.name), expression=exp.null()))


def order_checks(profile: TableProfile, found: Order) -> list[Check]:
    """That each date is no earlier than the nearest before it."""
    checks = []
    for name, column in profile.columns.items():
        first = found.before(name)
        if first is None:
            continue
        right, both = found.pairs[first, name]
        earlier = profile.columns[first]
        label, before = (one.column.heading or one.name for one in (column, earlier))
        checks.append(
            Check(
                id=f"{name}_not_before_{first}",
                name=f"{label} is not before {before}",
                condition=f"{day_in_sql(column)} >= {day_in_sql(earlier)}",
                doubts=(name,),
                dimension="consistency",
                why=f"{of(right, both, 'records with both dates')} are in this order. "
                f"Where they are not, {label} is the one in doubt; "
                "name the other in 'doubts' if it is less sure, or remove the check if they need no order.",
            )
        )
    return checks


def past_checks(profile: TableProfile, today: date) -> list[Check]:
    """That a date of something that has happened is not after the portal's day."""
    past = [column for column in profile.columns.values() if column.is_date and not_in_the_future(column, today)]
    return [_past_check(column, today) for column in past]


def _past_check(column: ColumnProfile, today: date) -> Check:
    before = sum(records for year, records in column.years if year <= today.year)
    return Check(
        id=f"{column.name}_not_in_the_future",
        name=f"{column.column.heading or column.name} is not in the future",
        condition=f"{day_in_sql(column)} <= current_date",
        doubts=(column.name,),
        dimension="accuracy",
        why=f"{of(before, column.filled, 'dates')} are of {today.year} or before. "
        "Remove this if the date may be planned ahead.",
    )


def between(column: ColumnProfile, found: Order, today: date) -> Reasoned[tuple[str, str]] | None:
    """The dates that a lost one lies between: the nearest before, and the nearest after, today or "
    "the latest possible."""
    first = found.before(column.name)
    if first is None:
        return None
    last = found.after(column.name)
    if last is None and not not_in_the_future(column, today):
        limits = date_limits(column, today)
        last = str(limits.value.get("maximum")) if limits and "maximum" in limits.value else None
    right, both = found.pairs[first, column.name]
    why = (
        f"{of(right, both, 'records with both dates')} are no earlier than {first}, so where this one "
        f"is in doubt it lies between {first} and {last or 'today'}. Change the ends to what must be so."
    )
    return Reasoned((first, last or "today"), why)


def day_in_sql(column: ColumnProfile) -> str:
    """The column as a day: a moment is cut to it, so that hours do not count."""
    name = in_sql(column.name)
    return name if column.column.type == "date" else f"date_trunc('day', {name})"
