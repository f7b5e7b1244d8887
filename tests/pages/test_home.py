"""Home over the fake door: what needs attention, what is late, the search, the reports; and what fills in later."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages import session
from tests.pages.fake_portal import FakePortal
from tests.pages.test_pages_over_a_fake_door import html, run, text


def _home() -> None:
    from pages import home
    from tests.pages.fake_portal import FakePortal

    home.render(FakePortal())


def _waiting() -> None:
    from pages import home
    from tests.pages.fake_portal import FakePortal

    class Waiting(FakePortal):
        waiting = 4

    home.render(Waiting())


def _without_figures() -> None:
    from data_access.access.grant import Grant
    from data_access.access.viewer import Viewer
    from data_access.definitions.models import Role
    from data_access.questions import Overview
    from pages import home
    from tests.pages.fake_portal import FakePortal

    class Administrator(FakePortal):
        viewer = Viewer("administrator", "Alex", ("administrator",))
        grant = Grant(viewer, None, (Role(id="administrator", see=("administer",)),))

        def reports(self):
            return ()

        def overview(self, **_):
            return Overview((), ())

    home.render(Administrator())


def _without_data() -> None:
    from data_access.errors import WarehouseError
    from pages import home
    from tests.pages.fake_portal import FakePortal

    class Gone(FakePortal):
        def overview(self, **_):
            raise WarehouseError("The warehouse file is not there.", told="They are put back soon.")

    home.render(Gone())


@pytest.fixture(scope="module")
def home() -> AppTest:
    return run(_home)


def sections(test: AppTest) -> dict[str, str]:
    """The text of each group of the page, by its heading."""
    seen = html(test).split('<h3 class="pl-group">')[1:]
    return {part.split("<", 1)[0].strip(): part for part in seen}


def test_the_first_line_says_what_there_is_to_look_at_and_how_new_it_is(home: AppTest) -> None:
    seen = text(home)
    assert "target is missed" in seen or "targets are missed" in seen
    assert "Data to 31 Oct 2026." in seen


def test_groups_come_in_the_order_in_which_they_weigh(home: AppTest) -> None:
    assert [name for name in sections(home) if name in ORDER] == [name for name in ORDER if name in sections(home)]
    assert {"Target missed", "Not assessed"} <= set(sections(home))


ORDER = ("Target missed", "Likely missed", "Cannot tell", "Low confidence", "Not assessed", "No figure")


def test_every_metric_that_needs_attention_stands_in_one_group_with_its_reason_and_owner(home: AppTest) -> None:
    overview = FakePortal().overview(wait=True)
    needing = [one.metric.name for one in overview.standings if one.reasons]
    groups = " ".join(part for name, part in sections(home).items() if name in ORDER)
    names = groups.split('class="pl-stand-name">')[1:]
    assert sorted(name.split("<")[0].replace("&#39;", "'") for name in names if "owner" in name) == sorted(needing)


def test_what_is_late_names_the_due_date_whom_to_ask_and_the_records_awaited(home: AppTest) -> None:
    seen = text(home)
    assert "Data to 31 Aug 2026. The next were due on 10 Oct 2026, 21 days ago." in seen
    assert "Ask SEND Operations Manager" in seen
    assert "came late or not at all" in sections(home)["Figures that wait for records"]


def test_each_report_says_how_many_of_its_figures_need_attention(home: AppTest) -> None:
    overview = FakePortal().overview(wait=True)
    count = sum(bool(one.reasons) for one in overview.standings if "children" in one.reports)
    assert f"7 metrics {count} need attention" in text(home)


def test_a_search_shows_what_was_found_with_its_figure_and_is_cleared_again() -> None:
    test = run(_home, q="reviews")
    assert test.text_input[0].value == "reviews"
    found = html(test).split("1 result for “reviews”")[1].split('class="pl-group"')[0]
    assert "Annual reviews on time" in found
    assert "pl-stand-value" in found
    test.button(key="clear-search").click().run()
    assert "q" not in test.query_params
    assert "result for" not in html(test)


def test_what_is_typed_goes_into_the_address() -> None:
    test = run(_home)
    test.text_input[0].set_value("  plans issued ").run()
    assert test.query_params["q"] == "plans issued"
    assert "results for “plans issued”" in html(test)
    test.text_input[0].set_value("").run()
    assert "q" not in test.query_params


def test_a_search_without_results_names_the_nearest_or_says_what_to_do() -> None:
    assert "Nearest, for “reviews”:" in text(run(_home, q="reveiws"))
    nothing = text(run(_home, q="<b>xylophone</b>"))
    assert "Nothing found for “&lt;b&gt;xylophone&lt;/b&gt;”" in nothing
    assert "Only what is open to you is searched" in nothing


def test_a_withheld_figure_is_found_with_the_reason_and_without_a_number() -> None:
    found = html(run(_home, q="parents' request")).split('class="pl-group"')[0]
    assert "Not shown: it would tell of fewer than 5 people." in found
    assert "pl-stand-value" not in found


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What fills in by itself asks who is there; here it is the fake portal's person. Counts how often."""
    asked: list[int] = []

    def require(viewer: object) -> None:
        assert viewer == FakePortal.viewer
        asked.append(1)

    monkeypatch.setattr(session, "require", require)
    return asked


def test_while_figures_are_worked_out_the_page_says_how_many_are_ready(signed_in: list[int]) -> None:
    test = run(_waiting)
    assert "6 of 10 figures are ready" in text(test)
    assert signed_in
    counts = re.findall(r"(\d+) metrics (\w+)", text(test))
    assert counts == [
        ("7", "Information"),
        ("3", "How"),
    ]  # a report's own count comes when all of its figures are there


def test_what_waits_can_already_be_found(signed_in: list[int]) -> None:
    overview = FakePortal.overview
    waits = next(one for one in overview(_Four(), wait=False).standings if one.waiting)
    found = html(run(_waiting, q=waits.metric.name))
    assert "The figure is being worked out." in found
    assert signed_in


class _Four(FakePortal):
    waiting = 4


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    ("page", "said"), [(_without_figures, "users add NAME"), (_without_data, "They are put back soon")]
)
def test_somebody_without_figures_and_a_portal_without_data_have_a_page_too(
    page: Callable[[], None], said: str
) -> None:
    test = run(page)
    assert said in text(test) + " ".join(one.value for one in test.markdown)
    assert "pl-stand" not in html(test)
    assert not test.text_input


@pytest.mark.usefixtures("signed_in")
def test_reports_are_still_there_without_data() -> None:
    assert "2 reports are open to you" in text(run(_without_data))
