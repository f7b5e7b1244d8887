"""The query that condenses a table into cells: one pass, aggregated in the engine (certainty §2, §6).

Every record has *parts*: its filter W and outcome O (true, false, NULL in doubt), its time as first and
last bucket, and each dimension (NULL when doubtful). Records with equal parts are one cell. The record
keys that occur more than once are found first; their records come back as the list of their copies.

Columns of a part, each with ``plumbline_`` before its name, so that no column of a warehouse is called the same:
``w``, ``o`` booleans; ``t`` 'c' certain, 'n' never (blank by right), 'x' doubtful; ``first``, ``last`` buckets
(months or days since 1970; NULL is open); ``d0``… texts; ``fw``, ``fo``, ``ft``, ``fd0``… the failed rules behind
each doubtful part ("3,7,"); ``rw``, ``ro``, ``rt``, ``rd0``… the parts as recorded, kept only where some part is in
doubt. A measure's columns stand in ``measure_parts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlglot import exp, parse_one

from data_access.certainty import condensed
from data_access.certainty.flags import flagged
from data_access.certainty.parts import parts
from data_access.certainty.plan import RecordPlan
from data_access.definitions.models import Contract, Rule

FIELD, COPY = "\x1f", "\x1e"  # between the fields of a copy, and between copies
NULL_TEXT, ESCAPE = "\x02", "\x1b"
FREE = ("plumbline_d", "plumbline_rd", "plumbline_mk")  # fields that hold texts recorded by people
ESCAPED = {ESCAPE: "e", FIELD: "f", COPY: "c", NULL_TEXT: "n"}  # the escape itself first


def singles(plan: RecordPlan, table: exp.Table, *, copies: bool) -> exp.Select:
    """Cells of the records without copies: the fields, a measure's sums (``condensed.sums``) and ``n``, how many.

    ``copies``: whether any record key repeats; without, the search for copies is left out.
    """
    fields = [condensed.key(plan, name) for name in plan.fields]
    named = [exp.alias_(field, name) for field, name in zip(fields, plan.fields, strict=True)]
    count = exp.alias_(exp.Count(this=exp.Star()), "n")
    query = exp.select(*named, *condensed.sums(plan), count).from_("parts", copy=False)
    if copies:
        query = query.where(exp.Is(this=exp.column("plumbline_copied"), expression=exp.null()), copy=False)
    never = exp.EQ(this=exp.column("plumbline_t"), expression=exp.Literal.string("n"))
    query = query.where(exp.Not(this=never), copy=False)
    query = query.group_by(*(field.copy() for field in fields), copy=False)
    return _with(query, plan, table, copies=copies)


def copied(plan: RecordPlan, table: exp.Table) -> exp.Select:
    """Records with copies: ``copies``, the encoded fields of each copy, and ``n`` such records.

    Each copy ends in '1' where it is the chosen one (certainty §1), else '0'.
    """
    order = [exp.column(name, quoted=True) for name in plan.contract.columns]
    ordered: list[exp.Expr] = [exp.Ordered(this=cell, desc=False, nulls_first=False) for cell in order]
    if plan.contract.recorded_at:
        latest = exp.column(plan.contract.recorded_at, quoted=True)
        ordered.insert(0, exp.Ordered(this=latest, desc=True, nulls_first=False))
    keys = [exp.column(name, quoted=True) for name in plan.contract.record_key]
    rank = exp.Window(this=exp.RowNumber(), partition_by=keys, order=exp.Order(expressions=ordered))
    chosen = exp.EQ(this=rank, expression=exp.Literal.number(1))
    fields = [_as_text(exp.column(name), free=name.startswith(FREE)) for name in plan.fields]
    mark = exp.Case().when(chosen, exp.Literal.string("1")).else_(exp.Literal.string("0"))
    encoded = _joined([*fields, mark])
    copies = exp.select(*(key.copy() for key in keys), exp.alias_(encoded, "plumbline_copy")).from_("parts")
    copies = copies.where(exp.column("plumbline_copied"))
    together = parse_one("STRING_AGG(plumbline_copy, CHR(30) ORDER BY plumbline_copy)", dialect="duckdb")
    records = exp.select(exp.alias_(together, "copies")).from_(copies.subquery("c"))
    records = records.group_by(*(key.copy() for key in keys))
    query = exp.select("copies", exp.alias_(exp.Count(this=exp.Star()), "n")).from_(records.subquery("r"))
    return _with(query.group_by("copies"), plan, table, copies=True)


def any_copies(contract: Contract, rules: Sequence[Rule], table: exp.Table, today: date) -> exp.Select:
    """One row with ``n``: how many record keys occur more than once."""
    count = exp.alias_(exp.Count(this=exp.Star()), "n")
    query = exp.select(count).from_("copied")
    steps = flagged(contract, contract.record_key, rules, today, every_column=False)
    return _chain(query, contract, table, steps, last=None, copies=True)


def _with(query: exp.Select, plan: RecordPlan, table: exp.Table, *, copies: bool) -> exp.Select:
    read = plan.read
    steps = flagged(plan.contract, (*read, *_ends(plan)), plan.rules, plan.today, every_column=copies)
    return _chain(query, plan.contract, table, steps, last=parts(plan, copies=copies), copies=copies)


def _ends(plan: RecordPlan) -> tuple[str, ...]:
    """The columns between which a doubtful date lies: when they are doubtful, that end is open."""
    between = plan.contract.columns[plan.metric.time].between or ()
    return tuple(end for end in between if isinstance(end, str) and end in plan.contract.columns)


def _chain(
    query: exp.Select,
    contract: Contract,
    table: exp.Table,
    steps: tuple[exp.Select, exp.Select],
    *,
    last: exp.Select | None,
    copies: bool,
) -> exp.Select:
    tested, flags = steps
    # The trees are this question's own: nothing else holds them, so they need not be copied at each step.
    query = query.with_("tested", tested.from_(table, copy=False), copy=False).with_("flagged", flags, copy=False)
    if copies:
        keys = [exp.column(name, quoted=True) for name in contract.record_key]
        repeated = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
        # Under names of their own: a condition that reads a key column must not meet two of them.
        named = [exp.alias_(key.copy(), f"plumbline_k{place}") for place, key in enumerate(keys)]
        found = exp.select(*named).from_("flagged").where(exp.column("plumbline_key"))
        found = found.group_by(*keys).having(repeated)
        query = query.with_("copied", found, copy=False)
    return query.with_("parts", last, copy=False) if last is not None else query


def _joined(pieces: Sequence[exp.Expr]) -> exp.Expr:
    joined = pieces[0]
    for piece in pieces[1:]:
        joined = exp.DPipe(this=joined, expression=exp.func("CHR", exp.Literal.number(ord(FIELD))))
        joined = exp.DPipe(this=joined, expression=piece)
    return joined


def _as_text(field: exp.Expr, *, free: bool) -> exp.Expr:
    """A field as text; in ``free`` text, recorded by people, the characters that mark something are escaped."""
    text: exp.Expr = exp.cast(field, "text")
    for mark, letter in ESCAPED.items() if free else ():
        code = exp.func("CHR", exp.Literal.number(ord(mark)))
        escape = exp.DPipe(this=exp.func("CHR", exp.Literal.number(ord(ESCAPE))), expression=exp.Literal.string(letter))
        text = exp.func("REPLACE", text, code, escape)
    missing = exp.func("CHR", exp.Literal.number(ord(NULL_TEXT)))
    return exp.Coalesce(this=text, expressions=[missing])
