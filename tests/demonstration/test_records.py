"""The records are plausible: volumes, made-up children, working days, districts in their quadrants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.demonstration.conftest import CONFIG, Rows
from tests.demonstration.plain_checks import contract

Sql = Callable[[str], Rows]
DATASETS = sorted(file.name.removesuffix(".odcs.yaml") for file in (CONFIG / "datasets").glob("*.odcs.yaml"))
UNUSED = {("data_maturity", "area_level"): {"A"}}  # in truth: no area as a whole was found Advanced in 2020
UNAGREED = {("safeguarding_enquiries", "risk_outcome")}  # the story of the code list that changed without notice


def test_each_table_has_the_volume_of_a_county(sql: Sql) -> None:
    sizes = {table: sql(f"SELECT count(*) FROM {table}")[0][0] for table in DATASETS}
    assert 14_000 < sizes["ehc_plans"] < 22_000
    assert 40_000 < sizes["childrens_assessments"] < 50_000
    assert 6_500 < sizes["foi_requests"] < 7_500
    assert sizes["contact_calls"] >= 1_000_000
    assert sizes["bus_departures"] >= 1_000_000
    assert 3_000_000 <= sum(sizes.values()) <= 4_000_000


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_contract_names_the_tables_columns_in_order(sql: Sql, dataset: str) -> None:
    columns = [column["name"] for column in contract(CONFIG, dataset)["schema"][0]["properties"]]
    types = [column["physicalType"] for column in contract(CONFIG, dataset)["schema"][0]["properties"]]
    assert list(zip(columns, types, strict=True)) == sql(
        f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{dataset}' ORDER BY column_index"
    )


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_code_of_a_contract_occurs_in_its_table(sql: Sql, dataset: str) -> None:
    for column in contract(CONFIG, dataset)["schema"][0]["properties"]:
        codes = {item["value"] for item in column.get("enum", [])}
        if codes:
            name = column["name"]
            found = {value for (value,) in sql(f"SELECT DISTINCT {name} FROM {dataset} WHERE {name} IS NOT NULL")}
            assert codes - found == UNUSED.get((dataset, name), set()), name
            assert codes >= found or (dataset, name) in UNAGREED, found - codes


def test_no_childs_number_can_belong_to_a_real_child(sql: Sql) -> None:
    """Local authority 000 does not exist; the check letter is the real rule's: weights 2 to 13, modulo 23."""
    both = "SELECT child_id FROM ehc_plans UNION SELECT child_id FROM childrens_assessments"
    numbers = {number for (number,) in sql(both) if number is not None}
    assert len(numbers) > 40_000
    for number in numbers:
        weighted = sum(int(digit) * weight for weight, digit in enumerate(number[1:], start=2))
        assert number[1:4] == "000"
        assert number[0] == "ABCDEFGHJKLMNPQRTUVWXYZ"[weighted % 23]


def test_a_child_has_one_plan_request_and_the_two_tables_share_no_children(sql: Sql) -> None:
    assert sql("SELECT count(*) - count(DISTINCT child_id) FROM ehc_plans") == [(0,)]
    assert sql("SELECT count(*) FROM ehc_plans JOIN childrens_assessments USING (child_id)") == [(0,)]


def test_the_previous_referral_is_the_same_childs_last_one_before(sql: Sql) -> None:
    """Seen within the table: those before April 2021 are the warehouse's own longer memory."""
    assert sql("""
        WITH once AS (
            SELECT DISTINCT child_id, referral_id, referred_on, previous_referred_on
            FROM childrens_assessments WHERE child_id IS NOT NULL
        ), compared AS (
            SELECT *, lag(referred_on) OVER (PARTITION BY child_id ORDER BY referred_on, referral_id) AS earlier
            FROM once
        )
        SELECT count(*) FILTER (previous_referred_on < earlier), count(earlier) > 5000 FROM compared""") == [(0, True)]


def test_working_days_skip_weekends_and_bank_holidays(sql: Sql) -> None:
    """A request received on Friday 18 March 2022 is due after 20 working days; Easter takes two of the weekdays."""
    due = {str(received): str(due) for received, due in sql("SELECT DISTINCT received_on, due_on FROM foi_requests")}
    known = {
        "2022-03-18": "2022-04-19",
        "2026-10-02": "2026-10-30",
        "2023-04-21": "2023-05-23",
        "2022-09-02": "2022-10-03",
    }
    checked = {received: due[received] for received in known if received in due}
    assert len(checked) >= 2
    assert checked == {received: known[received] for received in checked}


def test_demand_for_plans_grows_and_falls_in_august(sql: Sql) -> None:
    years = sql("""
        SELECT
            year(requested_on), count(*),
            count(*) FILTER (month(requested_on) = 8), count(*) FILTER (month(requested_on) = 7)
        FROM ehc_plans WHERE year(requested_on) BETWEEN 2022 AND 2025 GROUP BY 1 ORDER BY 1""")
    totals = [total for _, total, _, _ in years]
    assert len(years) == 4
    assert totals == sorted(totals)
    assert all(august < 0.75 * july for _, _, august, july in years)
