"""What a manager reads on the pages: figures with their ranges, breaks of a series, months without a record."""

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
from tests.real.newcastle.independent.figures import figures
from tests.real.pages import read

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def portal(installation: Path) -> Portal:
    return Portal.open(installation)


@pytest.fixture(scope="module")
def manager(portal: Portal) -> ViewerPortal:
    return portal.for_viewer(Viewer("head.of.libraries", "Head of Libraries", ("manager",)))


def test_the_report_has_the_latest_month_and_each_library(
    monkeypatch: pytest.MonkeyPatch, manager: ViewerPortal, files: duckdb.DuckDBPyConnection
) -> None:
    text = read(monkeypatch, manager, "report", id="libraries")
    august = date(2024, 8, 1)
    for metric, name in (("visits", "Visits to libraries"), ("loans", "Loans from libraries")):
        assert f"{name} {figures(files, metric, 'month')[august, None].value:,.0f}" in text
    city = [figures(files, metric, "month", "library")[august, "City"].value for metric in ("visits", "loans")]
    assert f"City {city[0]:,.0f} {city[1]:,.0f}" in text
    assert "Days from the end of a month to its figures Target met" in text


def test_a_month_with_blanks_says_how_much_they_could_change(
    monkeypatch: pytest.MonkeyPatch, manager: ViewerPortal, files: duckdb.DuckDBPyConnection
) -> None:
    text = read(monkeypatch, manager, "metric", id="visits", period="2013-07-01")
    july = figures(files, "visits", "month")[date(2013, 7, 1), None]
    assert f"{july.value:,.0f}. {july.in_doubt} of {july.records} records are in doubt" in text
    assert f"for certain it is between {july.low:,.0f} and {july.high:,.0f}" in text
    assert "A library that is open has a figure when the month is over" in text


def test_a_month_without_a_column_has_no_value_on_the_page_and_not_a_nought(
    monkeypatch: pytest.MonkeyPatch, manager: ViewerPortal
) -> None:
    text = read(monkeypatch, manager, "metric", id="enquiries", period="2020-06-01")
    assert "No value: no records are counted here." in text
    assert "Version 2 , 9 Apr 2018. Defined in a narrower way. Breaks the series" in text


def test_a_role_without_the_figures_is_refused_them(portal: Portal) -> None:
    visitor = portal.for_viewer(Viewer("visitor", "Visitor", ("visitor",)))
    assert visitor.reports() == ()
    for refused in (lambda: visitor.report("libraries"), lambda: visitor.ask(Query("visits"))):
        with pytest.raises(Refused):
            refused()
