"""Home, report and metric over a stand-in for the door: every odd case is drawn in words, nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.fake_definitions import METRICS


def _home() -> None:
    from pages import home
    from tests.pages.fake_portal import FakePortal

    home.render(FakePortal())


def _report() -> None:
    from pages import report
    from tests.pages.fake_portal import FakePortal

    report.render(FakePortal())


def _metric() -> None:
    from pages import metric
    from tests.pages.fake_portal import FakePortal

    metric.render(FakePortal())


def run(page: Callable[[], None], **parameters: str | list[str]) -> AppTest:
    test = AppTest.from_function(page, default_timeout=30)
    for name, value in parameters.items():
        test.query_params[name.rstrip("_")] = value
    test.run()
    assert not test.exception, test.exception[0].message
    return test


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def text(test: AppTest) -> str:
    """What a reader sees of the page's own HTML, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(test)))


def test_home_lists_the_reports_with_forum_owner_and_number_of_metrics() -> None:
    seen = text(run(_home))
    assert "2 reports are open to you" in seen
    assert "Children &amp; Education forum owner Director of Education" in seen
    assert "7 metrics" in seen


def test_a_report_has_a_card_for_each_of_its_metrics() -> None:
    test = run(_report, id="children")
    assert test.title[0].value == "Children and education"
    assert html(test).count('class="pl-card"') == 7
    assert "data to 31 Oct 2026" in text(test)


def test_a_suppressed_card_gives_the_reason_and_no_number() -> None:
    cards = html(run(_report, id="children")).split('class="pl-card"')
    [card] = [card for card in cards if "Plans ended at the parents" in card]
    assert "Not shown: it would tell of fewer than 5 people." in card
    assert "pl-value" not in card
    assert "Confidence" not in card


def test_a_card_says_which_filters_and_which_period_it_does_not_follow() -> None:
    cards = html(run(_report, id="children", primary_need="ASD")).split('class="pl-card"')
    ignoring = [card for card in cards if "Not recorded by primary need: this is the figure for all." in card]
    assert ["Re-referrals" in card for card in ignoring] == [True]
    [quarterly] = [card for card in cards if "Annual reviews on time" in card and "<h3>" in card][:1]
    assert "Figure for Jul–Sep 2026." in quarterly


def test_a_metric_that_is_not_assessed_shows_no_range_and_no_confidence() -> None:
    seen = text(run(_metric, id="requests_not_assessed"))
    assert "is not assessed: no check looks at Received on and Decision." in seen
    assert "of every 100 records are beyond doubt" not in seen


@pytest.mark.parametrize("metric", sorted(METRICS))
@pytest.mark.parametrize("table", [[], ["trend", "breakdown"]])
def test_every_metric_can_be_drawn_as_charts_and_as_tables(metric: str, table: list[str]) -> None:
    test = run(_metric, id=metric, table=table) if table else run(_metric, id=metric)
    assert test.title[0].value == METRICS[metric].name
    assert html(test).count("<table") == len(table)


@pytest.mark.parametrize(
    "parameters",
    [
        {"district": "Narnia"},
        {"distrct": "E07000066"},
        {"period": "soon"},
        {"from_": "2026-09-01", "to": "2026-08-01"},
        {"table": "map"},
    ],
)
@pytest.mark.parametrize(("page", "id"), [(_report, "children"), (_metric, "plans_issued_within_20_weeks")])
def test_no_figure_is_shown_while_something_in_the_address_cannot_be_applied(page, id, parameters) -> None:
    test = run(page, id=id, **parameters)
    assert next(iter(parameters.values())) in test.warning[0].value.replace("\\", "")
    assert "pl-value" not in html(test)
    assert "pl-headline" not in html(test)
    test.button(key="dismiss-unusable").click().run()
    assert not test.warning
    assert "pl-value" in html(test) or "pl-headline" in html(test)


def test_dismissing_keeps_what_could_be_applied() -> None:
    test = run(_report, id="children", district=["E07000066", "Narnia"])
    test.button(key="dismiss-unusable").click().run()
    assert test.query_params["district"] == "E07000066"


def test_picking_a_period_writes_it_to_the_address_and_latest_takes_it_out() -> None:
    test = run(_report, id="children")
    before = text(test)
    test.selectbox[0].select("2026-08-01").run()
    assert test.query_params["period"] == "2026-08-01"
    assert text(test) != before
    test.selectbox[0].select("latest").run()
    assert "period" not in test.query_params
    assert text(test) == before


def test_picking_a_value_asks_every_metric_for_that_slice() -> None:
    test = run(_metric, id="plans_issued_within_20_weeks")
    before = text(test)
    test.get("button_group")[0].set_value(["E07000066"]).run()
    assert test.query_params["district"] == "E07000066"
    assert "District: Basildon" in text(test)
    assert text(test) != before


def test_own_dates_give_one_figure_for_the_span() -> None:
    seen = text(run(_metric, id="plans_issued_within_20_weeks", from_="2026-04-01", to="2026-09-30"))
    assert "1 Apr to 30 Sep 2026" in seen


def test_what_comes_from_the_configuration_is_escaped() -> None:
    def page() -> None:
        from data_access.definitions.models import Report, Section
        from pages.parts import report_list

        report_list.draw(
            [
                Report(
                    id="x",
                    title="<b>T</b>",
                    forum="<img>",
                    owner="O",
                    audience=(),
                    sections=(Section(title="S", metrics=("m",)),),
                )
            ]
        )

    body = html(run(page))
    assert "&lt;b&gt;T&lt;/b&gt;" in body
    assert "<img>" not in body
