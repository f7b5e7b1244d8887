"""From a file of one's own to a governed report: the command, the start, the sign-in, the pages of the draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from data_access.definitions.load import load
from tests.browser_support import SignIn, assert_no_problem, assert_painted, settle
from tests.scaffold.commanding import rows
from tests.scaffold.conftest import FirstDraft
from tests.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
def test_the_first_person_signs_in_and_goes_from_home_to_the_report_to_a_metric(
    first_draft: FirstDraft, serving: Callable[..., Served], chromium: Browser
) -> None:
    configuration = load(first_draft.folder)
    [report] = configuration.reports.values()
    metric = configuration.metrics[report.metrics[0]]
    # Of the last whole month: the data end within the one after it, and nothing newer has come.
    last = sorted(Counter(record[1][3:] for record in rows()).items())[-2][1]
    served = serving(first_draft.folder)
    with SignIn(chromium, served.address) as sign_in:
        page = sign_in("administrator", password=first_draft.said.password)
        page.locator(f"a[href*='report?id={report.id}']").first.click()
        page.locator(f".st-key-metric-{metric.id}").wait_for()
        settle(page)
        assert_no_problem(page)
        assert assert_painted(page) >= len(report.metrics)
        page.locator(f".st-key-metric-{metric.id}").click()
        page.locator(".st-key-confidence-panel").wait_for()
        settle(page)
        assert_no_problem(page)
        assert page.locator(".st-key-range-text").inner_text() == f"{last}. None of the {last} records is in doubt."
