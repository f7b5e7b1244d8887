"""The button in a browser: the files arrive and are right; without a session there are none, said in words."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.questions import Query, Row
from tests.browser_support import SignIn, assert_axe_clean, settle
from tests.serving import Served
from tests.sign_in.looking import sign_out, wait_for_keys

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Page

    from data_access.viewer_portal import ViewerPortal

pytestmark = pytest.mark.browser
REPORT, METRIC, TENDRING = "children-and-education", "ehcp_within_20_weeks", "E07000076"
BUTTON, SAID = ".pl-take-away", ".pl-take-away-said"


@pytest.fixture(scope="module")
def door(served: Served) -> Iterator[ViewerPortal]:
    portal = Portal.open(served.config)
    yield portal.for_viewer(Viewer("analyst", "Analyst", ("analyst",)))
    portal.state.close()


def taken(page: Page, place: str, *, by_keyboard: bool = False) -> tuple[str, list[dict[str, str]], dict[str, object]]:
    """Presses the button in the place: the name of the files, the rows and the description."""
    button = page.locator(f"{place} {BUTTON}")
    with page.expect_download() as download:
        if by_keyboard:
            button.focus()
            page.keyboard.press("Enter")
        else:
            button.click()
    archive = zipfile.ZipFile(download.value.path())
    rows, description = (archive.read(name) for name in archive.namelist())
    return (
        download.value.suggested_filename,
        list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig")))),
        json.loads(description),
    )


def values(rows: tuple[Row, ...]) -> list[float | None]:
    return [row.value for row in rows]


def test_tables_are_downloaded_with_what_the_page_shows_until_the_session_ends(
    page_as: SignIn, door: ViewerPortal
) -> None:
    page = page_as("analyst", f"/metric?id={METRIC}&report={REPORT}&district={TENDRING}&table=breakdown")
    where = (("district", (TENDRING,)),)
    name, rows, description = taken(page, ".st-key-trend-chart")
    assert name.startswith(f"{METRIC}-by-month-")
    assert name.endswith("-2026-10-31.zip")
    trend = door.trend(METRIC, where=where, report=REPORT)
    assert trend
    assert [float(row["value"]) for row in rows] == values(trend.answer.rows)
    assert description["dc:publisher"] == "Essex County Council"
    assert page.locator(f".st-key-trend-chart {SAID}").inner_text() == f"{name} is in your downloads."

    _, rows, _ = taken(page, ".st-key-breakdown", by_keyboard=True)
    by_district = Query(METRIC, by=("district",), where=where, start=trend.period.start, end=trend.period.end)
    assert [float(row["value"]) for row in rows] == values(door.ask(by_district, report=REPORT).rows)
    assert [row["district_name"] for row in rows] == ["Tendring"]

    for button in page.locator(BUTTON).all():
        box = button.bounding_box()
        assert box
        assert min(box["height"], box["width"]) >= 24
    names = [button.text_content() for button in page.locator(BUTTON).all()]
    assert len(set(names)) == len(names) == 2
    assert page.get_by_role("button", name="Download", exact=True).count() == 0
    assert_axe_clean(page)

    page.goto(f"{page_as.address}/report?id={REPORT}")
    settle(page)
    name, rows, _ = taken(page, ".st-key-section-0")
    assert name.startswith(f"{REPORT}-")
    assert {row["metric"] for row in rows} >= {METRIC, "ehcp_issued"}

    wait_for_keys(page)
    other = page.context.new_page()
    other.goto(page_as.address)
    settle(other)
    sign_out(other)
    asked = page.locator(f".st-key-section-0 {BUTTON}")
    asked.click()
    said = page.locator(f".st-key-section-0 {SAID}")
    said.filter(has_text="You are signed out here. Load the page again and sign in.").wait_for()
    assert asked.get_attribute("aria-disabled") is None


def test_the_address_behind_the_button_gives_strangers_nothing(stranger: APIRequestContext, served: Served) -> None:
    address = served.url("/take-away")
    ours = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    for headers, expected in ((ours, 403), (ours | {"Sec-Fetch-Site": "cross-site"}, 400), ({}, 400)):
        answer = stranger.post(address, headers=headers, data=json.dumps({"browser": "x", "offer": "y"}))
        assert answer.status == expected
        assert answer.headers["cache-control"] == "no-store"
        assert set(answer.json()) == {"title", "message"}
    assert stranger.post(address, headers=ours, data="x" * 300_000).status == 400
    assert stranger.get(address).headers["content-type"].startswith("text/html")  # no page of its own
