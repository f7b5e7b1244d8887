"""SQL that may stand in a metric or a check: parsed once, held to the allow-list of certainty §7.

``load.py`` and the contract's readers call this to find mistakes; the question's planner calls it again for
the trees it composes. What comes back is a canonical tree: a date in quotes that meets a date column has
become a date literal and an interval has one plain unit, so that every engine renders the same meaning.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp, parse, tokenize
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from data_access.definitions.document import Findings, KeyPath
from data_access.definitions.models import Column
from data_access.definitions.sql_kinds import KindReader
from data_access.definitions.sql_meetings import Kind, a_kind
from data_access.definitions.sql_words import SqlProblem

__all__ = ["Kind", "SqlProblem", "columns_of", "is_bare_column", "kind_of", "parse_condition", "parse_value", "report"]

_LONGEST = 4000
_DIALECT = "duckdb"
_MOST_VALUES = {"date_diff": 3, "datediff": 3, "date_trunc": 2, "datetrunc": 2}


def parse_condition(text: str, columns: Mapping[str, Column]) -> exp.Expression:
    """A condition that is true, false or unknown for each record. Raises SqlProblem."""
    expression = _parse(text, columns)
    kind = kind_of(expression, columns)
    if kind != "boolean":
        raise SqlProblem(
            f"a condition must be true or false for each record, but '{text.strip()}' is {a_kind(kind)}; "
            "compare it with something"
        )
    return expression


def parse_value(text: str, columns: Mapping[str, Column], numeric: bool = True) -> exp.Expression:
    """What is added up, averaged or counted: a number unless ``numeric`` is False. Raises SqlProblem."""
    expression = _parse(text, columns)
    kind = kind_of(expression, columns)
    if numeric and kind != "number":
        raise SqlProblem(f"this must be a number for each record, but '{text.strip()}' is {a_kind(kind)}")
    return expression


def report(findings: Findings, path: KeyPath, problem: SqlProblem) -> None:
    """Note everything that is wrong with the SQL at this path."""
    for one in (problem, *problem.further):
        findings.add(path, one.reason, one.suggestion)


def kind_of(expression: exp.Expr, columns: Mapping[str, Column]) -> Kind:
    """The kind of value of an expression over these columns. Raises SqlProblem where it breaks the allow-list."""
    assert isinstance(expression, exp.Expression)
    return KindReader(columns).kind(expression)


def columns_of(expression: exp.Expression) -> tuple[str, ...]:
    """The names of the columns it reads, in order of appearance, without repeats."""
    found = list(expression.find_all(exp.Column, bfs=False))
    # date_diff's operands stand in the tree the other way round than in the text
    found.sort(key=lambda column: column.this.meta.get("start", 0))
    return tuple(dict.fromkeys(column.name for column in found))


def is_bare_column(expression: exp.Expr) -> bool:
    """Whether it is one column and nothing else: then the column's own limits bound it."""
    return isinstance(expression.unnest(), exp.Column)


def _parse(text: str, columns: Mapping[str, Column]) -> exp.Expression:
    if not text.strip():
        raise SqlProblem("there is no SQL here")
    if len(text) > _LONGEST:
        raise SqlProblem(f"this is longer than {_LONGEST:,} characters; have the warehouse prepare a column")
    try:
        tokens = tokenize(text, read=_DIALECT)
        _refuse_tokens(tokens)
        _refuse_surplus(tokens)
        statements = parse(text, read=_DIALECT)
        if len(statements) != 1 or not isinstance(statements[0], exp.Expression):
            raise SqlProblem("only one expression may stand here")
        expression = statements[0]
        _refuse_faults(expression, columns)
    except TokenError as error:
        raise SqlProblem("a quotation mark, bracket or comment is opened and never closed") from error
    except ParseError as error:
        raise SqlProblem(_plain(error)) from error
    except RecursionError as error:
        raise SqlProblem("this is nested too deeply") from error
    return expression


def _refuse_faults(expression: exp.Expression, columns: Mapping[str, Column]) -> None:
    """Raises SqlProblem where the expression breaks the allow-list, with all that can be told of it."""
    reader = KindReader(columns)
    try:
        reader.kind(expression)
    except SqlProblem as problem:
        faults = {fault.reason: fault for fault in _faults(reader, expression)}
        if problem.reason not in faults:  # of how the conditions are joined, so no one condition's own
            faults = {problem.reason: problem, **faults}
        first, *rest = faults.values()
        raise SqlProblem(first.reason, first.suggestion, tuple(rest)) from problem


def _faults(reader: KindReader, node: exp.Expr) -> list[SqlProblem]:
    """The first fault of each condition that AND, OR and NOT join; of columns that do not exist, every one."""
    if isinstance(node, exp.And | exp.Or | exp.Not | exp.Paren):
        return [fault for part in node.iter_expressions() for fault in _faults(reader, part)]
    fault = _fault(reader, node)
    if fault is None:
        return []
    unknown = [found for column in node.find_all(exp.Column, bfs=False) if (found := _fault(reader, column))]
    return unknown if fault.reason in {found.reason for found in unknown} else [fault]


def _fault(reader: KindReader, node: exp.Expr) -> SqlProblem | None:
    try:
        reader.kind(node)  # type: ignore[arg-type]  # whatever a condition consists of is an Expression
    except SqlProblem as problem:
        return problem
    return None


def _refuse_tokens(tokens: list[Token]) -> None:
    """Comments and a second statement are refused before anything is parsed."""
    if any(token.comments for token in tokens):
        raise SqlProblem("a comment may not stand in the SQL; write a YAML comment (#) above it")
    if any(token.token_type == TokenType.SEMICOLON for token in tokens):
        raise SqlProblem("';' may not stand here: only one expression is allowed")
    if not tokens:
        raise SqlProblem("there is no SQL here")


def _refuse_surplus(tokens: list[Token]) -> None:
    """The parser silently drops what is too many in these functions."""
    for index, token in enumerate(tokens[:-1]):
        most = _MOST_VALUES.get(token.text.lower())
        if most is not None and tokens[index + 1].token_type == TokenType.L_PAREN:
            depth, values = 0, 1
            for inner in tokens[index + 1 :]:
                depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(inner.token_type, 0)
                values += depth == 1 and inner.token_type == TokenType.COMMA
                if depth == 0:
                    break
            if values > most:
                raise SqlProblem(f"{token.text.lower()} takes {most} values, not {values}")


def _plain(error: ParseError) -> str:
    """Where the parser stopped, in words."""
    detail = error.errors[0] if error.errors else {}
    description = str(detail.get("description", ""))
    before, here = str(detail.get("start_context", "")), str(detail.get("highlight", ""))
    if "number of provided arguments" in description:
        return f"'{before[-30:]}{here}' gives a function more values than it takes"
    if "Required keyword" in description:
        return f"this SQL is not complete: something is missing at '{before[-30:]}{here}'"
    return f"this SQL cannot be read near '{here}'" if here.strip() else "this SQL cannot be read"
