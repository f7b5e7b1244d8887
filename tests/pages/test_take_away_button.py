"""The button stands by every table of figures, for those who may take it away, and offers just that table."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.questions import Query
from data_access.take_away.table import Part, Table
from pages.parts import take_away
from start import ROOT
from tests.pages.fake_portal import FakePortal

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
OFFERED: list[Table] = []
SWITCHED_OFF = {"disableDataExport": True}


class Offering(FakePortal):
    """A door whose viewer may take tables away."""

    def offer(self, table: Table) -> str:
        OFFERED.append(table)
        return f"offer {len(OFFERED)}"


@pytest.fixture(autouse=True)
def _gate(monkeypatch: pytest.MonkeyPatch) -> None:
    OFFERED.clear()
    gate = SimpleNamespace(cookie_name="plumbline-test")
    monkeypatch.setattr(take_away, "running", lambda: SimpleNamespace(gate=gate))


def _report() -> None:
    from pages import report
    from tests.pages.test_take_away_button import Offering

    report.render(Offering())


def _metric() -> None:
    from pages import metric
    from tests.pages.test_take_away_button import Offering

    metric.render(Offering())


def _report_without() -> None:
    from pages import report
    from tests.pages.fake_portal import FakePortal

    report.render(FakePortal())


def _metric_without() -> None:
    from pages import metric
    from tests.pages.fake_portal import FakePortal

    metric.render(FakePortal())


def run(page: Callable[[], None], **parameters: str | list[str]) -> list[dict[str, Any]]:
    """What each button of the page was given."""
    test = AppTest.from_function(page, default_timeout=30)
    for name, value in parameters.items():
        test.query_params[name.rstrip("_")] = value
    test.run()
    assert not test.exception, test.exception[0].message
    return [json.loads(element.proto.json) for element in test.get("bidi_component")]


def test_the_trend_and_the_breakdown_can_be_taken_away_as_charts_and_as_tables() -> None:
    name = "Plans issued within 20 weeks"
    for table in ([], ["trend", "breakdown"]):
        OFFERED.clear()
        buttons = run(_metric, id="plans_issued_within_20_weeks", table=table)
        assert [button["title"] for button in buttons] == [f"{name}, by month", f"{name} by District, October 2026"]
        assert [button["offer"] for button in buttons] == ["offer 1", "offer 2"]
        assert {button["address"] for button in buttons} == {"/take-away"}
        trend, breakdown = OFFERED
        metric = "plans_issued_within_20_weeks"
        rows = Query(metric, over="month", start=date(2024, 10, 1), end=OCTOBER[1])
        assert trend.parts == (Part(rows, Query(metric, start=OCTOBER[0], end=OCTOBER[1])),)
        by = Query(metric, by=("district",), start=OCTOBER[0], end=OCTOBER[1])
        assert breakdown.parts == (Part(by, Query(metric, start=OCTOBER[0], end=OCTOBER[1])),)
        assert (trend.report, breakdown.report) == ("children", "children")


def test_filters_own_dates_and_the_chosen_dimension_go_with_the_table() -> None:
    run(_metric, id="plans_issued_within_20_weeks", by="primary_need", primary_need=["ASD"], from_="2026-01-05",
        to="2026-06-30")  # fmt: skip
    trend, breakdown = OFFERED
    span = {"start": date(2026, 1, 5), "end": date(2026, 6, 30), "where": (("primary_need", ("ASD",)),)}
    whole = Query("plans_issued_within_20_weeks", **span)
    assert trend.parts == (Part(Query("plans_issued_within_20_weeks", over="month", **span), whole),)
    assert breakdown.parts == (Part(Query("plans_issued_within_20_weeks", by=("primary_need",), **span), whole),)


def test_a_sections_table_is_taken_away_with_every_metric_that_is_in_it() -> None:
    [button] = run(_report, id="children", primary_need="ASD")
    assert button["title"] == "Education, health and care plans, by district"
    [table] = OFFERED
    metrics = ["plans_issued_within_20_weeks", "plans_without_exceptions", "reviews_on_time"]
    assert [part.rows.metric for part in table.parts] == metrics
    assert all(part.rows.where == (("primary_need", ("ASD",)),) for part in table.parts)
    assert all(part.rows.by == ("district",) and part.figure.by == () for part in table.parts)
    assert table.parts[2].rows.start == date(2026, 7, 1), "a quarterly metric has its own period"
    assert table.report == "children"


def test_without_the_right_there_is_no_button() -> None:
    assert run(_report_without, id="children") == []
    assert run(_metric_without, id="plans_issued_within_20_weeks") == []


def test_the_tables_own_download_stays_off_and_no_page_has_another() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["client"] | SWITCHED_OFF == settings["client"]
    others = re.compile(r"st\.(?:dataframe|data_editor|download_button)\b")
    files = [file for file in (ROOT / "pages").glob("**/*.py") if others.search(file.read_text(encoding="utf-8"))]
    assert files == []
