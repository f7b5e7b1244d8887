"""What the portal could and could not see of revisions, of a shift of rows that was put right, and of late figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.questions import Query
from data_access.viewer_portal import ViewerPortal
from tests.real.newcastle.conftest import CONFIGURATION
from tests.real.newcastle.months import bounds, in_month
from tests.real.scaffolding import over_the_tables

pytestmark = pytest.mark.real

SHIFTED = {  # library: what was published first for April 2017, what was put in its place two months later
    "Newbiggin Hall": (16, 6),
    "Newburn": (41, 16),
    "Outer West": (31, 41),
    "Walker": (49, 31),
    "West End": (29, 49),
}


def test_the_revised_and_withdrawn_figures_are_counted(operator: ViewerPortal) -> None:
    """Could see, with every publication loaded: 32 changes of 11,519 figures, 5 of them to a blank."""
    changed = {row.keys[0]: row.value for row in operator.ask(Query("figures_changed", by=("measure",))).rows}
    assert changed == {"enquiries": 14, "computer_use_pct": 16, "visits": 2}
    withdrawn = {row.keys[0]: row.value for row in operator.ask(Query("figures_withdrawn", by=("measure",))).rows}
    assert withdrawn == {"computer_use_pct": 5}
    (standing,) = operator.ask(Query("stands_as_published")).rows
    assert (standing.records, standing.in_doubt) == (11_519, 32)


def test_that_newburn_s_enquiries_changed_is_seen_but_not_by_how_much(operator: ViewerPortal) -> None:
    """Could see: two publications of October 2016 differ. Could not see: that 421 became 891.

    Counts and percentages stand in one column, so it is text, and a text cannot be calculated with.
    """
    question = Query(
        "stands_as_published",
        where=(("measure", ("enquiries",)), ("library", ("Newburn",))),
        start=date(2016, 10, 1),
        end=date(2016, 10, 31),
    )
    (row,) = operator.ask(question).rows
    assert (*bounds(row), row.records, row.in_doubt) == (0, 0, 100, 1, 1)
    _, contract = operator.metric("stands_as_published")
    assert "value" not in contract.columns or contract.columns["value"].type == "string"


@pytest.mark.parametrize("library", SHIFTED)
def test_a_row_shift_is_not_seen_until_it_is_corrected_and_then_doubted(operator: ViewerPortal, library: str) -> None:
    """Could not see at first: each figure is likely for some library, and which one it belongs to stands nowhere else.

    Could see later: the correction is a second publication of the same figure, and the range holds both.
    """
    wrong, right = SHIFTED[library]
    first = in_month(operator, "computer_use_first_published", date(2017, 4, 1), library)
    assert (*bounds(first), first.confidence) == (wrong, wrong, wrong, 100)
    later = in_month(operator, "computer_use_corrected", date(2017, 4, 1), library)
    assert (*bounds(later), later.in_doubt) == (right, min(wrong, right), max(wrong, right), 1)
    assert later.doubts == (("one_row", 1),)


def test_the_file_of_latest_figures_remembers_no_correction(operator: ViewerPortal) -> None:
    """Could not see: without the earlier publications a corrected figure is as certain as any other."""
    for library, (_, right) in SHIFTED.items():
        row = in_month(operator, "computer_use", date(2017, 4, 1), library)
        assert (*bounds(row), row.confidence) == (right, right, right, 100)


def test_the_days_to_publish_are_those_measured(operator: ViewerPortal) -> None:
    """Could see: the median of 53 to 57 days by measure, and in the pandemic 514 to 726."""
    typical = {row.keys[0]: row.value for row in operator.ask(Query("days_to_publish", by=("measure",))).rows}
    assert typical == {"visits": 55, "enquiries": 54, "computer_use_pct": 53, "issues": 57}
    each = operator.ask(Query("days_to_publish", by=("measure", "library"), over="month")).rows
    longest = {measure: max(row.value or 0 for row in each if row.keys[0] == measure) for measure in typical}
    assert longest == {"visits": 514, "enquiries": 708, "computer_use_pct": 514, "issues": 726}


def test_columns_made_ahead_for_months_to_come_hide_that_the_data_are_late(
    operator: ViewerPortal, draft: Path, tmp_path: Path
) -> None:
    """Could not see: that nothing came after August 2024. Could see: that open libraries have no figure since.

    Blank columns reach to March 2025. On that day the newest row is of March, so the visits do not count as late; only
    the check of due figures puts the month in doubt, entirely.
    """
    config = over_the_tables(draft, CONFIGURATION, tmp_path)
    settings = config / "portal.yaml"
    settings.write_text(settings.read_text().replace("today: 2024-09-06", "today: 2025-03-31"))
    (config / "roles.yaml").write_text("librarian: {pages: [home], datasets: [visits, figures], see: [exact_counts]}\n")
    for report in (config / "reports").iterdir():
        report.unlink()
    later = Portal.open(config).for_viewer(Viewer("librarian", "Librarian", ("librarian",)))
    assert [delivery.contract.id for delivery in later.overview(wait=True).late] == ["figures"]
    row = in_month(later, "visits", date(2025, 2, 1))
    assert (*bounds(row), row.records, row.in_doubt, row.confidence) == (0, 0, 12 * 120_000, 12, 12, 0)
    assert in_month(operator, "visits", date(2025, 2, 1)).records == 0  # not due yet on the day of the last publication
