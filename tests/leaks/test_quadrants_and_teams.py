"""Row rules at work: what a quadrant's or a team's staff are shown does not depend on anybody else's records.

The demonstration is put beside a second world in which every other quadrant's (team's) records say something else, or
are gone. Whatever the limited viewer asks, opens, follows or runs must come out the same in both, to the ninth digit.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from data_access.access import passwords, people_file
from data_access.access.person import Person
from data_access.access.viewer import OPERATOR, Viewer
from data_access.cli.main import main
from data_access.portal import Portal
from data_access.questions import Fact, Query, Row
from data_access.viewer_portal import ViewerPortal
from data_access.warehouse.duckdb_engine import LOOK_EVERY
from tests.browser_support import SignIn, fill_in, settle
from tests.conftest import copy_config
from tests.serving import Served, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "one plumb line for all"
# role, the column of its row rule, the person's value
PEOPLE = {
    "ann": ("team_staff", "team", "NE1"),
    "cat": ("staff", "quadrant", "North East"),
    "dan": ("staff", "quadrant", "Mid"),
}
# How others' records are made to say something else: dates move, outcomes turn round.
CHANGED = {
    "ehc_plans": "requested_on = requested_on - 40, issued_on = issued_on + 1, exception = NOT exception",
    "childrens_assessments": "completed_on = completed_on - 7, working_days = working_days + 9",
}


def person(username: str, password_hash: str = "") -> Person:
    role, attribute, value = PEOPLE[username]
    return Person(username, username.title(), "", password_hash, (role,), ((attribute, (value,)),))


def viewer(username: str) -> Viewer:
    return person(username).viewer()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, demonstration_warehouse: Path) -> Path:
    """The folder of a demonstration of this module's own, with one of the limited people and a manager of all teams.

    The manager has no other reports and nobody else may sign in, for a served portal works out all that they may see.
    """
    folder = tmp_path_factory.mktemp("world") / "config"
    copy_config(folder)
    (folder / "users.yaml").write_text("demonstration: false\n", encoding="utf-8")
    with (folder / "roles.yaml").open("a", encoding="utf-8") as roles:
        roles.write("all_teams: {pages: [home, report, metric], reports: [send-quadrant], datasets: [ehc_plans],\n")
        roles.write("            see: [exact_counts, export]}\n")
    report = folder / "reports" / "send-quadrant.yaml"
    report.write_text(report.read_text(encoding="utf-8").replace("audience: [", "audience: [all_teams, "), "utf-8")
    password_hash = passwords.hashed(PASSWORD)
    people_file.put(folder, person("ann", password_hash))
    people_file.put(folder, Person("manager", "Manager", "", password_hash, ("all_teams",)))
    (folder.parent / "state").mkdir()
    os.link(demonstration_warehouse, folder.parent / "state" / "demo.duckdb")
    return folder


@pytest.fixture(scope="module")
def other_worlds(tmp_path_factory: pytest.TempPathFactory, demonstration_warehouse: Path) -> dict[str, Path]:
    """For each person a warehouse in which only the records of their own, or of nobody, are as they were."""
    return {
        username: changed(demonstration_warehouse, column, value, tmp_path_factory.mktemp(username) / "demo.duckdb")
        for username, (_, column, value) in PEOPLE.items()
    }


def changed(file: Path, column: str, value: str, to: Path) -> Path:
    """A copy of the warehouse in which the other records are changed, and every fifth is gone."""
    shutil.copy(file, to)
    with duckdb.connect(str(to)) as connection:
        for table, say in CHANGED.items():
            if column in {name for (name, *_) in connection.execute(f"DESCRIBE {table}").fetchall()}:
                # The data date and the first period are the dataset's, not anybody's records: they stay.
                others = f"{column} <> '{value}' AND recorded_at < (SELECT max(recorded_at) FROM {table})"
                connection.execute(f"DELETE FROM {table} WHERE {others} AND rowid > 2000 AND rowid % 5 = 3")
                connection.execute(f"UPDATE {table} SET {say} WHERE {others} AND rowid > 2000")
    return to


def put(warehouse: Path, folder: Path) -> None:
    """Puts the file in place of the folder's warehouse, as a loader must."""
    new = folder.parent / "state" / "demo.new"
    shutil.copy(warehouse, new)
    new.replace(folder.parent / "state" / "demo.duckdb")


@pytest.fixture
def in_both(
    world: Path, demonstration_warehouse: Path, other_worlds: dict[str, Path], tmp_path: Path
) -> Iterator[Callable[[str], tuple[Portal, Portal]]]:
    """For a person, a portal over the world as it is and one over that in which all other records differ."""
    opened: list[Portal] = []

    def portals(username: str) -> tuple[Portal, Portal]:
        for warehouse in (demonstration_warehouse, other_worlds[username]):
            folder = tmp_path / str(len(opened)) / "config"
            shutil.copytree(world, folder)
            (folder.parent / "state").mkdir()
            put(warehouse, folder)
            opened.append(Portal.open(folder))
        return opened[-2], opened[-1]

    yield portals
    for portal in opened:
        portal.state.close()


