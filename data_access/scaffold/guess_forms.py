"""In which form a column's values are written: a known identifier, or a shape that nearly all of them share."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from string import ascii_lowercase, ascii_uppercase, digits

from sqlglot import exp

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guessed import Reasoned
from data_access.scaffold.identifiers import FORMS, Form
from data_access.scaffold.naming import of, words
from data_access.scaffold.profile import ColumnProfile, TableProfile

LOOKS, SAID, SHARED = 0.95, 0.8, 0.98  # of the values: without a hint in the name, with one, and for a mere shape
FEWEST = 20  # values, below which a shape tells nothing
SHORTEST, LONGEST = 3, 40  # signs of a shape
MOST_RUNS = 8
_SHAPES = str.maketrans(digits + ascii_lowercase + ascii_uppercase, "9" * 10 + "a" * 26 + "A" * 26)
_CLASSES = {"9": "[0-9]", "A": "[A-Z]", "a": "[a-z]"}

KnownForm = tuple[Form, Reasoned[str]]
"""A form, and its pattern with the reason."""


def known_form(column: ColumnProfile, profile: TableProfile) -> KnownForm | None:
    """The known form that the values have, with its pattern and why; None for none. Counted over all records."""
    if column.column.type not in ("string", "integer") or not column.filled:
        return None
    likely = [form for form in FORMS if _likely(form, column)]
    for form in likely:
        matching = _matching(column, profile, form.pattern)
        enough = SAID if _is_named(form, column) else LOOKS
        if matching >= enough * column.filled and (proof := _proof(form, column)) is not None:
            why = (
                f"{of(matching, column.filled, 'values')} look like {form.words}{proof}; the others "
                "are doubtful. Remove this if they are something else."
            )
            return form, Reasoned(form.pattern, why)
    return None


def _likely(form: Form, column: ColumnProfile) -> bool:
    """Whether enough of the values that were looked at have the form, and something speaks for it."""
    if column.column.type == "integer" and not form.span:
        return False
    named = _is_named(form, column)
    if not named and not form.sure and (form.proof is None or column.distinct < FEWEST):
        return False
    matching = sum(1 for value, _ in column.values if re.fullmatch(form.pattern, value))
    return matching > 0 and matching >= (SAID if named else LOOKS) * len(column.values) * 0.9


def _is_named(form: Form, column: ColumnProfile) -> bool:
    said = words(column.column.heading) + words(column.name)
    return any(said[at : at + len(name)] == name for name in form.named for at in range(len(said)))


def _proof(form: Form, column: ColumnProfile) -> str | None:
    """How many of the different values prove to be real, in words; None where too few do and the "
    "name says nothing."""
    if form.proof is None:
        return ""
    shaped = [value for value, _ in column.values if re.fullmatch(form.pattern, value)]
    proven = sum(map(form.proof, shaped))
    if proven < LOOKS * len(shaped) and not _is_named(form, column):
        return None
    unheld = ", which the portal cannot check record by record" if proven < len(shaped) else ""
    return f" ({of(proven, len(shaped), 'different ones')} have {form.proof_words}{unheld})"


def shape(column: ColumnProfile, profile: TableProfile) -> Reasoned[str] | None:
    """A pattern for the shape that at least 98 of 100 values share; None where they share none."""
    if column.column.type != "string" or column.filled < FEWEST:
        return None
    found: Counter[str] = Counter()
    for value, records in column.values:
        found[value.translate(_SHAPES)] += records
    for pattern in (_one_length(found, column), _any_length(found)):
        if pattern is None:
            continue
        matching = _matching(column, profile, pattern)
        if matching >= SHARED * column.filled:
            example = found.most_common(1)[0][0]  # no value itself: it may tell of a person
            why = (
                f"{of(matching, column.filled, 'values')} are written like {example} (A, a a letter; 9 a digit); "
                "the others are doubtful. Remove this if other forms are right too."
            )
            return Reasoned(pattern, why)
    return None


def _one_length(found: Counter[str], column: ColumnProfile) -> str | None:
    """The commonest shape as a pattern; letters that never change stand as they are."""
    ((best, records),) = found.most_common(1)
    if records < SHARED * found.total() or not _tells(best):
        return None
    shaped = [value for value, _ in column.values if len(value) == len(best)]
    signs = []
    for place, sign in enumerate(best):
        letters = {value[place] for value in shaped}
        signs.append(letters.pop() if len(letters) == 1 and sign in "Aa" else _CLASSES.get(sign, sign))
    return "".join(_run(sign, len([*same]), None) for sign, same in groupby(signs))


def _any_length(found: Counter[str]) -> str | None:
    """The commonest order of letters, digits and signs, each run as long as it was seen to be."""
    orders: Counter[str] = Counter()
    lengths: dict[str, list[list[int]]] = {}
    for one, records in found.items():
        runs = [(sign, len([*same])) for sign, same in groupby(one)]
        order = "".join(sign for sign, _ in runs)
        orders[order] += records
        lengths.setdefault(order, []).append([length for _, length in runs])
    order, records = orders.most_common(1)[0]
    if records < SHARED * found.total() or "9" not in order or not 1 < len(order) <= MOST_RUNS:
        return None
    if "a" in order and " " in order:  # words with a number, as an address: their lengths say nothing
        return None
    spans = [*zip(*lengths[order], strict=True)]
    return "".join(
        _run(_CLASSES.get(sign, sign), min(span), max(span)) for sign, span in zip(order, spans, strict=True)
    )


def _tells(one: str) -> bool:
    """Whether a shape says something: it has a digit, and is neither very short nor a sentence."""
    return "9" in one and SHORTEST <= len(one) <= LONGEST


def _run(sign: str, least: int, most: int | None) -> str:
    written = f"[{sign}]" if sign in "$*+?.()[{|" else f"\\{sign}" if sign in "\\^]}" else sign
    if most is not None and most != least:
        return f"{written}{{{least},{most}}}"
    return written if least == 1 else f"{written}{{{least}}}"


def _matching(column: ColumnProfile, profile: TableProfile, pattern: str) -> int:
    """How many records match the pattern as a whole."""
    text = exp.cast(queries.cell(column.name), "text")
    matches = exp.RegexpFullMatch(this=text, expression=exp.Literal.string(pattern))
    return int(profile.ask(queries.count_where(profile.node, [matches]))[0]["c0"])
