"""Which metrics stand on which slide, and what its headline says of them."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.definitions.models import Report
from data_access.questions import Answer, Query, Verdict
from pages.parts import screen_slides, screen_words
from pages.parts.figures import Figure
from tests.pages.fake_definitions import CONTRACTS
from tests.pages.rows import metric, row, suppressed


def figure(verdict: Verdict | None, *, target: float | None = 70.0, assessed: bool = True) -> Figure:
    one = row(verdict=verdict, target=target)
    checked = True if assessed else ("issued_on",)
    answer = Answer(Query("x"), metric(), CONTRACTS["ehc_plans"], (one,), date(2026, 10, 31), checked, "", (), "1")
    return Figure(answer, one, None, (one,), "October 2026")


def report(*sections: str) -> Report:
    """A report with these sections, each the letters of its metrics."""
    parts = [{"title": f"Section {number}", "metrics": tuple(ids)} for number, ids in enumerate(sections, 1)]
    return Report(id="r", title="R", forum="F", owner="O", audience=("a",), sections=parts)


def slides(sections: tuple[str, ...], latest: bool = True, **verdicts: Verdict | None) -> list[tuple[str, str]]:
    """Headline and metrics of each slide; metrics of which nothing is said are met."""
    found = {id: figure(verdicts.get(id, "met")) for ids in sections for id in ids}
    made = screen_slides.of(report(*sections), found, latest=latest)
    return [(slide.headline, "".join(slide.metrics)) for slide in made]


def test_what_is_missed_or_cannot_be_told_comes_first_then_what_is_likely_missed_then_the_sections() -> None:
    assert slides(("abc", "def"), b="cannot_tell", d="likely_missed", e="missed", f="cannot_tell") == [
        ("One target is missed, two numbers cannot support a decision today", "ebf"),
        ("One target is likely missed", "d"),
        ("Section 1", "ac"),
    ]


def test_more_than_a_slide_holds_are_kept_apart_by_what_they_are() -> None:
    verdicts: dict[str, Verdict] = {"a": "missed", "b": "missed", "c": "missed", "d": "missed", "e": "cannot_tell"}
    assert slides(("abcde",), **verdicts) == [
        ("Four targets are missed", "ab"),
        ("Four targets are missed, continued", "cd"),
        ("One number cannot support a decision today", "e"),
    ]


def test_no_slide_has_more_than_three_metrics_and_none_is_lost_or_shown_twice() -> None:
    for count in range(1, 27):
        ids = "abcdefghijklmnopqrstuvwxyz"[:count]
        for verdict in ("met", "missed", "cannot_tell", "likely_missed", None):
            made = slides((ids,), **dict.fromkeys(ids, verdict))
            assert all(len(metrics) <= 3 for _, metrics in made)
            assert "".join(metrics for _, metrics in made) == ids


def test_of_an_earlier_period_nothing_is_said_of_today() -> None:
    assert slides(("a",), latest=False, a="cannot_tell")[0][0] == "One number cannot support a decision"


@pytest.mark.parametrize(
    ("verdicts", "headline", "sentences"),
    [
        (["met", "met"], "Both targets are met", []),
        (["met", "likely_met"], "Every target is met or likely met", ["One target is met, one target is likely met."]),
        (["met", None], "No number is known to miss its target",
         ["One target is met.", "For one number there is no target, or no verdict on it."]),
        ([None, None], "No number here can be judged against a target", []),
    ],
)  # fmt: skip
def test_where_nothing_is_missed_or_in_question_the_first_slide_says_no_more_than_is_known(
    verdicts: list[Verdict | None], headline: str, sentences: list[str]
) -> None:
    found = {id: figure(verdict) for id, verdict in zip("ab", verdicts, strict=True)}
    first, second = screen_slides.of(report("ab"), found, latest=True)
    assert (first.headline, first.metrics, list(first.sentences)) == (headline, (), sentences)
    assert second.metrics == ("a", "b")


@pytest.mark.parametrize("unknown", ["There are no records of that time.", figure("met", assessed=False)])
def test_all_is_not_well_where_a_figure_is_missing_or_not_assessed(unknown: Figure | str) -> None:
    first = screen_slides.of(report("ab"), {"a": figure("met"), "b": unknown}, latest=True)[0]
    assert first.headline == "No number is known to miss its target"


def test_a_number_without_a_target_does_not_spoil_that_every_target_is_met() -> None:
    found = {"a": figure("met"), "b": figure(None, target=None)}
    first = screen_slides.of(report("ab"), found, latest=True)[0]
    assert first.headline == "The one target is met"
    assert first.sentences == ("One number has no target.",)


def test_counts_are_words_up_to_nine() -> None:
    said = [screen_words.headline({"missed": count}, latest=True) for count in (1, 9, 10)]
    assert said == ["One target is missed", "Nine targets are missed", "10 targets are missed"]


# -- what a row says ---------------------------------------------------------------------------


def doubt(fix: bool = False, **changes: object) -> str:
    return screen_words.doubt(row(**changes), CONTRACTS["ehc_plans"], fix=fix)


def test_the_check_most_to_blame_is_named_with_what_to_change() -> None:
    said = "41 of 512 records are in doubt, 36 of them by the check “Every issued plan has an issue date”."
    assert doubt() == said
    fix = "To put right: Make the issue date a required field on the closing screen of the case system."
    assert doubt(fix=True) == f"{said} {fix}"


@pytest.mark.parametrize(
    ("in_doubt", "doubts", "said"),
    [
        (1, (("request_before_issue", 1),), "1 of 512 records is in doubt, by the check “The plan"),
        (5, (("request_before_issue", 5),), "5 of 512 records are in doubt, all by the check “The plan"),
        (5, (("gone_rule", 5),), "5 of 512 records are in doubt."),
        (5, (), "5 of 512 records are in doubt."),
        (0, (), "None of the 512 records is in doubt."),
    ],
)
def test_the_doubt_in_words(in_doubt: int, doubts: tuple[tuple[str, int], ...], said: str) -> None:
    assert doubt(in_doubt=in_doubt, doubts=doubts).startswith(said)


def test_a_withheld_figure_says_nothing_of_its_records() -> None:
    assert screen_words.doubt(suppressed(), CONTRACTS["ehc_plans"], fix=True) == ""


def test_the_ranges_in_words_keep_the_target_in_one_piece() -> None:
    assert screen_words.certain(row(), metric()) == "For certain 58.1 to 66.9%, target\N{NO-BREAK SPACE}70%"
    assert screen_words.certain(row(in_doubt=0), metric()) == "Target\N{NO-BREAK SPACE}70%"
    assert screen_words.certain(row(target=None), metric()) == "For certain 58.1 to 66.9%"
    assert screen_words.likely(row(), metric()) == "Likely 60.8 to 63.5%"
    assert screen_words.likely(row(likely_low=None, likely_high=None), metric()) == ""
