"""Which columns are about people, and how private each is: by its name and heading, and by the form of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from data_access.definitions.models import Classification
from data_access.scaffold.guess_blanks import is_stand_in
from data_access.scaffold.guess_privacy_words import (
    COUNTS,
    FREE_TEXT,
    NAMED_THINGS,
    NAMES_A_PERSON,
    NOT_IN_NAMES,
    NOT_OURS,
    OF_A_PERSON,
    PEOPLE,
    PERSON,
    PERSONAL,
    SPECIAL,
    STATES,
)
from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.naming import listed, of, spellings, words
from data_access.scaffold.profile import ColumnProfile, TableProfile

_MANY = 20  # different names, from which on they tell people apart and are no list
_SEVERAL = 3  # different values, from which on their form says what they are
_NAMES = 0.8  # of the different values, written as people's names
_WORD_OR_CODE = re.compile(r"[a-z_-]+|Yes|No|[A-Z]{1,3}|[A-Z]{0,3}[^A-Za-z\s]{1,8}[A-Z]?")
_CAPITAL, _SMALL = "[A-ZÀ-Þ]", "[a-zà-ÿ]"
_ONE_NAME = rf"(?:[OD]['’]|Ma?c)?{_CAPITAL}{_SMALL}+(?:[-'’]{_CAPITAL}?{_SMALL}+)?"
_FORENAME_SURNAME = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?(?:{_ONE_NAME},? (?:{_CAPITAL}\.? |{_ONE_NAME} )?{_ONE_NAME}|"
    rf"{_CAPITAL}\.? {_ONE_NAME})"
)
Private = Reasoned[Classification]


def classified(column: ColumnProfile, pattern: str | None) -> Private | None:
    """How private the column is. ``pattern`` is the name of the form its values have, as ``an e-mail address``.

    None where nothing speaks of a person: then it is internal.
    """
    filled = f"; {of(column.filled, column.records)} are filled in"
    written = spellings(column.column.heading, column.name)
    if found := _phrase(written, SPECIAL):
        why = (
            f"Its name says '{found}', which the law calls special{filled}. "
            "Write personal or internal if it is not about a person."
        )
        return Reasoned("special", why)
    if (found := _phrase(written, PERSONAL)) and not _said(column) & NOT_OURS:
        return Reasoned("personal", f"Its name says '{found}'{filled}. Write internal if it is not about a person.")
    if (found := _one_person(column)) is not None:
        return Reasoned("personal", f"{found} Write internal if it tells nobody apart.")
    if pattern is None and _are_names(column):
        pattern = "forenames and surnames"
    if pattern is not None:
        return Reasoned(
            "personal", f"Its values look like {pattern}{filled}. Write internal if it is not about a person."
        )
    if is_free_text(column):
        why = f"Free text may hold names and addresses{filled}. Read some of it, and write personal if it does."
        return Reasoned("internal", why)
    return None


def is_free_text(column: ColumnProfile) -> bool:
    """Whether its name says that people write into it what they like: then no value of it is a code of a list."""
    return column.column.type == "string" and bool(_said(column) & FREE_TEXT)


def _said(column: ColumnProfile) -> set[str]:
    return {word for said in spellings(column.column.heading, column.name) for word in said}


def _phrase(written: Iterable[tuple[str, ...]], phrases: Iterable[tuple[str, ...]]) -> str | None:
    """The first phrase whose words stand one after another in a spelling of the name."""
    spelled = [*written]
    for phrase in phrases:
        if any(said[at : at + len(phrase)] == phrase for said in spelled for at in range(len(said))):
            return " ".join(phrase)
    return None


def _one_person(column: ColumnProfile) -> str | None:
    """Why the column seems to name one person: ``child id``, ``child`` with names or many numbers, any ``name``."""
    said = words(column.column.heading) or words(column.name)
    text = column.column.type == "string"
    many = f"with {column.distinct:,} different values."
    bare = said[-1:] in (("name",), ("names",)) and not set(said) & NAMED_THINGS
    if bare and (column.distinct >= _MANY or (len(said) == 1 and text and _tell_who(column))):
        return f"Its name says '{' '.join(said)}' and no thing that bears it, {many}"
    if not set(said) & (PEOPLE if text else PERSON) or said[0] in COUNTS:
        return None
    apart = column.distinct > 50 and column.distinct >= 0.2 * column.filled and column.column.type == "integer"
    who = said[-1] in PEOPLE and ((text and _tell_who(column)) or apart)
    numbered = set(said[1:] if said[0] == "key" else said) & NAMES_A_PERSON  # a key worker is no key
    return f"Its name says '{' '.join(said)}', {many}" if numbered or who else None


def _tell_who(column: ColumnProfile) -> bool:
    """Whether the values may name people: they are not all words in small letters, or short codes."""
    return any(not _WORD_OR_CODE.fullmatch(value.strip()) for value in _answers(column))


def _are_names(column: ColumnProfile) -> bool:
    """Whether nearly all values are written like ``Jane Doe``, and the heading calls them nothing else."""
    values = _answers(column) if column.column.type == "string" and not _said(column) & (NAMED_THINGS | STATES) else []
    names = sum(1 for value in values if _FORENAME_SURNAME.fullmatch(value) and not {*words(value)} & NOT_IN_NAMES)
    return len(values) >= _SEVERAL and names >= _NAMES * len(values)


def _answers(column: ColumnProfile) -> list[str]:
    return [value for value, _ in column.values if not is_stand_in(value) and value.lower() != "none"]


def about(profile: TableProfile, private: Mapping[str, Private | None]) -> Reasoned[Literal["people", "things"]]:
    """People where anything is personal, or a heading or the table's own name speaks of people; else things."""
    telling = [name for name, found in private.items() if found and found.value in ("personal", "special")]
    telling += [
        name
        for name, column in profile.columns.items()
        if name not in telling and _said(column) & (OF_A_PERSON | PEOPLE)
    ]
    table = profile.table
    named = {word for name in (table.title, table.source, table.name) for word in words(name)} & PEOPLE
    if telling or named:
        who = listed(telling) if telling else f"the table's name, with '{listed(sorted(named))}',"
        why = (
            f"{who} {'tell' if len(telling) > 1 else 'tells'} of people, so small counts "
            "are not shown. Write things if no record is about a person and no figure counts people."
        )
        return Reasoned("people", why)
    return Reasoned(
        "things",
        f"None of {len(profile.columns)} columns tells of a person. "
        "Write people if the records do: then small counts are not shown.",
    )
