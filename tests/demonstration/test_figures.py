"""Each metric's figure, worked out with plain SQL and none of the portal: plausible in every month since April 2021."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from tests.demonstration.conftest import CONFIG, Rows

Sql = Callable[[str], Rows]

# One row for each referral: the copy that was recorded last.
REFERRALS = """(SELECT * FROM childrens_assessments
    QUALIFY row_number() OVER (PARTITION BY referral_id ORDER BY recorded_at DESC) = 1)"""
ISSUED = """(SELECT *, issued_on - requested_on AS days FROM ehc_plans
    WHERE status = 'issued' AND issued_on >= requested_on)"""
DECIDED = "(SELECT *, assessment_decision_on - requested_on AS days FROM ehc_plans)"

# metric: (records, date, outcome in percent or None for a count, least and greatest plausible figure of a month)
PLAIN: dict[str, tuple[str, str, str | None, float, float]] = {
    "ehcp_within_20_weeks": (f"(FROM {ISSUED} WHERE NOT exception)", "issued_on", "days <= 140", 35, 80),
    "ehcp_within_20_weeks_all": (ISSUED, "issued_on", "days <= 140", 35, 80),
    "ehcp_issued": (ISSUED, "issued_on", None, 90, 300),
    "ehc_requests": ("ehc_plans", "requested_on", None, 100, 450),
    "ehc_requests_refused": (DECIDED, "assessment_decision_on", "status = 'refused'", 12, 35),
    "ehc_decisions_in_6_weeks": (DECIDED, "assessment_decision_on", "days <= 42", 85, 100),
    "assessments_within_45_days": (REFERRALS, "completed_on", "working_days <= 45", 70, 92),
    "assessments_completed": (REFERRALS, "completed_on", None, 350, 700),
    "rereferrals_within_12_months": (
        REFERRALS,
        "referred_on",
        "coalesce(date_add(previous_referred_on, INTERVAL 12 MONTH) >= referred_on, FALSE)",
        14,
        32,
    ),
    "referrals": (REFERRALS, "referred_on", None, 400, 1000),
    "foi_within_20_days": ("foi_requests", "due_on", "coalesce(working_days, 99) <= 20", 75, 100),
    "foi_requests": ("foi_requests", "received_on", None, 50, 160),
    "foi_exempt": ("foi_requests", "answered_on", "exempt", 5, 35),
}

# What the portal must show as recorded for October 2026, to one decimal.
OCTOBER_2026: dict[str, float] = {
    "ehcp_within_20_weeks": 63.3,
    "ehcp_within_20_weeks_all": 61.8,
    "ehcp_issued": 204,
    "ehc_requests": 378,
    "ehc_requests_refused": 25.1,
    "ehc_decisions_in_6_weeks": 94.2,
    "assessments_within_45_days": 83.9,
    "assessments_completed": 510,
    "rereferrals_within_12_months": 21.3,
    "referrals": 701,
    "foi_within_20_days": 95.2,
    "foi_requests": 128,
    "foi_exempt": 17.1,
}


def by_month(sql: Sql, metric: str) -> dict[str, float]:
    """The metric's recorded figure for each month from April 2021 to October 2026: ``{"2021-04-01": 58.3, …}``."""
    records, day, outcome, _, _ = PLAIN[metric]
    figure = "count(*)" if outcome is None else f"100.0 * count(*) FILTER ({outcome}) / count(*)"
    rows = sql(f"""
        SELECT date_trunc('month', {day})::DATE, {figure} FROM {records}
        WHERE {day} BETWEEN DATE '2021-04-01' AND DATE '2026-10-31' GROUP BY 1 ORDER BY 1""")
    return {str(month): float(value) for month, value in rows}


def metrics() -> dict[str, dict[str, object]]:
    files = sorted((CONFIG / "metrics").glob("*.yaml"))
    return {metric["id"]: metric for file in files for metric in yaml.safe_load(file.read_text(encoding="utf-8"))}


def test_every_metric_has_its_plain_figure_here() -> None:
    assert set(metrics()) == set(PLAIN)
    assert len(PLAIN) >= 10


@pytest.mark.parametrize("metric", PLAIN)
def test_a_metrics_figure_is_plausible_in_every_month(sql: Sql, metric: str) -> None:
    figures = by_month(sql, metric)
    _, _, outcome, least, greatest = PLAIN[metric]
    assert len(figures) == 67
    assert (metrics()[metric]["type"] == "share") == (outcome is not None)
    outside = {month: value for month, value in figures.items() if not least <= value <= greatest}
    assert outside == {}


@pytest.mark.parametrize("metric", PLAIN)
def test_the_figure_of_october_2026_is_the_one_the_demonstration_is_known_by(sql: Sql, metric: str) -> None:
    assert round(by_month(sql, metric)["2026-10-01"], 1) == OCTOBER_2026[metric]