def limited(door: ViewerPortal) -> Iterator[tuple[str, str | None]]:
    """Every metric, with the report if it is asked for one, for which a row rule holds for this person."""
    configuration = door.grant.configuration
    for metric in configuration.metrics.values():
        if door.grant.metric(metric).limits:
            yield metric.id, None
        for report in configuration.reports.values():
            open_to_them = metric.id in report.metrics and door.grant.report(report).allowed
            if open_to_them and door.grant.scope_in(report, metric).limits:
                yield metric.id, report.id


def everything(door: ViewerPortal) -> dict[object, object]:
    """All that the person can get out of the metrics that are limited for them, under what was asked."""
    found: dict[object, object] = {}
    for id, report in limited(door):
        metric, contract = door.metric(id)
        questions = [Query(id), Query(id, over=metric.grain)]
        for dimension in metric.dimensions:
            found[id, report, dimension] = door.choices(id, dimension, report)
            questions.append(Query(id, by=(dimension,)))
            codes = contract.columns[dimension].values  # others' as well: somebody may write them into a link
            questions += [Query(id, where=((dimension, (code,)),)) for code in codes]
        for query in questions:
            answer = door.ask(query, report=report)
            found[query, report] = ([figures(row) for row in answer.rows], answer.as_of, answer.notes)
    return found


def figures(row: Row) -> list[object]:
    """All of a row; sums in another order differ in the last of their sixteen digits."""
    parts = [*vars(row).values(), *(vars(row.fact).values() if row.fact else ())]
    return [round(part, 9) if isinstance(part, float) else part for part in parts if not isinstance(part, Fact)]


@pytest.mark.parametrize("username", PEOPLE)
def test_no_question_is_answered_from_anybody_elses_records(
    in_both: Callable[[str], tuple[Portal, Portal]], username: str
) -> None:
    here, there = (everything(portal.for_viewer(viewer(username))) for portal in in_both(username))
    assert len(here) > 100
    assert [question for question in here if here[question] != there[question]] == []


def test_the_two_worlds_do_differ_for_whoever_sees_all_records(
    in_both: Callable[[str], tuple[Portal, Portal]],
) -> None:
    query = Query("ehcp_within_20_weeks", over="year")
    for username in PEOPLE:
        here, there = (portal.for_viewer(OPERATOR).ask(query).rows for portal in in_both(username))
        assert here != there


@pytest.mark.parametrize("username", ["ann", "dan"])
def test_the_command_prints_the_same_for_a_person_whatever_others_records_say(
    world: Path,
    demonstration_warehouse: Path,
    other_worlds: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    username: str,
) -> None:
    asked = ("metric", "ehc_decisions_in_6_weeks", "--over", "quarter", "--by", "team", "--json")
    folder = tmp_path / "config"
    shutil.copytree(world, folder)
    (folder.parent / "state").mkdir()
    people_file.put(folder, person(username, passwords.hashed(PASSWORD)))
    printed = {}
    for name, warehouse in {"here": demonstration_warehouse, "there": other_worlds[username]}.items():
        put(warehouse, folder)
        for who in (username, "manager"):
            assert main(["--config", str(folder), *asked, "--as", who]) == 0
            printed[name, who] = capsys.readouterr().out
    assert printed["here", username] == printed["there", username]
    assert printed["here", "manager"] != printed["there", "manager"]


ADDRESSES = (
    "/",
    "/?q=plans",
    "/report?id=send-quadrant",
    "/report?id=send-quadrant&screen=1",
    "/report?id=send-quadrant&team=SO2",
    "/metric?id=ehcp_issued&report=send-quadrant",
    "/metric?id=ehc_decisions_in_6_weeks&by=team&table=breakdown&table=trend",
    "/metric?id=ehc_decisions_in_6_weeks&quadrant=Mid&team=MI1",
    "/metric?id=assessments_completed",
    "/quality",
)
COUNTY = ("/report?id=send-quadrant", "/metric?id=ehcp_issued&report=send-quadrant")


@pytest.mark.browser
def test_no_page_or_link_shows_a_team_anything_of_anothers_also_after_a_manager_has_looked(
    chromium: Browser, world: Path, demonstration_warehouse: Path, other_worlds: dict[str, Path], tmp_path: Path
) -> None:
    put(demonstration_warehouse, world)
    with serve(world, tmp_path / "portal.log") as served, SignIn(chromium, served.address) as sign_in:
        ann, manager = (sign_in(name, COUNTY[0], password=PASSWORD) for name in ("ann", "manager"))
        before = seen(manager, served, COUNTY), seen(ann, served, ADDRESSES)
        put(other_worlds["ann"], world)
        time.sleep(LOOK_EVERY)  # for so long the portal believes what it last saw
        after = seen(manager, served, COUNTY), seen(ann, served, ADDRESSES)
    assert before[1] == after[1]
    assert "SEND team: North East 1" in before[1]["/report?id=send-quadrant"]
    assert all(before[0][path] != after[0][path] for path in COUNTY), "the second world was not there yet"


def seen(page: Page, served: Served, paths: Sequence[str]) -> dict[str, str]:
    """What the addresses show, alternative texts of graphics included."""
    found = {}
    for path in paths:
        page.goto(served.url(path))
        page.locator("h1").first.wait_for()
        settle(page)
        fill_in(page)
        texts = [image.get_attribute("alt") or "" for image in page.locator("main img, [data-testid=stMain] img").all()]
        found[path] = "\n".join([page.locator("[data-testid=stApp]").inner_text(), *texts])
    return found
