"""Why a piece of SQL is refused, in words, with what to write instead.

``sql_kinds.py`` looks here when it meets something outside certainty §7's list. The engines were tried
against each other; what stands here is answered differently by DuckDB, PostgreSQL and Spark, or reads more
than the record itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from data_access.errors import PlumblineError, nearest

FUNCTIONS = (
    "coalesce",
    "nullif",
    "abs",
    "greatest",
    "least",
    "upper",
    "lower",
    "trim",
    "length",
    "left",
    "right",
    "replace",
    "starts_with",
    "date_diff",
    "date_trunc",
    "year",
    "month",
    "regexp_full_match",
)

_PREPARE = "have the warehouse prepare a column for it"
_ONE_RECORD = "an expression here reads one record only"

_NO_CLOCK = "{it} is refused: the portal knows its day, not the hour"
_NO_CAST = (
    "a change of type is refused: only a literal such as date '2026-03-31' may be written so; "
    "correct the column's type in the warehouse"
)


@dataclass(frozen=True)
class _Refused:
    classes: tuple[type[Any], ...]  # sqlglot's kinds of node, its mixed-in ones too
    reason: str  # {it} is what was written
    suggestion: str | None = None


_REFUSED: tuple[_Refused, ...] = (
    _Refused(
        (exp.Subquery, exp.Select, exp.Exists, exp.Any, exp.All, exp.Union),
        f"a query inside SQL is refused: {_ONE_RECORD}",
    ),
    _Refused((exp.Window,), f"a window function is refused: {_ONE_RECORD}; {_PREPARE}"),
    _Refused((exp.AggFunc,), f"{{it}} is refused: {_ONE_RECORD}, and the metric's type does the counting"),
    _Refused((exp.Star, exp.Columns), "'*' is refused: name the columns"),
    _Refused((exp.Placeholder, exp.Parameter, exp.PositionalColumn), "a parameter is refused: write the value itself"),
    _Refused((exp.CurrentTimestamp, exp.CurrentTime), _NO_CLOCK, "current_date"),
    _Refused((exp.CurrentDatetime, exp.Localtimestamp), _NO_CLOCK, "current_date"),
    _Refused(
        (exp.Round, exp.Ceil, exp.Floor),
        "{it} is refused: the databases round differently; compare the number as it is",
    ),
    _Refused(
        (exp.DayOfWeek, exp.DayOfWeekIso, exp.WeekOfYear, exp.Week),
        f"{{it}} is refused: the databases number days and weeks differently; {_PREPARE}",
    ),
    _Refused(
        (exp.Day, exp.DayOfMonth, exp.DayOfYear),
        f"{{it}} is refused: of the parts of a date only year(…) and month(…) may be used; {_PREPARE}",
    ),
    _Refused((exp.Quarter,), "{it} is refused; write date_trunc('quarter', …)"),
    _Refused((exp.Extract,), "{it} is refused; write year(…) or month(…)"),
    _Refused((exp.ILike,), "ILIKE is refused; write lower(…) LIKE '…' with the text in small letters"),
    _Refused(
        (exp.RegexpLike, exp.RegexpILike, exp.SimilarTo, exp.Glob),
        "{it} is refused: patterns must match the whole value",
        "regexp_full_match",
    ),
    _Refused((exp.Escape,), "LIKE … ESCAPE is refused; write regexp_full_match(…)"),
    _Refused((exp.Contains, exp.StrPosition), "{it} is refused; write … LIKE '%…%'"),
    _Refused((exp.Substring,), "{it} is refused; write left(…) or right(…)"),
    _Refused(
        (exp.DPipe, exp.Concat, exp.ConcatWs),
        f"joining text is refused: the databases treat a blank part differently; {_PREPARE}",
    ),
    _Refused(
        (exp.Mod, exp.IntDiv),
        f"{{it}} is refused: the databases differ in remainders and whole division; {_PREPARE}",
    ),
    _Refused((exp.If,), "if(…) is refused; write CASE WHEN … THEN … ELSE … END"),
    _Refused((exp.Cast, exp.TryCast), _NO_CAST),
    _Refused((exp.DateAdd, exp.DateSub), "{it} is refused; write the date + interval 3 day"),
    _Refused((exp.AtTimeZone,), f"a time zone is refused; {_PREPARE}"),
    _Refused((exp.Rand, exp.Uuid), "{it} is refused: the same record must always get the same answer"),
    _Refused((exp.Tuple,), "a list in brackets may only stand after IN"),
    _Refused((exp.Alias,), "a name with AS is refused: only the expression itself may stand here"),
    _Refused((exp.Collate,), "COLLATE is refused: text is compared as it is written"),
    _Refused(
        (exp.DDL, exp.DML, exp.Command, exp.Drop, exp.Set, exp.Pragma),
        "only an expression may stand here, never a statement",
    ),
)


class SqlProblem(PlumblineError):
    """SQL that may not stand in a metric or a check: the reason, and a near spelling when there is one.

    ``further``: what else is wrong with the same expression, independent of this.
    """

    title = "This SQL cannot be used"

    def __init__(self, reason: str, suggestion: str | None = None, further: tuple[SqlProblem, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion
        self.further = further


def refusal(node: exp.Expression) -> SqlProblem:
    """The reason why this node is not among what certainty §7 allows."""
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        if name in {"now", "getdate", "get_current_timestamp", "transaction_timestamp"}:
            return SqlProblem(f"{name}() is refused: the portal knows its day, not the hour", "current_date")
        return SqlProblem(f"the function {name}() is not among those that may be used", nearest(name, FUNCTIONS))
    for refused in _REFUSED:
        if isinstance(node, refused.classes):
            return SqlProblem(refused.reason.format(it=shown(node)), refused.suggestion)
    if isinstance(node, exp.Func):
        return SqlProblem(f"{shown(node)} is not among those that may be used: the databases may answer differently")
    return SqlProblem(f"{quoted(node)} is not SQL that may be used here")


def shown(node: exp.Expression) -> str:
    """A function by its name, ``round()``; anything else as it is written."""
    text = text_of(node)
    name, bracket, _ = text.partition("(")
    return f"{name.lower()}()" if bracket and name.replace("_", "").isalnum() else quoted(node)


def quoted(node: exp.Expression) -> str:
    """The SQL of a node in quotation marks; a text keeps the ones it has."""
    text = text_of(node)
    return text if text.startswith("'") and text.endswith("'") else f"'{text}'"


def text_of(node: exp.Expression) -> str:
    """The SQL of a node, cut to a length that can be read."""
    plain = node.transform(_as_written)
    text = plain.sql(dialect="duckdb")
    return text if len(text) <= 60 else f"{text[:57]}…"


def _as_written(node: exp.Expression) -> exp.Expression:
    """A date literal as people write it, not as a cast."""
    if isinstance(node, exp.Cast) and node.this.is_string:
        return exp.Var(this=f"{node.args['to'].sql(dialect='duckdb').lower()} '{node.this.name}'")
    return node
