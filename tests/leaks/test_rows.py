"""Row rules: a viewer limited to some rows learns nothing of the others, whatever is asked or cached."""

from __future__ import annotations

import itertools

import pytest

from data_access.access.viewer import OPERATOR
from data_access.errors import Refused
from data_access.portal import Portal
from data_access.questions import Query
from tests.leaks.conftest import door

WHOLE = Query("children_seen")


def test_a_limited_viewer_counts_their_own_rows_and_those_whose_area_is_in_doubt(portal: Portal) -> None:
    found = door(portal, "staff", area="N").ask(WHOLE).rows[0]
    assert (found.value, found.low, found.high) == (31, 31, 33)  # two records have an area that no list has


def test_the_same_question_after_another_viewers_is_not_answered_from_their_cache(portal: Portal) -> None:
    people = {
        "county": portal.for_viewer(OPERATOR),
        "north": door(portal, "staff", area="N"),
        "south": door(portal, "staff", area="S"),
    }
    expected = {"county": 45, "north": 31, "south": 9}
    for order in itertools.permutations(people):
        assert {name: people[name].ask(WHOLE).rows[0].value for name in order} == expected


def test_no_breakdown_or_filter_reaches_beyond_the_viewers_rows(portal: Portal) -> None:
    north = door(portal, "staff", area="N")
    by_area = north.ask(Query("children_seen", by=("area",))).rows
    assert {row.keys[0] for row in by_area} <= {"N", None}
    teams = {row.keys[0] for row in north.ask(Query("children_seen", by=("team",))).rows if row.value}
    assert teams == {"team N0", "team N1"}
    assert [choice.value for choice in north.choices("children_seen", "area")] == ["N"]
    other = north.ask(Query("children_seen", where=(("area", ("S",)),))).rows[0]
    assert (other.value, other.high) == (0, 0)


def test_a_scoped_report_keeps_to_the_viewers_rows_and_says_which(portal: Portal) -> None:
    north = door(portal, "staff", area="N")
    report = north.report("own")
    assert north.slice_of(report) == (("Area", ("N",)),)
    assert north.ask(Query("seen_in_time"), report="own").rows[0].counted == 31
    manager = door(portal, "manager")
    assert manager.slice_of(manager.report("own")) == ()
    assert manager.ask(Query("seen_in_time"), report="own").rows[0].counted == 45


def test_an_unscoped_report_is_the_same_for_all_of_its_audience(portal: Portal) -> None:
    county = door(portal, "manager").ask(Query("seen_in_time"), report="county")
    operator = portal.for_viewer(OPERATOR).ask(Query("seen_in_time"))
    assert county.rows == operator.rows


def test_a_viewer_without_the_attribute_is_refused_and_not_shown_everything(portal: Portal) -> None:
    with pytest.raises(Refused, match="has no 'area'"):
        door(portal, "staff").ask(WHOLE)


def test_a_row_rule_on_a_column_that_the_dataset_lacks_closes_it(portal: Portal) -> None:
    role = portal.configuration.roles["staff"]
    grants = door(portal, "staff", area="N").grant
    opened = type(role)(**(role.model_dump() | {"datasets": ("works",)}))
    decision = type(grants)(grants.viewer, grants.configuration, (opened,)).dataset(
        portal.configuration.contracts["works"]
    )
    assert not decision.allowed
    assert "does not have" in decision.reason


def test_two_roles_with_row_rules_are_read_in_the_narrowest_way(portal: Portal) -> None:
    grants = door(portal, "staff", area="N").grant
    role = grants.roles[0]
    second = type(role)(**(role.model_dump() | {"id": "other", "rows": {"team": "team"}}))
    both = type(grants)(grants.viewer, grants.configuration, (role, second))
    assert not both.dataset(portal.configuration.contracts["children"]).allowed
