"""What is guessed of whole records: their key, the order of their dates, codes within codes, whom they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scaffold.guessing import World, check_of, column_of, contract_of, metrics_of, own_of, world

CASES = """
    SELECT
        CASE WHEN i % 100 = 99 THEN 10000 + i - 1 ELSE 10000 + i END AS case_id,
        DATE '2024-01-01' + (i)::INT AS requested,
        CASE WHEN i % 50 = 0 THEN DATE '2023-12-01' ELSE DATE '2024-01-05' + (i)::INT END AS decided,
        CASE WHEN i % 4 > 0 THEN DATE '2024-02-01' + (i)::INT END AS issued,
        DATE '2026-06-01' - (i)::INT AS unrelated,
        TIMESTAMP '2026-10-01 09:30:00' AS updated_at,
        ['Team A', 'Team B', 'Team C', 'Team D'][1 + i % 4] AS team,
        ['North', 'South', 'North', 'South'][1 + i % 4] AS district,
        ['Red', 'Green', 'Blue'][1 + i % 3] AS colour,
        ['WBRI', 'CHNE', 'REFU'][1 + i % 3] AS ethnicity,
        'Ann Example ' || i AS child_name,
        'ip ' || i AS ip_address,
        i % 9 AS number_of_children,
        'Read me' AS notes,
    FROM range(600) numbers(i)
"""
FIGURES = """
    SELECT DATE '2024-01-01' + to_months(month::INT) AS month, 'Library ' || branch AS branch,
        month * 10 + branch AS visits, 50.5 AS attendance_rate, month % 7 AS unique_visitors
    FROM range(24) months(month), range(10) branches(branch)
"""


def test_a_nearly_unique_id_is_the_key_and_its_repeats_are_copies(cases: World) -> None:
    contract = contract_of(cases)
    assert own_of(contract, "recordKey") == "case_id"
    assert own_of(contract, "recordedAt") == "updated_at"


def test_an_id_that_repeats_too_often_is_no_key_by_itself(tmp_path: Path) -> None:
    made = world(tmp_path, {"visits": "SELECT i // 2 AS visit_id, DATE '2025-01-01' AS day FROM range(100) t(i)"})
    assert own_of(contract_of(made), "recordKey") is None
    assert own_of(contract_of(made), "recordedAt") is None


def test_figures_by_month_and_branch_have_both_as_their_key(figures: World) -> None:
    assert own_of(contract_of(figures), "recordKey") == ["month", "branch"]


COPIES = """
    SELECT DATE '2024-01-01' + to_months(month::INT) AS month, 'Area ' || area AS area, 'Kind ' || kind AS kind,
        visits, published
    FROM range(12) months(month), range(10) areas(area), range(4) kinds(kind),
        (VALUES (1, DATE '2025-02-01'), (2, DATE '2025-03-01')) copies(visits, published)
    WHERE published < DATE '2025-03-01' OR (month = 3 AND kind = 1 AND area < {copied})
