"""Special categories of data close themselves to roles without the right, and nothing else with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.portal import Portal
from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def head_of_service(installation: Path) -> ViewerPortal:
    return Portal.open(installation).for_viewer(Viewer("head.of.service", "Head of service", ("manager",)))


@pytest.fixture(scope="module")
def reviewing_officer(installation: Path) -> ViewerPortal:
    return Portal.open(installation).for_viewer(Viewer("officer", "Reviewing officer", ("reviewing_officer",)))


def test_a_role_without_personal_fields_is_offered_the_other_dimensions_only(head_of_service: ViewerPortal) -> None:
    metric, _ = head_of_service.metric("children_by_first_episode")
    assert metric.dimensions == ("sex",)
    answer = head_of_service.ask(Query("children_by_first_episode", by=("sex",)))
    assert {row.keys for row in answer.rows} == {("1",), ("2",)}


def test_asking_by_a_hidden_dimension_is_refused_with_its_reason(head_of_service: ViewerPortal) -> None:
    with pytest.raises(Refused, match="Ethnicity"):
        head_of_service.ask(Query("children_by_first_episode", by=("ethnic",)))
    with pytest.raises(Refused, match="Ethnicity"):
        head_of_service.ask(Query("children_by_first_episode", where=(("ethnic", ("WBRI",)),)))


def test_a_role_with_one_dataset_is_refused_the_metrics_of_another(reviewing_officer: ViewerPortal) -> None:
    assert reviewing_officer.ask(Query("reviews_held")).rows[0].value == 12574
    with pytest.raises(Refused, match="reviewing_officer"):
        reviewing_officer.ask(Query("episodes_started"))
    with pytest.raises(Refused, match="reviewing_officer"):
        reviewing_officer.report("looked_after_return")
