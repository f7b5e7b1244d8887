"""A table that is taken away tells no more than ``ask`` does, and goes only to who may have it now."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.access.viewer import Viewer
from data_access.errors import PlumblineError, QuestionError, Refused, StateError, WarehouseError
from data_access.portal import Portal
from data_access.questions import Query
from data_access.take_away.table import Part, Table, TakenAway
from data_access.viewer_portal import ViewerPortal
from data_access.warehouse import duckdb_engine
from tests.leaks.conftest import door
from tests.leaks.test_audit import entries

BY_AREA = Query("children_seen", by=("area",))
JANUARY = replace(BY_AREA, start=date(2026, 1, 1), end=date(2026, 1, 31))
FIGURES = ("value", "low", "high", "likely_low", "likely_high", "confidence", "records", "in_doubt", "target",
           "verdict", "complete", "accurate", "timely")  # fmt: skip
ROLES = """
exporter: {pages: [home], reports: [county, own], datasets: [children], see: [exact_counts, export]}
taker: {pages: [home], datasets: [children], see: [export]}
own_taker: {pages: [home], reports: [own], datasets: [children], rows: {area: area}, see: [export]}
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    """The small portal, with roles that may take tables away."""
    with (folder / "roles.yaml").open("a", encoding="utf-8") as roles:
        roles.write(ROLES)
    for report in ("county", "own"):
        file = folder / "reports" / f"{report}.yaml"
        file.write_text(file.read_text().replace("audience: [manager,", "audience: [manager, exporter, own_taker,"))
    return folder


def table(*queries: Query, report: str | None = None) -> Table:
    parts = tuple(Part(query, replace(query, by=(), over=None)) for query in queries)
    return Table("a-table", "A table", parts, report)


def taken(portal: ViewerPortal, *queries: Query, report: str | None = None) -> TakenAway:
    offer = portal.offer(table(*queries, report=report))
    assert offer is not None
    return portal.take_away(offer)


def opened(files: TakenAway) -> tuple[list[dict[str, str]], str]:
    """The rows, and the description as text."""
    archive = zipfile.ZipFile(io.BytesIO(files.content))
    rows, description = (archive.read(name) for name in archive.namelist())
    return list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig")))), description.decode()


def as_now(portal: Portal, username: str, *roles: str) -> ViewerPortal:
    return portal.for_viewer(Viewer(username, username.title(), roles))


def test_without_the_right_no_table_is_offered(portal: Portal) -> None:
    assert door(portal, "careful").offer(table(BY_AREA)) is None
    assert door(portal, "exporter").on_shared_screen().offer(table(BY_AREA)) is None


def test_a_right_taken_away_after_the_page_was_drawn_is_refused_with_the_reason_and_recorded(portal: Portal) -> None:
    offer = as_now(portal, "jo", "exporter").offer(table(BY_AREA))
    assert offer is not None
    for now, reason in ((("manager",), "do not include the right 'export'"), (("outsider",), "export"), ((), "export")):
        with pytest.raises(Refused, match=reason):
            as_now(portal, "jo", *now).take_away(offer)
        refused = entries(portal)[-1]
        assert (refused.username, refused.action, refused.subject, refused.allowed) == (
            "jo", "take away", "children_seen", False,
        )  # fmt: skip
        assert "export" in refused.reason
        assert refused.detail["questions"] == [{"metric": "children_seen", "by": ["area"]}]


def test_a_dataset_or_report_closed_after_the_page_was_drawn_is_refused(portal: Portal) -> None:
    jo = as_now(portal, "jo", "exporter")
    offers = jo.offer(table(BY_AREA)), jo.offer(table(Query("seen_in_time"), report="county"))
    for offer in offers:
        assert jo.take_away(offer).rows
        with pytest.raises(Refused):
            portal.for_viewer(replace(jo.viewer, roles=("own_taker",))).take_away(offer)


