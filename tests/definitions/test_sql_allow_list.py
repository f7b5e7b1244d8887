"""SQL that may stand in a metric or a check, and SQL that may not (the list is certainty's own)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.definitions.models import Column, ColumnType
from data_access.definitions.sql import SqlProblem, columns_of, is_bare_column, parse_condition, parse_value

TYPES: dict[str, ColumnType] = {
    "district": "string",
    "name": "string",
    "opened": "date",
    "closed": "date",
    "loaded": "timestamp",
    "size": "integer",
    "cost": "number",
    "urgent": "boolean",
    "Primary need": "string",
    "month": "integer",
}
COLUMNS = {name: Column(name, name, type_) for name, type_ in TYPES.items()}

ALLOWED = [
    "urgent",
    "not urgent and (size > 1 or cost <= 2.5)",
    "district = 'E07' and district <> name",
    "district in ('A', 'B') and size not in (1, 2)",
    "size between 1 and 5 and opened not between '2024-01-01' and current_date",
    "name like 'Mc%' and name not like '%x'",
    "closed is null or closed is not null",
    "urgent is true or urgent is not false",
    "district is distinct from name or closed is not distinct from opened",
    "size + 1 - cost * 2 > -3",
    "cost / size >= 0.5",
    "case when urgent then 1 else 2 end = 1",
    "case district when 'A' then 'x' end = 'x'",
    "coalesce(district, 'none') <> 'none' and nullif(size, 0) is not null",
    "abs(size) < 5 and greatest(size, cost) > 1 and least(opened, closed) > '2020-01-01'",
    "upper(name) = 'A' and lower(name) = 'a' and trim(name) <> ''",
    "length(name) > 3 and left(name, 2) = 'Mc' and right(name, 1) <> 'x'",
    "replace(name, ' ', '') = 'ab' and starts_with(name, 'a')",
    "date_diff('day', opened, closed) <= 140",
    "closed <= opened + interval 3 month and opened >= closed - interval '2 weeks'",
    "date_trunc('month', opened) = '2024-01-01' and year(opened) = 2024 and month(loaded) < 4",
    "regexp_full_match(district, 'E0[0-9]{7}') and regexp_full_match(name, '(?:a|b)+')",
    "opened > date '2024-01-31' and loaded < timestamp '2024-01-31 10:00:00'",
    "month = 4 and month(opened) = 4 and opened > closed - interval 1 month",
    "\"Primary need\" = 'N1'",
]

REFUSED = [
    ("opened < now()", "now()", "current_date"),
    ("loaded < current_timestamp", "not the hour", "current_date"),
    ("round(cost) = 2", "round()", None),
    ("ceil(cost) = 2", "round differently", None),
    ("dayofweek(opened) = 1", "dayofweek()", None),
    ("day(opened) = 1", "year(…) and month(…)", None),
    ("quarter(opened) = 1", "date_trunc('quarter'", None),
    ("extract(year from opened) = 2024", "year(…)", None),
    ("date_diff('week', opened, closed) < 3", "'day' only", "day"),
    ("date_diff('month', opened, closed) < 3", "'day' only", "day"),
    ("date_diff('day', opened, loaded) < 3", "a timestamp", None),
    ("date_diff('day', opened, closed, loaded) < 3", "takes 3 values, not 4", None),
    ("date_trunc('month', opened, 5) = opened", "takes 2 values, not 3", None),
    ("left(name, 1, 2) = 'a'", "a value too many", None),
    ("upper(name, 'x') = 'a'", "more values than it takes", None),
    ("opened < current_date('Europe/London')", "no time zone", "current_date"),
    ("opened < '20240131'", "is not a date", None),
    ("opened < current_date - interval 1 quarter", "'quarter'", None),
    (r"name like 'a\_b'", "a backslash", None),
    ("closed - opened < 3", "date_diff('day'", None),
    ("closed < opened + 3", "interval 3 day", None),
    ("closed < opened + interval 3 hour", "'hour'", None),
    ("closed < opened + interval size day", "whole number", None),
    ("date_trunc('hour', loaded) = '2024-01-01'", "'hour'", None),
    ("district > 'E07'", "= and <> only", None),
    ("district between 'A' and 'B'", "= and <> only", None),
    ("greatest(district, name) = 'x'", "= and <> only", None),
    ("district = 5", "write '5' in quotes", None),
    ("size = '5'", "without quotes", None),
    ("size in (1, 'two')", "cannot be compared", None),
    ("opened = district", "cannot be compared", None),
    ("opened > 20240101", "cannot be compared", None),
    ("urgent = 1", "cannot be compared", None),
    ("urgent > false", "have no order", None),
    ("coalesce(size, 'none') = 1", "cannot be compared", None),
    ("opened > '2024-02-31'", "is not a date", None),
    ("opened > '31/01/2024'", "2026-03-31", None),
    ("name ilike 'a%'", "lower(…) LIKE", None),
    ("name like 'a!%' escape '!'", "ESCAPE", None),
    ("name like district", "a text in quotes", None),
    ("regexp_matches(name, 'a')", "the whole value", "regexp_full_match"),
    ("name ~ 'a'", "the whole value", "regexp_full_match"),
    ("name similar to 'a'", "the whole value", "regexp_full_match"),
    ("regexp_full_match(name, 'a(?=b)')", "ahead or behind", None),
    ("regexp_full_match(name, '(?<!a)b')", "ahead or behind", None),
    (r"regexp_full_match(name, '(a)\1')", "refers back", None),
    ("regexp_full_match(name, '(?i)a')", "a flag", None),
    ("regexp_full_match(name, 'a', 'i')", "a flag", None),
    ("regexp_full_match(name, '(?P<x>a)')", "names a group", None),
    ("regexp_full_match(name, '[a-')", "cannot be read", None),
    ("regexp_full_match(name, district)", "in quotes", None),
    ("substring(name, 1, 2) = 'Mc'", "left(…)", None),
    ("name || district = 'x'", "joining text", None),
    ("concat(name, district) = 'x'", "joining text", None),
    ("size % 2 = 0", "remainders", None),
    ("size // 2 = 0", "remainders", None),
    ("cost / 0 > 1", "divides by 0", None),
    ("if(urgent, 1, 2) = 1", "CASE WHEN", None),
    ("cast(size as varchar) = '1'", "change of type", None),
    ("size::varchar = '1'", "change of type", None),
    ("contains(name, 'a')", "LIKE", None),
    ("ltrim(name) = 'a'", "the plain form", None),
    ("random() > 0.5", "same answer", None),
    ("sqrt(size) > 2", "sqrt()", None),
    ("coalesc(size, 1) = 1", "coalesc()", "coalesce"),
    ("size in (select size from plans)", "a query inside", None),
    ("exists (select 1)", "a query inside", None),
    ("sum(size) > 5", "the metric's type does the counting", None),
    ("count(*) > 5", "the metric's type does the counting", None),
    ("row_number() over () = 1", "window", None),
    ("size = ?", "a parameter", None),
    ("size = $1", "a parameter", None),
    ("size = :limit", "a parameter", None),
    ("plans.size = 1", "without a table", "size"),
    ("sise = 1", "no column 'sise'", "size"),
    ("Size = 1", "no column 'Size'", "size"),
    ("size = null", "IS NULL", None),
    ("size in (1, null)", "values written out", None),
    ("size in (cost)", "values written out", None),
    ("size is 1", "write =", None),
    ("size is true", "true or false", None),
    ("size and urgent", "joins conditions", None),
    ("size = 1; drop table plans", "';'", None),
    ("size = 1 -- one", "a comment", None),
    ("size /* one */ = 1", "a comment", None),
    ("drop table plans", "never a statement", None),
    ("select 1", "a query inside", None),
    ("size as big", "AS", None),
    ("(size, cost) = (1, 2)", "after IN", None),
    ("*", "name the columns", None),
    ("name = 'open", "never closed", None),
    ("size = ", "not complete", None),
    ("size = 1 xor urgent", "near 'xor'", None),
    ("", "no SQL", None),
    ("size", "compare it with something", None),
    ("size = 1 or " * 500 + "urgent", "longer than", None),
    ("(" * 1500 + "urgent" + ")" * 1500, "nested too deeply", None),
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_every_database_answers_alike_is_allowed(text: str) -> None:
    assert columns_of(parse_condition(text, COLUMNS))


@pytest.mark.parametrize(("text", "words", "suggestion"), REFUSED, ids=[text[:40] for text, *_ in REFUSED])
def test_the_rest_is_refused_with_a_reason(text: str, words: str, suggestion: str | None) -> None:
    with pytest.raises(SqlProblem) as raised:
        parse_condition(text, COLUMNS)
    assert words in raised.value.reason
    assert raised.value.suggestion == suggestion


def test_columns_come_in_the_order_of_the_text() -> None:
    expression = parse_condition("date_diff('day', opened, closed) <= 5 and not urgent and opened > closed", COLUMNS)
    assert columns_of(expression) == ("opened", "closed", "urgent")


def test_a_date_in_quotes_becomes_a_date_and_a_divisor_never_nothing() -> None:
    expression = parse_condition("opened >= '2024-01-31' and cost / size > 1", COLUMNS)
    assert expression.sql(dialect="duckdb") == "opened >= CAST('2024-01-31' AS DATE) AND cost / NULLIF(size, 0) > 1"


def test_a_date_in_quotes_takes_after_the_dates_beside_it() -> None:
    expression = parse_condition("opened > coalesce('2024-01-31', closed, '2024-02-01')", COLUMNS)
    wanted = "opened > COALESCE(CAST('2024-01-31' AS DATE), closed, CAST('2024-02-01' AS DATE))"
    assert expression.sql(dialect="duckdb") == wanted


def test_deeply_nested_choices_are_read_quickly() -> None:
    text = "coalesce(size, " * 25 + "0" + ")" * 25 + " > 1"
    assert columns_of(parse_condition(text, COLUMNS)) == ("size",)


def test_a_value_must_be_a_number_unless_it_is_only_counted() -> None:
    assert is_bare_column(parse_value("cost", COLUMNS))
    assert not is_bare_column(parse_value("cost + 1", COLUMNS))
    assert columns_of(parse_value("district", COLUMNS, numeric=False)) == ("district",)
    with pytest.raises(SqlProblem, match="must be a number"):
        parse_value("district", COLUMNS)


conditions = st.recursive(
    st.sampled_from(ALLOWED),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=4,
)


@given(conditions)
def test_conditions_join_to_conditions_and_read_again_as_the_same(text: str) -> None:
    once = parse_condition(text, COLUMNS)
    again = parse_condition(once.sql(dialect="duckdb"), COLUMNS)
    assert again == once
    assert set(columns_of(again)) == set(columns_of(once))


WORDS = ["size", "urgent", "other", "(", ")", "and", "not", "in", "is", "null", "=", "'x'", ";", "--", "/*", ",", "*"]


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_other_text_is_refused_in_words_or_stays_within_the_contract(text: str) -> None:
    read: tuple[str, ...] = ()
    reason = "accepted"
    try:
        read = columns_of(parse_condition(text, COLUMNS))
    except SqlProblem as problem:
        reason = problem.reason
    assert reason
    assert set(read) <= set(COLUMNS)


def test_each_condition_that_is_joined_has_its_fault_told() -> None:
    with pytest.raises(SqlProblem) as raised:
        parse_condition("sise > 5 AND (round(cost) = 3 OR distrikt = 'A' AND kwadrant = 'N')", COLUMNS)
    told = [fault.reason for fault in (raised.value, *raised.value.further)]
    words = ("column 'sise'", "round()", "column 'distrikt'", "column 'kwadrant'")
    assert [word in reason for word, reason in zip(words, told, strict=True)] == [True] * 4


def test_of_joined_numbers_the_joining_is_the_fault() -> None:
    with pytest.raises(SqlProblem) as raised:
        parse_condition("size AND nowhere = 1", COLUMNS)
    assert "joins conditions" in raised.value.reason
    assert [fault.reason for fault in raised.value.further] == ["the dataset has no column 'nowhere'"]
