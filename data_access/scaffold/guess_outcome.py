"""What a first share may be about: the answer, code or date that makes a record a success."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from data_access.scaffold.guess_pairs import day_in_sql
from data_access.scaffold.guessed import ColumnGuess, Delay, Reasoned, TableGuess
from data_access.scaffold.naming import in_sql, of_people, words
from data_access.scaffold.profile import ColumnProfile

_STATES = ("status", "outcome", "result", "state", "decision", "stage", "type", "category", "reason")
_MOST_CODES = 12
_ASK = "Choose the outcome that matters, or remove this metric."


@dataclass(frozen=True)
class Outcome:
    """A share's numerator. ``words`` follow "how many have"; ``ending`` goes into the metric's id.

    ``where``: the records that it is a share of, which ``whole`` names; None for all.
    """

    column: str
    condition: str
    words: str
    ending: str
    why: str
    groups: bool = True  # tells one group of records from another, not only whether something is recorded
    where: Reasoned[str] | None = None
    whole: str = "records"


def outcome(guess: TableGuess) -> Outcome | None:
    """The likeliest outcome; None where no column can be one."""
    return next(_outcomes(guess), None)


def _outcomes(guess: TableGuess) -> Iterator[Outcome]:
    """How soon one date follows another, then a yes, a status, a date that some records lack, any other code, and
    anything that is there.
    """
    profiles, people = guess.profile.columns, guess.about.value == "people"
    usable = {name: column for name, column in guess.columns.items() if _usable(guess, name)}
    if guess.delay is not None:
        yield _in_time(guess.delay, people)
    yield from (
        _yes(profiles[name], people)
        for name in usable
        if profiles[name].column.type == "boolean" and usable[name].codes
    )
    coded = [name for name, column in usable.items() if _has_choice(column) and name not in guess.key.value]
    states = [name for name in coded if set(words(profiles[name].column.heading)) & {*_STATES}]
    yield from (_code(profiles[name], usable[name], people) for name in states)
    partly = [profiles[name] for name in usable if 0 < profiles[name].filled < profiles[name].records]
    yield from (_filled(column, people) for column in partly if column.is_date and usable[column.name].limits)
    yield from (_code(profiles[name], usable[name], people) for name in coded)
    yield from (_filled(column, people) for column in partly if _is_checked(usable[column.name]))
    yield from (_code(profiles[name], column, people) for name, column in usable.items() if _has_choice(column))


def _usable(guess: TableGuess, name: str) -> bool:
    time = guess.time.value if guess.time else None
    return not guess.columns[name].private and name != time and (name,) != guess.key.value


def _is_checked(column: ColumnGuess) -> bool:
    """Whether a check looks at what stands in the column."""
    return bool(column.codes or column.limits or column.pattern)


def _has_choice(column: ColumnGuess) -> bool:
    return column.codes is not None and 2 <= len(column.codes.value.values) <= _MOST_CODES


def _yes(column: ColumnProfile, people: bool) -> Outcome:
    heading = column.column.heading or column.name
    yes = dict(column.values).get("true", 0)
    why = f"{of_people(yes, column.filled, 'records', people=people)} say yes. {_ASK}"
    return Outcome(column.name, f"{in_sql(column.name)} is true", f"{heading}: yes", f"{column.name}_yes", why)


def _in_time(delay: Delay, people: bool) -> Outcome:
    first, then = delay.first, delay.then
    heading, start = (column.column.heading or column.name for column in (then, first))
    days = f"{delay.days} day{'' if delay.days == 1 else 's'}"
    lack = of_people(then.records - delay.both, then.records, "records", people=people)
    why = f"{lack} lack one of the dates and are left out. Count those that are late already, if they should be."
    so = of_people(delay.within, delay.both, "records with both dates", people=people)
    return Outcome(
        column=then.name,
        condition=f"date_diff('day', {day_in_sql(first)}, {day_in_sql(then)}) <= {delay.days}",
        words=f"{heading} within {days} of {start}",
        ending=f"{then.name}_in_{delay.days}_days",
        why=f"So it was in {so}. Write the days that are promised.",
        groups=False,
        where=Reasoned(f"{in_sql(first.name)} is not null and {in_sql(then.name)} is not null", why),
        whole="records with both dates",
    )


def _code(column: ColumnProfile, guess: ColumnGuess, people: bool) -> Outcome:
    assert guess.codes is not None
    counted = dict(column.values)
    codes = guess.codes.value
    best = max(codes.values, key=lambda code: (counted.get(str(code), 0), str(code)))
    heading, label = column.column.heading or column.name, codes.labels.get(best, str(best))
    literal = exp.Literal.string(str(best)) if isinstance(best, str) else exp.Literal.number(int(best))
    condition = f"{in_sql(column.name)} = {literal.sql(dialect='duckdb')}"
    why = (
        f"{label!r} is the commonest of {len(codes.values)} codes, in "
        f"{of_people(counted.get(str(best), 0), column.records, 'records', people=people)}. {_ASK}"
    )
    return Outcome(column.name, condition, f"{heading}: {label}", f"{column.name}_{label}", why)


def _filled(column: ColumnProfile, people: bool) -> Outcome:
    heading = column.column.heading or column.name
    why = f"{of_people(column.filled, column.records, 'records', people=people)} have one. {_ASK}"
    condition = f"{in_sql(column.name)} is not null"
    return Outcome(column.name, condition, f"{heading} filled in", f"{column.name}_filled", why, groups=False)