def test_an_offer_is_good_for_nobody_else_and_only_as_it_is(portal: Portal) -> None:
    offer = as_now(portal, "jo", "exporter").offer(table(BY_AREA))
    more = as_now(portal, "jo", "exporter").offer(table(replace(BY_AREA, by=("id",))))
    seal, body = offer.split(".")
    wrong = [(("ann", "exporter"), offer)]
    wrong += [
        (("jo", "exporter"), made_up)
        for made_up in (
            f"{seal}.{more.split('.')[1]}",
            f"{seal}.",
            body,
            "",
            ".",
            f"é.{body}",
            f"{seal}.\udcff",
            "x" * 9000,
        )
    ]
    for who, made_up in wrong:
        with pytest.raises(Refused, match="not offered to you"):
            as_now(portal, *who).take_away(made_up)
        assert (entries(portal)[-1].action, entries(portal)[-1].allowed) == ("take away", False)


def test_an_offer_of_another_definition_is_refused_for_its_title_would_stand_over_other_figures(
    portal: Portal, folder: Path
) -> None:
    offer = as_now(portal, "jo", "exporter").offer(table(BY_AREA))
    file = next(one for one in sorted((folder / "metrics").iterdir()) if "children_seen" in one.read_text())
    file.write_text(file.read_text().replace("definition: ", "definition: Not any more. ", 1))
    changed = Portal.open(folder)
    try:
        with pytest.raises(Refused, match="Load the page again"):
            as_now(changed, "jo", "exporter").take_away(offer)
    finally:
        changed.state.close()


def test_somebody_limited_to_rows_takes_their_own_rows_away_and_the_files_say_so(portal: Portal) -> None:
    everybodys = taken(door(portal, "exporter"), BY_AREA)  # in the cache before the other asks
    north = door(portal, "own_taker", area="N")
    for report in (None, "own"):
        rows, description = opened(taken(north, BY_AREA, report=report))
        answered = north.ask(BY_AREA, report=report).rows
        assert [row["area_code"] or None for row in rows] == [row.keys[0] for row in answered] == ["N", None]
        assert float(rows[0]["value"]) == answered[0].value
        assert "only the records that this person may see, Area: N" in description
        figure = json.loads(description)["schema:variableMeasured"][0]["qb:observation"]["schema:additionalProperty"]
        assert {"schema:name": "value", "schema:value": 31.0} in figure  # of 45
    rows, _ = opened(taken(north, replace(BY_AREA, by=("team",))))
    assert {row["team_code"] for row in rows if row["value"] not in ("", "0")} == {"team N0", "team N1"}
    assert len(opened(everybodys)[0]) > 2


def test_a_withheld_row_carries_no_figure_in_either_file(portal: Portal) -> None:
    careful = door(portal, "taker")
    rows, description = opened(taken(careful, JANUARY, replace(JANUARY, metric="seen_in_time")))
    withheld = [row for row in rows if "[c]" in row["note"]]
    assert [(row["metric"], row["area_code"]) for row in withheld] == [
        ("children_seen", "E"), ("children_seen", "S"), ("seen_in_time", "E"), ("seen_in_time", "S"),
    ]  # fmt: skip
    assert [row[figure] for row in withheld for figure in FIGURES if row[figure]] == []
    assert "Counts of fewer than 5 people are not shown" in description
    assert "do not publish" not in description
    assert "It may tell of fewer than 5 people" in opened(taken(door(portal, "exporter"), JANUARY))[1]


def test_a_withheld_figure_above_the_rows_is_not_in_the_description(portal: Portal) -> None:
    small = Query("children_seen", by=("team",), where=(("area", ("E",)),))
    _, description = opened(taken(door(portal, "taker"), small))
    [metric] = json.loads(description)["schema:variableMeasured"]
    names = {one["schema:name"]: one["schema:value"] for one in metric["qb:observation"]["schema:additionalProperty"]}
    assert names == {"partial": False, "note": "[c]"}


