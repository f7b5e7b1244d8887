"""The drafts as a configuration: no error, no warning, every metric answers, and nobody sees more than they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.access.grant import resolve
from data_access.access.viewer import Viewer
from data_access.definitions.models import Configuration
from data_access.questions import Answer
from data_access.scaffold.draft import drafts
from data_access.scaffold.drafts import Existing
from tests.scaffold.guessing import TODAY, World, answers, check_of, checked, column_of, contract_of, metrics_of, world

PEOPLE = """
    SELECT 'R' || lpad(i::VARCHAR, 4, '0') AS "Case Ref", DATE '2025-01-01' + (i)::INT AS "Date Received",
        CASE WHEN i % 3 > 0 THEN DATE '2025-01-03' + (i)::INT END AS "Date Closed", i % 5 = 0 AS urgent,
        ['Open', 'Closed'][1 + i % 2] AS "value", ['A', 'B'][1 + i % 2] AS "group", 'a' || i || '@example.org' AS email
    FROM range(200) numbers(i)
"""
FIGURES = """
    SELECT DATE '2024-01-01' + to_months(month::INT) AS month, ['Books', 'Films'][1 + kind] AS kind,
        100 + month * kind AS loans
    FROM range(24) months(month), range(2) kinds(kind)
"""
UNREAD = {"loans": {"unread": "loans_unread", "unread_values": 2}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("drafts"), {"service requests": PEOPLE, "loans": FIGURES})


@pytest.fixture(scope="module")
def opened(made: World) -> tuple[Configuration, dict[str, Answer]]:
    configuration, problems = checked(made.written())
    assert [str(problem) for problem in problems] == []
    return configuration, answers(configuration.folder)


def test_the_drafts_have_no_problem_and_each_metric_is_assessed(
    opened: tuple[Configuration, dict[str, Answer]],
) -> None:
    configuration, found = opened
    assert {metric: answer.assessed for metric, answer in found.items()} == dict.fromkeys(configuration.metrics, True)
    assert found["service_requests_records"].rows[0].value == 200
    assert found["service_requests_share_urgent_yes"].rows[0].value == 20


def test_the_share_of_a_table_of_figures_is_of_what_they_count(opened: tuple[Configuration, dict[str, Answer]]) -> None:
    found = opened[1]
    loans = {kind: sum(100 + month * kind for month in range(24)) for kind in (0, 1)}
    assert found["loans_loans"].rows[0].value == sum(loans.values())
    assert found["loans_share_kind_films"].rows[0].value == pytest.approx(100 * loans[1] / sum(loans.values()))


def test_a_column_with_a_name_that_answers_need_themselves_is_no_dimension(
    opened: tuple[Configuration, dict[str, Answer]],
) -> None:
    assert opened[0].metrics["service_requests_records"].dimensions == ("urgent", "group")


def test_exact_counts_of_people_are_for_those_who_work_with_them(
    opened: tuple[Configuration, dict[str, Answer]],
) -> None:
    configuration = opened[0]
    exact = {role for role, granted in configuration.roles.items() if "exact_counts" in granted.see}
    assert exact == {"steward", "analyst", "board"}
    assert [role for role, granted in configuration.roles.items() if "personal_fields" in granted.see] == ["steward"]


def test_the_administrator_looks_after_people_and_sees_no_figure(
    opened: tuple[Configuration, dict[str, Answer]],
) -> None:
    configuration = opened[0]
    grant = resolve(configuration, Viewer("admin", "Admin", ("administrator",), {}))
    assert not any(grant.dataset(contract).allowed for contract in configuration.contracts.values())


def test_the_report_has_a_section_for_each_table_and_is_open_to_its_readers(
    opened: tuple[Configuration, dict[str, Answer]],
) -> None:
    report = opened[0].reports["our_tables"]
    assert [section.title for section in report.sections] == ["Service requests", "Loans"]
    assert set(report.metrics) == set(opened[0].metrics)
    assert all(report.id in opened[0].roles[role].reports for role in report.audience)


def test_every_guess_has_a_reason_and_stands_at_something(made: World) -> None:
    for draft in made.drafts().values():
        for guess in draft.guesses:
            there = draft.content
            for step in guess.path:
                there = there[step]  # type: ignore[index]
            assert len(guess.why.split()) > 3


def test_text_that_could_not_be_read_puts_its_cell_in_doubt(tmp_path: Path) -> None:
    unread = "CASE WHEN kind = 'Books' AND month < DATE '2024-03-01' THEN '[c]' END"
    select = f"SELECT *, {unread} AS loans_unread FROM ({FIGURES})"
    made = world(tmp_path, {"loans": select}, columns=UNREAD)
    found = check_of(made, "loans_can_be_read")
    assert found is not None
    assert found["implementation"] == "loans_unread is null"
    assert column_of(made, "loans_unread")["logicalType"] == "string"
    config = made.written()
    _, problems = checked(config)
    assert not problems
    assert answers(config)["loans_loans"].rows[0].in_doubt == 2


def test_further_tables_for_a_portal_take_no_name_that_it_has_and_no_file_of_its_own(made: World) -> None:
    existing = Existing(datasets={"loans"}, metrics={"loans_2_records"}, reports={"our_tables"}, readers=["reader"])
    found = drafts(made.found, made.generation, name="Our tables", today=TODAY, with_portal=False, existing=existing)
    files = {draft.file: draft.content for draft in found}
    assert not {"portal.yaml", "roles.yaml", "datasets/loans.odcs.yaml", "reports/our_tables.yaml"} & {*files}
    assert files["metrics/loans_2.yaml"][0]["id"] == "loans_2_records_2"  # type: ignore[index]
    assert files["reports/our_tables_2.yaml"]["audience"] == ["reader"]  # type: ignore[call-overload,index]


def test_a_table_without_a_date_has_a_contract_and_no_metric(tmp_path: Path) -> None:
    made = world(tmp_path, {"areas": "SELECT 'E0700000' || i AS code FROM range(9) t(i)"})
    assert contract_of(made)["status"] == "draft"
    assert not metrics_of(made)
    assert not [file for file in made.drafts() if file.startswith("reports/")]


def test_a_column_that_no_contract_can_hold_is_left_out_and_named(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        {"files": "SELECT DATE '2025-01-01' AS day, 'x'::BLOB AS scan"},
        columns={"scan": {"type": "string", "physical_type": "BLOB"}},
    )
    assert [entry["name"] for entry in contract_of(made)["schema"][0]["properties"]] == ["day"]
    assert "'scan' is BLOB in the warehouse" in contract_of(made)["description"]["limitations"]


def test_tables_of_one_name_in_two_schemas_have_a_contract_each(tmp_path: Path) -> None:
    made = world(tmp_path, {"a b": "SELECT DATE '2025-01-01' AS day", "a-b": "SELECT DATE '2025-01-01' AS day"})
    assert {"datasets/a_b.odcs.yaml", "datasets/a_b_2.odcs.yaml"} <= {*made.drafts()}
    checked(made.written())
