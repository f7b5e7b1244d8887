"""Decides from counts how a column of text is read, and says why in a sentence with figures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data_access.loading.column_counts import ENOUGH, Column, Decision
from data_access.loading.counting import Counts
from data_access.loading.deciding_dates import dates, eight_digits, months
from data_access.loading.readings import Reading

NEARLY_NONE = 0.001  # the share of numbers with leading zeros up to which they are slips, not codes
KEPT_AS_TEXT = re.compile(r"nhs|phone|mobile|telephone|\bfax\b|sort.?code|\bupn\b")
NUMBERS_A_CLAUSE = re.compile(r"(?<![a-z])(indicator|ref|reference|clause|section)( ?(no|number|id)\.?)?$")


def decide(heading: str, counts: Counts, ways: Mapping[str, Reading]) -> Decision:
    """The reading that at least 95 of 100 values allow, else text."""
    column = Column(heading, counts, ways)
    if column.filled == 0:
        return column.text("It is blank in every record, so its type cannot be seen.")
    for rule in (_symbols_only, _boolean, dates, months, _kept_as_text, eight_digits, _number, _time):
        found = rule(column)
        if found:
            return found
    return column.text(f"It holds text: {column.filled:,} values that are no dates and no numbers.")


def _symbols_only(column: Column) -> Decision | None:
    if column.base == 0:
        return column.text(f"All {column.filled:,} values are signs such as [c] or *, so its type cannot be seen.")
    return None


def _boolean(column: Column) -> Decision | None:
    pairs = ("yes_no", "y_n", "true_false")
    one_pair = any(column.counts.get(pair, 0) == column.filled for pair in pairs)
    return column.decision("boolean") if one_pair else None


def _kept_as_text(column: Column) -> Decision | None:
    if KEPT_AS_TEXT.search(column.name):
        return column.text("Its name says that it identifies, so it stays text and keeps every digit.")
    zeros = column.counts.get("leading_zeros", 0)
    if zeros and zeros > NEARLY_NONE * column.base:
        return column.text(f"{zeros:,} of {column.filled:,} values begin with a zero, which a number would lose.")
    return None


def _number(column: Column) -> Decision | None:
    if column.enough("whole") and column.counts["whole"] >= column.counts.get("number", 0):
        return column.decision("whole", _dashes(column), unit=column.unit("whole"))
    if column.enough("number"):
        return _clauses(column) or column.decision("number", _dashes(column), unit=column.unit("number"))
    if column.enough("percent"):
        return column.decision("percent", unit=column.unit("percent"))
    percents = column.counts.get("percent", 0)
    if percents and percents + column.counts.get("number", 0) >= ENOUGH * column.base:
        return column.text(f"{percents:,} of {column.filled:,} values carry % and the others do not, so it stays text.")
    return None


def _clauses(column: Column) -> Decision | None:
    """References such as 1.1 and 1.10, which would become one and the same number."""
    counts = column.counts
    if NUMBERS_A_CLAUSE.search(column.name):
        return column.text("Its name says that values such as 1.1 are references, so they stay text.")
    tens, ones = counts.get("tens_behind_the_dot", 0), counts.get("one_decimal", 0)
    if tens and ones and counts["like_clauses"] == counts["dotted"] and not counts.get("pounds"):
        return column.text(
            f"{tens:,} values such as 1.10 stand beside {ones:,} such as 1.1, which would be the same number, so they "
            "stay text, as references do."
        )
    return None


def _dashes(column: Column) -> str:
    """Accounts write a nought as a dash, which is a blank here."""
    dashes = column.counts.get("dashes", 0)
    if not dashes or not column.pounds():
        return ""
    cells = f"{dashes:,} cell{'s hold' if dashes > 1 else ' holds'}"
    return f"{cells} only a dash, counted as blank: in accounts it may stand for 0."


def _time(column: Column) -> Decision | None:
    return column.decision("time") if column.enough("time") else None