"""


def test_three_columns_with_a_few_later_copies_are_a_key_and_the_later_copy_counts(tmp_path: Path) -> None:
    contract = contract_of(world(tmp_path, {"figures": COPIES.format(copied=5)}))
    assert own_of(contract, "recordKey") == ["month", "area", "kind"]
    assert own_of(contract, "recordedAt") == "published"


def test_three_columns_that_repeat_more_often_or_without_a_later_date_are_no_key(tmp_path: Path) -> None:
    often = COPIES.format(copied=99).replace("month = 3 AND ", "")
    undated = f"SELECT month, area, kind, visits FROM ({COPIES.format(copied=5)})"
    for name, select in {"often": often, "undated": undated}.items():
        assert own_of(contract_of(world(tmp_path / name, {"figures": select})), "recordKey") is None, name


def test_a_day_and_a_team_that_never_meet_twice_by_chance_are_no_key(tmp_path: Path) -> None:
    select = "SELECT DATE '2025-01-01' + (i * 7 % 90)::INT AS day, 'Team ' || (i % 11) AS team FROM range(60) t(i)"
    assert own_of(contract_of(world(tmp_path, {"calls": select})), "recordKey") is None


@pytest.mark.parametrize("name", ["child_id", "child"])
def test_an_id_or_a_person_and_a_day_together_are_a_key(tmp_path: Path, name: str) -> None:
    select = f"SELECT i // 2 AS {name}, DATE '2025-01-01' + (i)::INT AS reviewed FROM range(100) t(i)"
    assert own_of(contract_of(world(tmp_path, {"reviews": select})), "recordKey") == [name, "reviewed"]


def test_a_quantity_that_happens_to_be_different_everywhere_is_no_key(figures: World) -> None:
    assert "visits" not in own_of(contract_of(figures), "recordKey")


def test_dates_in_order_give_a_check_and_where_a_lost_one_lies(cases: World) -> None:
    found = check_of(cases, "decided_not_before_requested")
    assert found is not None
    assert found["implementation"] == "decided >= requested"
    assert own_of(found, "doubts") == ["decided"]
    assert own_of(column_of(cases, "decided"), "between") == ["requested", "issued"]
    assert own_of(column_of(cases, "issued"), "between")[0] == "decided"
    assert own_of(column_of(cases, "requested"), "between") is None


def test_a_date_is_held_against_the_nearest_before_it_alone(cases: World) -> None:
    assert check_of(cases, "issued_not_before_decided") is not None
    assert check_of(cases, "issued_not_before_requested") is None


def test_dates_in_no_order_give_no_check(cases: World) -> None:
    contract = contract_of(cases)
    ids = [check["id"] for check in contract["schema"][0]["quality"]]
    assert not [one for one in ids if "unrelated" in one and "before" in one]


def test_a_moment_is_compared_by_its_day(cases: World) -> None:
    found = check_of(cases, "updated_at_not_in_the_future")
    assert found is not None
    assert found["implementation"] == "date_trunc('day', updated_at) <= current_date"


def test_codes_that_lie_in_fewer_others_have_them_as_parents(cases: World) -> None:
    assert own_of(column_of(cases, "team"), "parents") == ["district"]
    assert own_of(column_of(cases, "district"), "parents") is None
    assert own_of(column_of(cases, "colour"), "parents") is None


def test_special_and_personal_columns_are_told_by_name_and_others_are_not(cases: World) -> None:
    private = {name: column_of(cases, name).get("classification") for name in ("ethnicity", "child_name", "team")}
    assert private == {"ethnicity": "special", "child_name": "personal", "team": None}
    assert "classification" not in column_of(cases, "ip_address")
    assert "classification" not in column_of(cases, "number_of_children")
    assert column_of(cases, "notes")["classification"] == "internal"


def test_a_table_that_tells_of_nobody_is_about_things(tmp_path: Path) -> None:
    made = world(tmp_path, {"loans": f"SELECT month, branch, visits FROM ({FIGURES})"})
    assert own_of(contract_of(made), "about") == "things"


def test_figures_are_summed_but_no_rate_and_no_count_of_different_people(figures: World) -> None:
    found = metrics_of(figures)
    assert found["sum"]["measure"] == "visits"
    assert set(found) == {"count", "sum"}
    assert found["count"]["dimensions"] == ["branch"]


def test_a_share_of_what_figures_count_is_drafted_for_things_and_for_no_people(tmp_path: Path, figures: World) -> None:
    found = metrics_of(world(tmp_path, {"loans": f"SELECT month, branch, visits FROM ({FIGURES})"}))
    assert found["ratio"]["per"] == "visits"
    assert "ratio" not in metrics_of(figures)


def test_a_column_of_figures_that_some_months_lack_gives_the_share_of_records_that_have_one(tmp_path: Path) -> None:
    some = "CASE WHEN visits % 5 > 0 THEN visits END AS visits"
    select = f"SELECT month, branch || ' ' || visits AS name, {some} FROM ({FIGURES})"
    found = metrics_of(world(tmp_path, {"figures": select}))
    assert found["share"]["numerator"] == "visits is not null"


def test_people_are_counted_at_the_day_of_the_copy_rather_than_at_their_birth(tmp_path: Path) -> None:
    select = "SELECT DATE '2010-01-01' + (i)::INT AS dob, DATE '2026-10-31' AS copied_on FROM range(30) numbers(i)"
    assert metrics_of(world(tmp_path, {"pupils": select}, copied_on="copied_on"))["count"]["time"] == "copied_on"


def test_records_of_single_cases_are_counted_and_never_summed(cases: World) -> None:
    found = metrics_of(cases)
    assert set(found) == {"count", "share"}
    assert found["count"]["time"] == "requested"
    assert found["share"]["numerator"] == "issued is not null"


def test_personal_and_special_columns_are_no_dimensions(cases: World) -> None:
    assert metrics_of(cases)["count"]["dimensions"] == ["team", "district", "colour"]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("cases"), {"cases": CASES})


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("figures"), {"figures": FIGURES})


REQUESTS = """
SELECT 'R' || i AS request_id, DATE '2026-01-01' + (i % 200)::INT AS received,
       CASE WHEN i % 10 > 0 THEN received + (i % 40)::INT END AS answered,
       'Ann ' || i AS requester_name, 'Hall ' || i AS centre_name
