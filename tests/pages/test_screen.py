"""A report on a shared screen, over a stand-in for the door: slides, their order, the address, what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages import session
from tests.pages.fake_definitions import DISTRICTS
from tests.pages.test_pages_over_a_fake_door import run


def _report() -> None:
    from pages import report
    from tests.pages.fake_portal import FakePortal

    report.render(FakePortal())


def _board() -> None:
    from pages import report
    from tests.pages.fake_portal import FakePortal

    class BoardsPortal(FakePortal):
        def opens_on_shared_screen(self, _report: object) -> bool:
            return True

    report.render(BoardsPortal())


def _narrowed() -> None:
    from pages import report
    from tests.pages.fake_portal import FakePortal

    class Narrowed(FakePortal):
        def hidden(self, _contract: object) -> dict[str, str]:
            return {"child_name": "The column 'Name' is personal."}

    class Whole(FakePortal):
        def on_shared_screen(self) -> Narrowed:
            return Narrowed()

    report.render(Whole())


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timed check finds the person whose page it is; without a session it would run the page again for ever."""
    monkeypatch.setattr(session, "require", lambda _viewer: None)


def html(test: AppTest) -> str:
    return "\n".join(one.proto.body for one in test.get("html") if not one.proto.body.startswith("<style>"))


def text(test: AppTest) -> str:
    """What a reader sees of the page's own HTML, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(test)))


def headline(test: AppTest) -> str:
    return html(test).split("<h1>")[1].split("</h1>")[0]


def names(test: AppTest) -> list[str]:
    return [part.split("</h2>")[0] for part in html(test).split("<h2>")[1:]]


def all_slides(page: Callable[[], None] = _report, **parameters: str) -> list[AppTest]:
    first = run(page, screen="1", **parameters)
    count = int(text(first).split(" 1 of ")[1].split()[0])
    return [first, *(run(page, screen="1", slide=str(number), **parameters) for number in range(2, count + 1))]


def test_the_slides_show_every_metric_once_and_what_needs_attention_first() -> None:
    slides = all_slides(id="children")
    shown = [name for slide in slides for name in names(slide)]
    assert len(shown) == len(set(shown)) == 7
    assert "missed" in headline(slides[0]) or "cannot support" in headline(slides[0])
    verdicts = [text(slide) for slide in slides]
    first = [number for number, seen in enumerate(verdicts) if "Target missed" in seen or "Cannot tell" in seen]
    assert first == list(range(len(first)))
    assert headline(slides[-1]).startswith("Activity")


def test_a_slide_names_report_forum_period_data_date_and_place() -> None:
    seen = text(run(_report, id="children", screen="1"))
    head = "Children and education · Children &amp; Education forum · October 2026 · data to 31 Oct 2026 1 of 3"
    assert head in seen


def test_filters_hold_on_every_slide_and_are_named() -> None:
    whole, part = (run(_report, id="children", screen="1", **more) for more in ({}, {"district": "E07000066"}))
    assert "· District: Basildon" in text(part)
    assert "today" not in text(run(_report, id="children", screen="1", period="2026-08-01"))
    assert text(whole) != text(part)
    many = run(_report, id="children", screen="1", district=list(DISTRICTS)[:5])
    assert "· District: 5 of 13 chosen" in text(many)


def test_buttons_lead_to_the_slides_that_they_name_and_to_the_page_itself() -> None:
    test = run(_report, id="children", screen="1")
    assert not [button for button in test.button if button.key == "screen-previous"]
    name = test.button(key="screen-next").label
    test.button(key="screen-next").click().run()
    assert test.query_params["slide"] == "2"
    assert f"{headline(test)} →" == name.replace("\\", "")
    test.button(key="screen-previous").click().run()
    assert "slide" not in test.query_params
    test.button(key="screen-leave").click().run()
    assert test.query_params["screen"] == "0"
    assert test.title[0].value == "Children and education"
    assert 'class="pl-card"' in html(test)


def test_the_last_slide_leads_nowhere_further() -> None:
    last = all_slides(id="children")[-1]
    assert [button.key for button in last.button] == ["screen-previous", "screen-leave"]


@pytest.mark.parametrize("slide", ["99", "two"])
def test_a_slide_that_is_not_there_is_named_and_no_figure_is_shown(slide: str) -> None:
    test = run(_report, id="children", screen="1", slide=slide)
    assert "slide" in test.warning[0].value
    assert "it is not one of the 3 slides" in test.warning[0].value
    assert "pl-slide-figure" not in html(test)
    test.button(key="dismiss-unusable").click().run()
    assert not test.warning
    assert "1 of 3" in text(test)


def test_what_cannot_be_applied_is_named_without_its_value() -> None:
    """A mistyped filter may hold somebody's number, and a room reads what the screen says."""
    test = run(_narrowed, id="children", screen="1", child_name="Sam Smith", distrct="9434765012")
    said = test.warning[0].value.replace("\\", "")
    assert "child_name**: The column 'Name' is personal." in said
    assert "distrct**: this page has no such filter" in said
    assert "Sam Smith" not in said
    assert "9434765012" not in said
    assert "pl-slide-figure" not in html(test)