@pytest.mark.parametrize(
    ("role", "query", "error"),
    [
        ("taker", Query("children_seen", by=("nhs_number",)), Refused),
        ("taker", Query("children_seen", by=("id",)), QuestionError),
        ("taker", Query("works_done"), Refused),
        ("exporter", Query("children_seen", by=("aera",)), QuestionError),
        ("exporter", Query("nonsense"), Refused),
    ],
)
def test_what_is_not_answered_is_not_taken_away_either(
    portal: Portal, role: str, query: Query, error: type[PlumblineError]
) -> None:
    with pytest.raises(error) as asked:
        door(portal, role).ask(query)
    before = len(entries(portal))
    with pytest.raises(error) as refused:
        taken(door(portal, role), BY_AREA, query)
    assert refused.value.message == asked.value.message
    assert [(entry.action, entry.allowed) for entry in entries(portal)[before:]] == [("take away", False)]


def test_a_table_taken_away_leaves_one_record_with_its_questions_and_rows(portal: Portal) -> None:
    before = len(entries(portal))
    filtered = replace(JANUARY, where=(("team", ("team N0",)),))
    made = taken(door(portal, "exporter"), filtered, replace(JANUARY, metric="seen_in_time"), report="own")
    [entry] = entries(portal)[before:]
    assert (entry.username, entry.action, entry.allowed) == ("a exporter", "take away", True)
    assert entry.subject == "children_seen, seen_in_time"
    assert entry.detail == {
        "title": "A table",
        "report": "own",
        "questions": [
            {
                "metric": "children_seen",
                "by": ["area"],
                "where": [["team", ["team N0"]]],
                "start": "2026-01-01",
                "end": "2026-01-31",
            },
            {"metric": "seen_in_time", "by": ["area"], "start": "2026-01-01", "end": "2026-01-31"},
        ],
        "rows": made.rows,
    }
    assert made.rows == len(opened(made)[0])


def test_what_cannot_be_recorded_is_not_handed_out(portal: Portal) -> None:
    exporter = door(portal, "exporter")
    offer = exporter.offer(table(BY_AREA))
    with portal.state.engine.begin() as connection:
        connection.execute(text("DROP TABLE audit"))
    with pytest.raises(StateError):
        exporter.take_away(offer)


def test_a_lost_warehouse_is_said_in_words_and_recorded(
    portal: Portal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_engine, "LOOK_EVERY", 0.0)
    exporter = door(portal, "exporter")
    offer = exporter.offer(table(BY_AREA))
    place = folder.parent / "state" / "test.duckdb"
    place.rename(place.with_suffix(".away"))
    with pytest.raises(WarehouseError, match="Put it back"):
        exporter.take_away(offer)
    assert not entries(portal)[-1].allowed


def test_no_way_of_taking_a_table_shows_what_asking_would_not(portal: Portal) -> None:
    """Every role and a good many questions: either both refuse, or the rows are those that ``ask`` gives."""
    people: list[Callable[[], ViewerPortal]] = [
        lambda: door(portal, "exporter"),
        lambda: door(portal, "taker"),
        lambda: door(portal, "own_taker", area="S"),
        lambda: door(portal, "own_taker"),
    ]
    queries = [
        Query(metric, by=by, over=over, where=where)
        for metric in ("children_seen", "seen_in_time", "works_done")
        for by in ((), ("area",), ("team", "area"), ("nhs_number",))
        for over in (None, "month")
        for where in ((), (("area", ("N", "S")),))
    ]
    compared = 0
    for person in people:
        for query in queries:
            for report in (None, "own", "county"):
                asked = None
                with contextlib.suppress(PlumblineError):
                    asked = person().ask(query, report=report)
                if asked is None:
                    with pytest.raises(PlumblineError):
                        taken(person(), query, report=report)
                    continue
                rows, _ = opened(taken(person(), query, report=report))
                assert [row["value"] for row in rows] == [
                    "" if row.value is None else f"{row.value!r}".removesuffix(".0") for row in asked.rows
                ]
                compared += 1
    assert compared > 50
