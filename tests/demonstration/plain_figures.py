"""Each metric in plain SQL and none of the portal's code: a second opinion on the figures as recorded."""

from __future__ import annotations

from collections.abc import Callable

from tests.demonstration.conftest import Rows

Sql = Callable[[str], Rows]

# One row for each referral: the copy that was recorded last.
REFERRALS = """(SELECT * FROM childrens_assessments
    QUALIFY row_number() OVER (PARTITION BY referral_id ORDER BY recorded_at DESC) = 1)"""
ISSUED = """(SELECT *, issued_on - requested_on AS days FROM ehc_plans
    WHERE status = 'issued' AND issued_on >= requested_on)"""
DECIDED = "(SELECT *, assessment_decision_on - requested_on AS days FROM ehc_plans)"
LEAVERS = "(FROM care_leavers WHERE in_touch <> 'RHOM')"
RISK_FOUND = "(FROM safeguarding_enquiries WHERE risk_assessment IN ('action_taken', 'no_action'))"
OBSERVED = "(FROM bus_departures WHERE delay_seconds IS NOT NULL)"
NOT_IN_TIME = "(FROM highways_defects WHERE coalesce(repaired_at > due_at, TRUE))"

# What is worked out of the records of a metric that neither counts them nor the share of them with an outcome.
FIGURES = {
    "recycling_rate": "100.0 * sum(reused_tonnes + recycled_tonnes + composted_tonnes) / sum(household_tonnes)",
    "household_waste_tonnes": "sum(household_tonnes)",
    "library_borrowers": "count(DISTINCT borrower)",
    "call_wait_90th_percentile": "quantile_cont(wait_seconds, 0.9)",
}

# metric: (records, date, outcome in percent or None for others, least and greatest plausible figure of a month)
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
    "care_leavers_suitable_accommodation": (LEAVERS, "birthday_on", "coalesce(accommodation_suitable, FALSE)", 65, 97),
    "care_leavers_in_touch": (LEAVERS, "birthday_on", "in_touch = 'YES'", 85, 99.5),
    "care_leavers_in_education_or_work": (LEAVERS, "birthday_on", "left(activity, 1) IN ('F', 'P')", 40, 75),
    "safeguarding_risk_reduced": (RISK_FOUND, "concluded_on", "risk_outcome IN ('reduced', 'removed')", 65, 97),
    "safeguarding_enquiries_concluded": ("safeguarding_enquiries", "concluded_on", None, 350, 600),
    "potholes_repaired_in_time": (
        "(FROM highways_defects WHERE defect_type = 'pothole')",
        "due_on",
        "repaired_at <= due_at",
        75,
        95,
    ),
    "highways_defects_overdue": (NOT_IN_TIME, "due_on", None, 150, 1100),
    "highways_defects_reported": ("highways_defects", "reported_at::DATE", None, 1800, 5500),
    "headcount": ("(FROM workforce WHERE contract_type <> 'agency')", "snapshot_on", None, 7000, 7800),
    "agency_share": ("workforce", "snapshot_on", "contract_type = 'agency'", 4, 10),
    "sickness_absences_started": ("sickness_absences", "started_on", None, 600, 1500),
    "long_term_sickness": ("sickness_absences", "ended_on", "ended_on - started_on + 1 >= 28", 3, 14),
    "return_to_work_interviews": ("sickness_absences", "interview_due_on", "interview_working_days <= 5", 70, 95),
    "calls_answered_in_60_seconds": (
        "contact_calls",
        "started_at::DATE",
        "outcome = 'answered' AND wait_seconds <= 60",
        60,
        90,
    ),
    "calls_abandoned": ("contact_calls", "started_at::DATE", "outcome = 'abandoned'", 3, 14),
    "calls_offered": ("contact_calls", "started_at::DATE", None, 12_000, 25_000),
    "call_wait_90th_percentile": ("(FROM contact_calls WHERE outcome = 'answered')", "started_at::DATE", None, 60, 450),
    "bus_punctuality": (OBSERVED, "scheduled_on", "delay_seconds BETWEEN -60 AND 359", 75, 92),
    "bus_departures_scheduled": ("bus_departures", "scheduled_on", None, 15_000, 20_500),
    "library_loans_issued": ("library_loans", "loaned_on", None, 4_000, 12_000),
    "library_loans_digital": ("library_loans", "loaned_on", "form = 'digital'", 24, 45),
    "library_borrowers": ("library_loans", "loaned_on", None, 4_000, 10_000),
    "recycling_rate": ("household_waste", "returned_for", None, 45, 60),
    "household_waste_tonnes": ("household_waste", "returned_for", None, 33_000, 56_000),
    "waste_districts_recycling_half": (
        "(FROM household_waste WHERE household_tonnes IS NOT NULL)",
        "returned_for",
        "(reused_tonnes + recycled_tonnes + composted_tonnes) * 2 >= household_tonnes",
        30,
        92,
    ),
    "waste_returns_received": ("household_waste", "returned_for", "received_on <= due_on", 60, 100),
    "foi_within_20_days": ("foi_requests", "due_on", "coalesce(working_days, 99) <= 20", 75, 100),
    "foi_requests": ("foi_requests", "received_on", None, 50, 160),
    "foi_exempt": ("foi_requests", "answered_on", "exempt", 5, 35),
}


def by_month(sql: Sql, metric: str) -> dict[str, float]:
    """The metric's recorded figure for each month from April 2021 to the last: ``{"2021-04-01": 58.3, …}``."""
    records, day, outcome, _, _ = PLAIN[metric]
    counted = FIGURES.get(metric, "count(*)")
    figure = counted if outcome is None else f"100.0 * count(*) FILTER ({outcome}) / count(*)"
    rows = sql(f"""
        SELECT date_trunc('month', {day})::DATE, {figure} FROM {records}
        WHERE {day} BETWEEN DATE '2021-04-01' AND DATE '2026-10-31' GROUP BY 1 ORDER BY 1""")
    return {str(month): float(value) for month, value in rows}