def test_a_screen_that_is_neither_0_nor_1_is_named() -> None:
    test = run(_report, id="children", screen="banana")
    assert "screen = banana" in test.warning[0].value
    assert "pl-value" not in html(test)
    board = run(_board, id="children", screen="banana")
    assert "screen" in board.warning[0].value
    assert "pl-slide-figure" not in html(board)


def test_a_slide_without_a_shared_screen_is_named() -> None:
    assert "only a shared screen has slides" in run(_report, id="children", slide="2").warning[0].value


def test_a_boards_report_opens_on_a_shared_screen_unless_the_address_says_otherwise() -> None:
    assert "pl-slide" in html(run(_board, id="children"))
    assert "pl-slide" not in html(run(_board, id="children", screen="0"))
    assert "pl-slide" not in html(run(_report, id="children"))


def test_moving_on_says_in_the_address_that_it_is_a_shared_screen() -> None:
    """Else the link would be another page for somebody whose reports do not open so."""
    test = run(_board, id="children")
    test.button(key="screen-next").click().run()
    assert test.query_params["screen"] == "1"


def test_the_pages_own_report_offers_the_shared_screen_with_its_filters() -> None:
    test = run(_report, id="children", district="E07000066")
    [link] = [link for link in test.get("page_link") if link.proto.label == "Shared screen"]
    assert link.proto.query_string == "id=children&screen=1&district=E07000066"


def test_nothing_on_a_slide_leads_to_another_page_or_names_a_person() -> None:
    for slide in all_slides(id="children"):
        assert not slide.get("page_link")
        assert "<a " not in html(slide)
        seen = text(slide)
        assert [name for name in ("Morgan", "manager", "Director of Education", "@") if name in seen] == []


def test_each_row_has_a_graphic_with_its_words_and_a_verdict_by_more_than_colour() -> None:
    seen = "".join(html(slide) for slide in all_slides(id="children"))
    graphics, figures = seen.count('<img src="data:image/svg+xml'), seen.count("pl-slide-figure")
    assert graphics == figures > 3
    assert seen.count('alt="Value ') == graphics
    for verdict in seen.split('class="pl-verdict ')[1:]:
        certain = "Target met" in verdict[:200] or "Target missed" in verdict[:200]
        assert ("pl-uncertain" in verdict[:60]) is not certain


def test_odd_cases_are_told_in_words() -> None:
    seen = " ".join(text(slide) for slide in all_slides(id="children"))
    assert "Not shown: it would tell of fewer than 5 people." in seen
    assert "No records are counted here." in seen
    assert "Figure for Jul–Sep 2026." in seen
    other = " ".join(text(slide) for slide in all_slides(id="information"))
    assert "is not assessed: no check looks at Received on and Decision." in other
