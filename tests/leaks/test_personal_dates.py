"""A date that is personal tells no day: whoever knows a birthday must not find the person by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.errors import Refused
from data_access.portal import Portal
from data_access.questions import Query
from tests.leaks.conftest import door

DAY = date(2026, 1, 10)
MONTH = (date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def birthdays(folder: Path) -> Iterator[Portal]:
    """The small portal, with the date that children are counted at made personal."""
    file = folder / "datasets" / "children.odcs.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "name: seen_on\n", "name: seen_on\n        classification: personal\n"
    )
    file.write_text(text, encoding="utf-8")
    opened = Portal.open(folder)
    yield opened
    opened.state.close()


@pytest.mark.parametrize(
    "query",
    [
        Query("children_seen", start=DAY, end=DAY),
        Query("children_seen", start=DAY),
        Query("children_seen", end=DAY),
        Query("children_seen", by=("area",), start=MONTH[0], end=DAY),
        Query("children_seen", over="day"),
        Query("children_seen", over="week"),
    ],
)
def test_no_part_of_a_period_can_be_asked_for(birthdays: Portal, query: Query) -> None:
    with pytest.raises(Refused, match=r"personal.*Ask for whole periods: each month, or longer"):
        door(birthdays, "manager").ask(query)
    with pytest.raises(Refused, match="not shown on a shared screen"):
        door(birthdays, "steward").on_shared_screen().ask(query)


def test_whole_periods_can(birthdays: Portal) -> None:
    manager = door(birthdays, "manager")
    assert manager.ask(Query("children_seen", start=MONTH[0], end=MONTH[1])).rows[0].value == 32
    assert manager.ask(Query("children_seen", over="month")).rows
    assert manager.ask(Query("children_seen", over="year")).rows
    assert manager.trend("children_seen") is not None


def test_whoever_may_see_personal_fields_asks_for_days_too(birthdays: Portal) -> None:
    assert door(birthdays, "steward").ask(Query("children_seen", start=DAY, end=DAY)).rows[0].value == 32


def test_a_date_that_is_not_personal_can_be_cut_anywhere(portal: Portal) -> None:
    assert door(portal, "manager").ask(Query("children_seen", start=DAY, end=DAY)).rows[0].value == 32
