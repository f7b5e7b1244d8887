"""Which columns are about people, and how private each is: by its name and heading, and by the form of its values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from data_access.definitions.models import Classification
from data_access.scaffold.guessed import ColumnGuess, Reasoned
from data_access.scaffold.naming import listed, of, words
from data_access.scaffold.profile import ColumnProfile

_SPECIAL = (
    ("ethnic",), ("ethnicity",), ("race",), ("religion",), ("religious",), ("faith",), ("belief",), ("health",),
    ("medical",), ("diagnosis",), ("disability",), ("disabled",), ("sexual",), ("sexuality",), ("orientation",),
    ("gender", "identity"), ("gender", "reassignment"), ("trade", "union"), ("union", "member"), ("political",),
    ("genetic",), ("biometric",), ("conviction",), ("convictions",), ("convicted",), ("offence",), ("pregnant",),
    ("pregnancy",), ("mental",), ("substance",), ("misuse",), ("immunisations",), ("immunisation",), ("teeth", "check"),
)  # fmt: skip
_PERSONAL = (
    ("surname",), ("forename",), ("forenames",), ("firstname",), ("lastname",), ("fullname",), ("first", "name"),
    ("last", "name"), ("family", "name"), ("given", "name"), ("full", "name"), ("middle", "name"), ("known", "as"),
    ("dob",), ("date", "of", "birth"), ("birth", "date"), ("birthdate",), ("birthday",), ("born",), ("nhs",), ("upn",),
    ("uln",), ("nino",), ("ni", "number"), ("national", "insurance"), ("passport",), ("email",), ("e", "mail"),
    ("phone",), ("telephone",), ("tel",), ("mobile", "number"), ("address",), ("addr",), ("street", "address"),
    ("house", "number"), ("postcode",), ("post", "code"), ("home", "post"), ("bank", "account"), ("sort", "code"),
)  # fmt: skip
PEOPLE = (
    "person", "child", "children", "client", "customer", "patient", "pupil", "student", "resident", "tenant", "carer",
    "mother", "father", "parent", "employee", "staff", "worker", "applicant", "claimant", "borrower", "citizen",
    "member", "requester", "requestor", "complainant", "enquirer", "caller", "visitor", "guardian", "learner",
    "driver", "contact", "officer", "councillor", "referrer", "informant", "payee", "keeper", "owner",
)  # fmt: skip
_NAMES_A_PERSON = {"name", "id", "ref", "reference", "number", "no", "key", "identifier"}
_COUNTS = {"number", "no", "count", "total"}  # as the first word: how many, not who
_OF_A_PERSON = {"age", "gender", "sex", "marital", "nationality"}
_FREE_TEXT = {"notes", "note", "comment", "comments", "remarks", "narrative"}
_NOT_OURS = {"ip", "web", "mac", "site", "school", "library", "business", "property"}
_NAMED_THINGS = _NOT_OURS | {
    "street", "road", "place", "area", "ward", "parish", "district", "region", "county", "country", "town", "city",
    "la", "lad", "authority", "council", "organisation", "organization", "company", "supplier", "provider", "vendor",
    "team", "service", "department", "directorate", "centre", "center", "branch", "building", "room", "asset", "stop",
    "route", "station", "operator", "product", "item", "file", "table", "column", "field", "code", "category", "type",
    "group", "scheme", "project", "programme", "course", "subject", "event", "measure", "metric", "indicator",
    "vehicle", "location", "park", "bin", "round", "licence", "job", "role", "post", "cost", "account",
    "system", "user", "domain",
}  # fmt: skip
_MANY = 20  # different names, from which on they tell people apart and are no list


def classified(column: ColumnProfile, pattern: str | None) -> Reasoned[Classification] | None:
    """How private the column is. ``pattern`` is the name of the form its values have, as ``an e-mail address``.

    None where nothing speaks of a person: then it is internal.
    """
    said = words(column.column.heading) or words(column.name)
    filled = f"; {of(column.filled, column.records)} are filled in"
    if found := _phrase(said, _SPECIAL):
        why = (
            f"Its name says '{found}', which the law calls special{filled}. "
            "Write personal or internal if it is not about a person."
        )
        return Reasoned("special", why)
    if (found := _phrase(said, _PERSONAL)) and not set(said) & _NOT_OURS:
        return Reasoned("personal", f"Its name says '{found}'{filled}. Write internal if it is not about a person.")
    if (found := _one_person(said, column)) is not None:
        return Reasoned("personal", f"{found} Write internal if it tells nobody apart.")
    if pattern is not None:
        return Reasoned(
            "personal", f"Its values look like {pattern}{filled}. Write internal if it is not about a person."
        )
    if set(said) & _FREE_TEXT:
        why = f"Free text may hold names and addresses{filled}. Read some of it, and write personal if it does."
        return Reasoned("internal", why)
    return None


def _phrase(said: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> str | None:
    """The first phrase whose words stand one after another in the name."""
    for phrase in phrases:
        if any(said[start : start + len(phrase)] == phrase for start in range(len(said))):
            return " ".join(phrase)
    return None


def _one_person(said: tuple[str, ...], column: ColumnProfile) -> str | None:
    """Why the column seems to name one person: ``child id``, ``child`` with many different values, any ``name``."""
    if said[-1:] in (("name",), ("names",)) and column.distinct >= _MANY and not set(said) & _NAMED_THINGS:
        return (
            f"Its name says '{' '.join(said)}' and no thing that bears it, with {column.distinct:,} different values."
        )
    if not set(said) & {*PEOPLE} or said[0] in _COUNTS:
        return None
    many = (
        column.distinct > 50 and column.distinct >= 0.2 * column.filled and column.column.type in ("string", "integer")
    )
    if set(said) & _NAMES_A_PERSON or (many and said[-1] in PEOPLE):
        return f"Its name says '{' '.join(said)}', with {column.distinct:,} different values."
    return None


def about(columns: dict[str, ColumnProfile], guesses: dict[str, ColumnGuess]) -> Reasoned[Literal["people", "things"]]:
    """People where anything is personal or tells of a person; else things."""
    private = [name for name, guess in guesses.items() if guess.private]
    private += [
        name
        for name, column in columns.items()
        if name not in private and set(words(column.column.heading)) & _OF_A_PERSON
    ]
    if private:
        why = (
            f"{listed(private)} {'tells' if len(private) == 1 else 'tell'} of people, so small counts "
            "are not shown. Write things if no record is about a person."
        )
        return Reasoned("people", why)
    return Reasoned(
        "things",
        f"None of {len(columns)} columns tells of a person. "
        "Write people if the records do: then small counts are not shown.",
    )
