"""A shared screen is seen by a room: whoever is signed in, nothing is shown that only some may see."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.access.grant import resolve
from data_access.access.viewer import OPERATOR, Viewer
from data_access.errors import QuestionError, Refused
from data_access.portal import Portal
from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal
from tests.leaks.conftest import door
from tests.leaks.test_audit import entries

RIGHTS = ("exact_counts", "failing_records", "personal_fields", "sql", "export", "administer")
BY_AREA = Query("children_seen", by=("area",))


def people(portal: Portal) -> list[ViewerPortal]:
    """Those who see most: a steward with personal fields, a manager with exact counts, the operator."""
    return [door(portal, "steward"), door(portal, "manager"), portal.for_viewer(OPERATOR)]


def test_no_right_to_see_more_reaches_a_shared_screen(portal: Portal) -> None:
    for one in people(portal):
        assert any(one.grant.sees(right) for right in RIGHTS)
        assert [right for right in RIGHTS if one.on_shared_screen().grant.sees(right)] == []


def test_small_counts_of_people_are_withheld_on_it_from_those_who_see_them_at_their_desk(portal: Portal) -> None:
    for one in people(portal):
        # At the desk first: the same question must not be answered from its cache.
        assert [row.keys[0] for row in one.ask(BY_AREA).rows if row.suppressed] == []
        assert {row.keys[0] for row in one.on_shared_screen().ask(BY_AREA).rows if row.suppressed} >= {"E"}
        assert [row.keys[0] for row in one.ask(BY_AREA).rows if row.suppressed] == []


@pytest.mark.parametrize(
    "query", [Query("children_seen", by=("nhs_number",)), Query("children_seen", where=(("nhs_number", ("1",)),))]
)
def test_a_personal_column_can_be_neither_listed_nor_filtered_by_on_it(portal: Portal, query: Query) -> None:
    steward = door(portal, "steward")
    steward.ask(query)
    with pytest.raises(Refused, match="personal data is not shown on a shared screen"):
        steward.on_shared_screen().ask(query)
    with pytest.raises(Refused, match="personal data is not shown on a shared screen"):
        steward.on_shared_screen().choices("children_seen", "nhs_number")


def test_a_declared_dimension_that_is_personal_is_none_on_it(folder: Path) -> None:
    metrics = folder / "metrics" / "all.yaml"
    metrics.write_text(metrics.read_text().replace("[area, team]", "[area, nhs_number]", 1))
    steward = door(Portal.open(folder), "steward")
    assert steward.metric("children_seen")[0].dimensions == ("area", "nhs_number")
    assert steward.on_shared_screen().metric("children_seen")[0].dimensions == ("area",)
    contract = steward.metric("children_seen")[1]
    assert steward.hidden(contract) == {}
    assert list(steward.on_shared_screen().hidden(contract)) == ["nhs_number"]


def test_it_shows_nothing_but_the_declared_dimensions(portal: Portal) -> None:
    for one in people(portal):
        assert one.ask(Query("children_seen", by=("in_time",))).rows
        with pytest.raises(QuestionError, match="not a dimension"):
            one.on_shared_screen().ask(Query("children_seen", by=("in_time",)))


def test_row_rules_hold_on_it(portal: Portal) -> None:
    staff = door(portal, "staff", area="N")
    assert staff.on_shared_screen().ask(Query("children_seen")).rows == staff.ask(Query("children_seen")).rows
    with pytest.raises(Refused):
        staff.on_shared_screen().report("county")


def test_the_audit_says_that_it_was_for_a_shared_screen(portal: Portal) -> None:
    shared = door(portal, "steward").on_shared_screen()
    shared.ask(BY_AREA)
    with pytest.raises(Refused):
        shared.ask(Query("children_seen", by=("nhs_number",)))
    answered, refused = entries(portal)[-2:]
    assert answered.reason == "On a shared screen: the role steward includes the dataset children"
    assert refused.reason.startswith("On a shared screen: The column")


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        (("forum",), True),
        (("forum", "outsider"), True),
        (("forum", "steward"), True),
        (("forum", "reader"), False),
        (("reader",), False),
        (("overseer",), False),
        ((), False),
    ],
    ids=[
        "a board's role",
        "beside a role that opens no report",
        "beside a role that opens other things",
        "beside a role that opens the report at a desk",
        "no board's role",
        "a board's role for which the report is not meant",
        "no role",
    ],
)
def test_a_report_opens_on_a_shared_screen_for_those_who_open_it_for_a_board_alone(
    folder: Path, roles: tuple[str, ...], opens: bool
) -> None:
    with (folder / "roles.yaml").open("a", encoding="utf-8") as file:
        file.write("forum: {pages: [home, report, board], reports: [county]}\n")
        file.write("overseer: {pages: [home, report, board], reports: [county]}\n")
    county = folder / "reports" / "county.yaml"
    county.write_text(county.read_text().replace("[manager, reader]", "[manager, reader, forum]"))
    portal = Portal.open(folder)
    viewer = Viewer("somebody", "Somebody", roles)
    report = portal.configuration.reports["county"]
    assert portal.for_viewer(viewer).opens_on_shared_screen(report) is opens


def test_the_operator_reads_at_a_desk(portal: Portal) -> None:
    grant = resolve(portal.configuration, OPERATOR)
    assert not grant.opens_on_shared_screen(portal.configuration.reports["county"])
