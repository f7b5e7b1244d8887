"""What a manager reads on the pages: the independent figures, their ranges, the districts' names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.portal import Portal
from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal
from tests.real.fixmystreet.independent.figures import figures
from tests.real.fixmystreet.test_figures import ESSEX
from tests.real.pages import read

pytestmark = pytest.mark.real

DECEMBER = date(2020, 12, 1)


@pytest.fixture(scope="module")
def portal(installation: Path) -> Portal:
    return Portal.open(installation)


@pytest.fixture(scope="module")
def manager(portal: Portal) -> ViewerPortal:
    return portal.for_viewer(Viewer("head.of.place", "Head of Place", ("manager",)))


def test_the_report_has_the_latest_month_of_essex_and_each_district_by_name(
    monkeypatch: pytest.MonkeyPatch, manager: ViewerPortal, file: duckdb.DuckDBPyConnection
) -> None:
    text = read(monkeypatch, manager, "report", id="street_faults")
    months, districts = (figures(file, "essex_faults", "month", by) for by in (None, "lad"))
    assert f"Street faults reported in Essex {months[DECEMBER, None].value:,.0f}" in text
    for code, (name, _) in ESSEX.items():
        assert f"{name} {districts[DECEMBER, code].value:,.0f}" in text
    everywhere = figures(file, "faults_reported", "month")[DECEMBER, None]
    assert f"for certain {everywhere.low:,.0f} to {everywhere.high:,.0f}" in text
    assert f"{everywhere.in_doubt} of {everywhere.records:,} record" in text


def test_the_metric_s_page_names_the_check_that_its_records_in_doubt_fail(
    monkeypatch: pytest.MonkeyPatch, manager: ViewerPortal, file: duckdb.DuckDBPyConnection
) -> None:
    text = read(monkeypatch, manager, "metric", id="faults_reported", period="2019-05-01")
    may = figures(file, "faults_reported", "month")[date(2019, 5, 1), None]
    assert f"{may.value:,.0f}. {may.in_doubt} of {may.records:,} records are in doubt" in text
    assert f"for certain it is between {may.low:,.0f} and {may.high:,.0f}" in text
    assert "Nobody makes 50 reports of one kind in a month" in text
    assert "Version 2 , 1 Dec 2009" in text


def test_a_role_without_the_records_is_refused_report_and_figures(portal: Portal) -> None:
    visitor = portal.for_viewer(Viewer("visitor", "Visitor", ("visitor",)))
    assert visitor.reports() == ()
    for refused in (lambda: visitor.report("street_faults"), lambda: visitor.ask(Query("essex_faults"))):
        with pytest.raises(Refused):
            refused()
