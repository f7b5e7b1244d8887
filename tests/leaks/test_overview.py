"""Home shows what a viewer may ask about, of the records that they may see, and leaves one record of it."""

from __future__ import annotations

import itertools

import pytest

from data_access.access.viewer import OPERATOR, Viewer
from data_access.portal import Portal
from data_access.questions import Overview
from data_access.viewer_portal import ViewerPortal
from tests.leaks.conftest import door
from tests.leaks.test_audit import entries


def values(found: Overview) -> dict[str, float | None]:
    """The latest figure of each metric; a metric that stands twice would hide here, so it is refused."""
    assert len({one.metric.id for one in found.standings}) == len(found.standings)
    return {one.metric.id: one.trend.row.value if one.trend else None for one in found.standings}


def in_january(found: Overview) -> float | None:
    """The first figure of the trend of children seen."""
    [trend] = [one.trend for one in found.standings if one.metric.id == "children_seen"]
    assert trend is not None
    return trend.series[0].value


@pytest.mark.parametrize(
    ("role", "attributes", "metrics"),
    [
        ("manager", {}, {"children_seen", "seen_in_time"}),
        ("reader", {}, {"seen_in_time"}),
        ("careful", {}, {"children_seen", "seen_in_time"}),
        ("steward", {}, {"children_seen", "seen_in_time", "works_done"}),
        ("staff", {"area": "N"}, {"children_seen", "seen_in_time"}),
        ("staff", {}, set()),
        ("outsider", {}, set()),
        ("invented", {}, set()),
    ],
)
def test_only_metrics_that_the_viewer_may_ask_about_are_there(
    portal: Portal, role: str, attributes: dict[str, str], metrics: set[str]
) -> None:
    for wait in (False, True):
        found = door(portal, role, **attributes).overview(wait=wait)
        assert {one.metric.id for one in found.standings} == metrics


def test_somebody_without_roles_sees_nothing(portal: Portal) -> None:
    assert portal.for_viewer(Viewer("nobody", "Nobody", ())).overview(wait=True).standings == ()


def test_a_limited_viewer_sees_their_own_records_and_is_told_so(portal: Portal) -> None:
    found = door(portal, "staff", area="N").overview(wait=True)
    assert {one.slice for one in found.standings} == {(("Area", ("N",)),)}
    assert {one.reports for one in found.standings} == {("own",)}
    assert values(found)["children_seen"] == 11


def test_no_order_of_people_shows_one_the_figures_of_another(portal: Portal) -> None:
    people: dict[str, ViewerPortal] = {
        "county": portal.for_viewer(OPERATOR),
        "manager": door(portal, "manager"),
        "north": door(portal, "staff", area="N"),
        "south": door(portal, "staff", area="S"),
    }
    # South's is withheld: the next month, of two records that may be anybody's, would give it away.
    expected = {"county": 32, "manager": 32, "north": 20, "south": None}
    for order in itertools.permutations(people):
        assert {name: in_january(people[name].overview(wait=True)) for name in order} == expected


def test_what_waits_for_one_viewer_is_not_there_because_another_has_seen_it(portal: Portal) -> None:
    door(portal, "manager").overview(wait=True)
    assert door(portal, "staff", area="S").overview(wait=False).waiting == 2
    assert door(portal, "reader").overview(wait=False).waiting == 1


def test_home_shows_the_figure_that_the_metrics_own_page_shows(portal: Portal) -> None:
    for role, attributes in (("manager", {}), ("reader", {}), ("staff", {"area": "N"})):
        looking = door(portal, role, **attributes)
        for one in looking.overview(wait=True).standings:
            for report in one.reports:
                assert looking.trend(one.metric.id, report=report) == one.trend


def test_small_counts_are_withheld_here_too(portal: Portal) -> None:
    found = {one.metric.id: one for one in door(portal, "staff", area="E").overview(wait=True).standings}
    trend = found["children_seen"].trend
    assert trend is not None
    assert trend.row.suppressed
    assert trend.row.value is None
    assert found["children_seen"].reasons == ()
    exact = door(portal, "manager").overview(wait=True)
    assert all(one.trend and not one.trend.row.suppressed for one in exact.standings)


def test_a_look_leaves_one_record_that_names_the_metrics_shown(portal: Portal) -> None:
    manager = door(portal, "manager")
    manager.overview(wait=False)
    assert entries(portal)[-1].detail == {"metrics": []}
    manager.overview(wait=True)
    manager.overview(wait=False)
    for entry in entries(portal)[-2:]:
        assert (entry.username, entry.action, entry.subject, entry.allowed) == ("a manager", "overview", "home", True)
        assert sorted(entry.detail["metrics"]) == ["children_seen", "seen_in_time"]
    assert len(entries(portal)) == 3
