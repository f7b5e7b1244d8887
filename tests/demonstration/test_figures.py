"""Each metric's figure, worked out with plain SQL and none of the portal: plausible in every month since April 2021."""

from __future__ import annotations

import pytest
import yaml

from tests.demonstration.conftest import CONFIG
from tests.demonstration.plain_figures import PLAIN, Sql, by_month

MONTHS = {"workforce": 65, "household_waste": 66}  # where not every month to October 2026 has come
REAL = {"data_maturity"}  # not made up

# What the portal must show as recorded for the latest month, to one decimal: October 2026, August for the workforce
# (its extract is late) and September for household waste (October's returns are due in November).
LATEST: dict[str, float] = {
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
    "care_leavers_suitable_accommodation": 70.8,
    "care_leavers_in_touch": 96.5,
    "care_leavers_in_education_or_work": 59.1,
    "safeguarding_risk_reduced": 70.1,
    "safeguarding_enquiries_concluded": 484,
    "potholes_repaired_in_time": 88.8,
    "highways_defects_overdue": 291,
    "highways_defects_reported": 2828,
    "headcount": 7478,
    "agency_share": 5.5,
    "sickness_absences_started": 1091,
    "long_term_sickness": 5.3,
    "return_to_work_interviews": 86.0,
    "calls_answered_in_60_seconds": 74.9,
    "call_wait_90th_percentile": 61.0,
    "calls_abandoned": 4.8,
    "calls_offered": 15613,
    "bus_punctuality": 82.6,
    "bus_departures_scheduled": 19768,
    "library_loans_issued": 10043,
    "library_loans_digital": 41.4,
    "library_borrowers": 7_962,
    "recycling_rate": 54.4,
    "household_waste_tonnes": 33_832.8,
    "waste_districts_recycling_half": 87.5,
    "waste_returns_received": 66.7,
    "foi_within_20_days": 95.2,
    "foi_requests": 128,
    "foi_exempt": 17.1,
}


def metrics() -> dict[str, dict[str, object]]:
    files = sorted((CONFIG / "metrics").glob("*.yaml"))
    return {metric["id"]: metric for file in files for metric in yaml.safe_load(file.read_text(encoding="utf-8"))}


def test_every_metric_has_its_plain_figure_here() -> None:
    assert {name for name, metric in metrics().items() if metric["dataset"] not in REAL} == set(PLAIN)
    assert len(PLAIN) >= 10


@pytest.mark.parametrize("metric", PLAIN)
def test_a_metrics_figure_is_plausible_in_every_month(sql: Sql, metric: str) -> None:
    figures = by_month(sql, metric)
    _, _, outcome, least, greatest = PLAIN[metric]
    assert len(figures) == MONTHS.get(str(metrics()[metric]["dataset"]), 67)
    assert (metrics()[metric]["type"] == "share") == (outcome is not None)
    outside = {month: value for month, value in figures.items() if not least <= value <= greatest}
    assert outside == {}


@pytest.mark.parametrize("metric", PLAIN)
def test_the_latest_figure_is_the_one_the_demonstration_is_known_by(sql: Sql, metric: str) -> None:
    figures = by_month(sql, metric)
    assert round(figures[max(figures)], 1) == LATEST[metric]
