r"""Regular expressions that DuckDB, PostgreSQL and Spark answer alike (certainty §7).

Used for ``regexp_full_match`` in SQL and for the ``pattern`` of a contract's checks. A pattern always has to
match the whole value; leading ``^`` and trailing ``$`` are therefore harmless and not needed.
"""

from __future__ import annotations

import re
import warnings

_REFUSED = (
    (re.compile(r"\(\?<?[=!]"), "looks ahead or behind with '(?=', '(?!' or '(?<'"),
    (re.compile(r"\(\?P?<|\(\?'"), "names a group; use plain brackets"),
    (re.compile(r"\(\?[a-zA-Z]*-?[a-zA-Z]*[:)](?<!\(\?:)"), "sets a flag such as '(?i)'; spell both cases, [Aa]"),
    (re.compile(r"\(\?(?!:)"), "has a group that begins with '(?'; only '(?:' is allowed"),
    (re.compile(r"\\[1-9]|\\k"), "refers back to an earlier group with a backslash and a number"),
    (re.compile(r"\\[pP]"), r"uses a class of characters such as '\p'; spell the characters, [A-Za-z]"),
    (re.compile(r"[*+?}]\+"), "has a doubled quantifier such as '*+'"),
)


def pattern_fault(pattern: str) -> str | None:
    """Why this pattern is refused, to stand after "the pattern …"; None when it may be used."""
    bare = re.sub(r"\\[^1-9kpP]", "__", pattern)  # an escaped bracket opens nothing
    outside = re.sub(r"\[\^?\]?[^\]]*\]", "_", bare)  # nor does one among characters to choose from
    for refused, reason in _REFUSED:
        if refused.search(outside):
            return f"{reason}, which the databases answer differently"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"cannot be read: {error}"
    return None
