"""What is not granted is refused, with a reason, in every way of asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data_access.access.viewer import OPERATOR, Viewer
from data_access.errors import QuestionError, Refused
from data_access.portal import Portal
from data_access.questions import Query
from tests.leaks.conftest import door


def test_somebody_without_roles_may_do_nothing(portal: Portal) -> None:
    nobody = portal.for_viewer(Viewer("nobody", "Nobody", ()))
    assert nobody.reports() == ()
    assert not nobody.page("home").allowed
    for metric in portal.configuration.metrics:
        with pytest.raises(Refused, match="no roles"):
            nobody.ask(Query(metric))
    assert nobody.quality() == ()


def test_a_role_that_is_not_configured_grants_nothing(portal: Portal) -> None:
    assert not door(portal, "invented").page("home").allowed


@pytest.mark.parametrize(("role", "page", "allowed"), [("manager", "metric", True), ("staff", "metric", False)])
def test_a_page_is_open_only_to_a_role_that_lists_it(portal: Portal, role: str, page: str, allowed: bool) -> None:
    decision = door(portal, role).page(page)
    assert decision.allowed is allowed
    assert role in decision.reason


def test_a_report_must_be_listed_by_the_role_and_meant_for_it(portal: Portal) -> None:
    assert [report.id for report in door(portal, "manager").reports()] == ["county", "own"]
    assert [report.id for report in door(portal, "staff", area="N").reports()] == ["own"]
    with pytest.raises(Refused, match="do not include the report 'county'"):
        door(portal, "staff", area="N").report("county")


def test_a_refusal_tells_nothing_of_a_closed_report_but_the_id_that_was_asked_for(portal: Portal) -> None:
    staff = door(portal, "staff", area="N")
    with pytest.raises(Refused) as refused:
        staff.report("county")
    assert "The county" not in refused.value.message
    with pytest.raises(Refused, match="that you may open") as unknown:
        staff.report("countv")
    assert "county" not in unknown.value.message


def test_a_metric_of_a_dataset_that_is_not_granted_is_refused(portal: Portal) -> None:
    with pytest.raises(Refused, match="do not include the metric"):
        door(portal, "manager").ask(Query("works_done"))
    with pytest.raises(Refused):
        door(portal, "manager").metric("works_done")
    with pytest.raises(Refused):
        door(portal, "manager").periods("works_done")


def test_a_metric_that_is_not_known_suggests_only_what_the_viewer_may_see(portal: Portal) -> None:
    with pytest.raises(Refused, match="children_seen"):
        door(portal, "manager").ask(Query("children_sen"))
    with pytest.raises(Refused) as refused:
        door(portal, "outsider").ask(Query("children_sen"))
    assert "children_seen" not in refused.value.message


def test_a_metric_cannot_be_asked_for_through_a_report_that_lacks_it(portal: Portal) -> None:
    with pytest.raises(Refused, match="does not have the metric"):
        door(portal, "manager").ask(Query("children_seen"), report="county")
    with pytest.raises(Refused):
        door(portal, "staff", area="N").ask(Query("seen_in_time"), report="county")


@pytest.mark.parametrize(
    "query", [Query("children_seen", by=("nhs_number",)), Query("children_seen", where=(("nhs_number", ("1",)),))]
)
def test_a_personal_column_can_be_used_only_with_the_right(portal: Portal, query: Query) -> None:
    with pytest.raises(Refused, match="is personal, and your roles"):
        door(portal, "careful").ask(query)
    with pytest.raises(Refused, match="is personal, and your roles"):
        door(portal, "careful").choices("children_seen", "nhs_number")
    assert door(portal, "steward").ask(query).rows is not None


def test_an_unknown_dimension_is_a_wrong_question_with_the_nearest_spelling(portal: Portal) -> None:
    with pytest.raises(QuestionError, match="Did you mean 'area'"):
        door(portal, "manager").ask(Query("children_seen", by=("aera",)))


@pytest.mark.parametrize("role", ["reader", "careful"])
def test_single_people_are_not_singled_out_by_columns_beyond_the_declared_dimensions(portal: Portal, role: str) -> None:
    with pytest.raises(QuestionError, match="not a dimension"):
        door(portal, role).ask(Query("seen_in_time", by=("id",)))
    assert door(portal, role).ask(Query("seen_in_time", by=("team",))).rows


def test_a_dataset_opens_its_other_columns_to_exact_counts_also_beside_a_report(portal: Portal) -> None:
    assert door(portal, "manager").ask(Query("seen_in_time", by=("id",))).rows


def test_a_value_that_is_not_in_the_code_list_is_named(portal: Portal) -> None:
    with pytest.raises(QuestionError, match="'X' is not a value"):
        door(portal, "manager").ask(Query("children_seen", where=(("area", ("X",)),)))


def test_quality_is_shown_for_granted_datasets_only(portal: Portal) -> None:
    assert {result.dataset for result in door(portal, "manager").quality()} == {"children"}
    with pytest.raises(Refused):
        door(portal, "manager").quality("works")
    assert {result.dataset for result in portal.for_viewer(OPERATOR).quality()} == {"children", "works"}


def test_a_person_without_the_attribute_is_told_so_and_not_that_the_metric_is_closed(portal: Portal) -> None:
    with pytest.raises(Refused, match="has no 'area'"):
        door(portal, "staff").ask(Query("children_seen"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query("children_seen", where=(("in_time", ("zzz",)),)), "true or false"),
        (Query("children_seen", start=date(1, 1, 1)), "too far off"),
        (Query("children_seen", end=date(9999, 12, 31)), "too far off"),
        (Query("children_seen", by=("id", "team"), over="day"), "at most 50,000"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused_in_words(portal: Portal, query: Query, words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        portal.for_viewer(OPERATOR).ask(replace(query, start=query.start or date(1990, 1, 1)) if query.over else query)
