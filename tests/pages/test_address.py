"""The address says what a page shows; what it cannot say is named, never dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pages.parts.address import Address, Allowed, Unusable, carried, read, slide

ALLOWED = Allowed(
    choices={"district": {"E07": "Basildon", "(blank)": "Not recorded"}, "period": {"a": "A"}},
    labels={"district": "District", "period": "Period of life"},
    starts=(date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)),
    last=date(2026, 10, 31),
    tables=("trend",),
    by=("district",),
)


def unusable(**given: list[str]) -> list[tuple[str, str]]:
    return [(wrong.parameter, wrong.value) for wrong in read(given, ALLOWED).unusable]


def test_an_empty_address_asks_for_nothing() -> None:
    assert read({"id": ["plans"]}, ALLOWED) == Address()


def test_a_repeated_parameter_is_a_list_without_repeats() -> None:
    found = read({"district": ["E07", "(blank)", "E07"]}, ALLOWED)
    assert found.where == (("district", ("E07", "(blank)")),)
    assert found.unusable == ()


def test_a_dimension_with_the_name_of_a_parameter_of_the_page_has_one_of_its_own() -> None:
    found = read({"where.period": ["a"], "period": ["2026-09-01"]}, ALLOWED)
    assert found.where == (("period", ("a",)),)
    assert found.period == date(2026, 9, 1)


def test_any_day_names_the_period_it_lies_in() -> None:
    assert read({"period": ["2026-09-17"]}, ALLOWED).period == date(2026, 9, 1)


def test_a_value_that_is_no_choice_is_named_and_the_others_are_kept() -> None:
    found = read({"district": ["Narnia", "E07"]}, ALLOWED)
    assert found.where == (("district", ("E07",)),)
    assert found.unusable == (Unusable("district", "Narnia", "it is not a value of District"),)


def test_nothing_in_the_address_is_silently_dropped() -> None:
    assert unusable(distrct=["E07"]) == [("distrct", "E07")]
    assert unusable(period=["soon"]) == [("period", "soon")]
    assert unusable(period=["2019-01-01"]) == [("period", "2019-01-01")]
    assert unusable(period=["2026-11-01"]) == [("period", "2026-11-01")]
    assert unusable(period=["2026-09-01", "2026-08-01"]) == [("period", "2026-08-01")]
    assert unusable(report=["secret"], id=["a", "plans"]) == [("report", "secret"), ("id", "a")]
    assert unusable(by=["need"], table=["map"]) == [("by", "need"), ("table", "map")]
    assert unusable(**{"from": ["2026-09-30"], "to": ["2026-09-01"]}) == [("from", "2026-09-30")]
    assert unusable(**{"from": ["2026-09-01"], "period": ["2026-09-01"]}) == [("period", "2026-09-01")]


@pytest.mark.parametrize("value", ["0", "8", "-1", "two", "٣", "1.5", "", "99999999999999999999"])
def test_a_slide_that_is_not_there_is_named(value: str) -> None:
    assert slide({"slide": [value]}, 7) == Unusable("slide", value, "it is not one of the 7 slides")


def test_the_first_slide_is_shown_where_the_address_names_none() -> None:
    assert slide({}, 7) == 1
    assert slide({"slide": ["7"]}, 7) == 7
    assert slide({"slide": ["2", "3"]}, 7) == Unusable("slide", "3", "only one can be shown")


def test_a_page_without_a_shared_screen_names_what_asks_for_one() -> None:
    assert unusable(screen=["1"], slide=["2"]) == [("screen", "1"), ("slide", "2")]
    assert read({"screen": ["1"], "slide": ["9"]}, replace(ALLOWED, screens=("0", "1"), slides=True)) == Address()


def test_a_column_that_the_reader_may_not_filter_by_is_named_with_the_reason() -> None:
    hidden = replace(ALLOWED, hidden={"nhs_number": "It is personal."})
    assert read({"nhs_number": ["1"]}, hidden).unusable == (Unusable("nhs_number", "1", "It is personal."),)


def test_one_end_of_own_dates_is_enough() -> None:
    assert read({"from": ["2026-09-05"]}, ALLOWED).span == (date(2026, 9, 5), date(2026, 10, 31))
    assert read({"to": ["2026-09-05"]}, ALLOWED).span == (date(2026, 8, 1), date(2026, 9, 5))


def test_a_link_carries_only_the_filters_that_its_page_has() -> None:
    address = Address(period=date(2026, 9, 1), where=(("district", ("E07", "(blank)")), ("need", ("x",))))
    assert carried(address, ["district"], id="plans", report=None) == [
        ("id", "plans"),
        ("period", "2026-09-01"),
        ("district", "E07"),
        ("district", "(blank)"),
    ]


def test_a_link_that_is_carried_is_read_back_the_same() -> None:
    address = Address(span=(date(2026, 9, 1), date(2026, 9, 9)), where=(("district", ("E07",)), ("period", ("a",))))
    given: dict[str, list[str]] = {}
    for name, value in carried(address, ["district", "period"]):
        given.setdefault(name, []).append(value)
    assert read(given, ALLOWED) == address