FROM range(400) numbers(i)
"""


def test_how_soon_one_date_follows_another_is_the_share_of_the_records_that_have_both(tmp_path: Path) -> None:
    share = metrics_of(world(tmp_path, {"requests": REQUESTS}))["share"]
    assert share["numerator"] == "date_diff('day', received, answered) <= 30"  # 270 of 360 come within 30 days
    assert share["where"] == "received is not null and answered is not null"


def test_a_later_date_that_has_not_come_yet_is_no_fault(tmp_path: Path) -> None:
    made = world(tmp_path, {"requests": REQUESTS.replace("i % 10 > 0", "i % 100 > 0")})
    assert "required" not in column_of(made, "answered")
    assert column_of(made, "received")["required"] is True


def test_whatever_is_called_a_name_is_of_a_person_unless_a_thing_bears_it(tmp_path: Path) -> None:
    made = world(tmp_path, {"requests": REQUESTS})
    assert column_of(made, "requester_name")["classification"] == "personal"
    assert "classification" not in column_of(made, "centre_name")
    assert "pattern" not in column_of(made, "centre_name").get("logicalTypeOptions", {}), "words with a number"


def test_a_sum_leaves_out_the_records_without_a_figure(tmp_path: Path) -> None:
    some = "CASE WHEN month > DATE '2024-06-01' THEN visits END AS visits"
    found = metrics_of(world(tmp_path, {"figures": f"SELECT month, branch, {some} FROM ({FIGURES})"}))
    assert found["sum"]["where"] == "visits is not null"


def test_a_birth_date_comes_before_nothing(tmp_path: Path) -> None:
    select = REQUESTS.replace("SELECT 'R'", "SELECT DATE '1980-01-01' + (i * 7)::INT AS dob, 'R'")
    made = world(tmp_path, {"requests": select.replace("+ (i % 200)::INT AS received", "+ (i % 200)::INT AS received")})
    checks = [check["id"] for check in contract_of(made)["schema"][0].get("quality", ())]
    assert not [check for check in checks if "dob" in check and "before" in check]
    assert own_of(column_of(made, "answered"), "between")[0] == "received"


def test_how_often_data_come_is_guessed_from_their_days_and_not_for_monthly_figures(
    tmp_path: Path, figures: World
) -> None:
    daily = contract_of(world(tmp_path, {"requests": REQUESTS}))
    assert [(one["property"], one["value"], one["unit"]) for one in daily["slaProperties"]] == [
        ("frequency", 1, "d"),
        ("latency", 5, "d"),
    ]
    assert "slaProperties" not in contract_of(figures)
