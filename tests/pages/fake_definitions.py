"""Definitions for the fake portal: two contracts, ten metrics, two reports; long names and odd cases included."""

from __future__ import annotations

from datetime import date

from data_access.definitions.models import Column, Contract, HistoryEntry, Metric, Person, Report, Rule, Section, Target

DISTRICTS = {
    "E07000066": "Basildon",
    "E07000067": "Braintree",
    "E07000068": "Brentwood",
    "E07000069": "Castle Point",
    "E07000070": "Chelmsford",
    "E07000071": "Colchester",
    "E07000072": "Epping Forest",
    "E07000073": "Harlow",
    "E07000074": "Maldon",
    "E07000075": "Rochford",
    "E07000076": "Tendring",
    "E07000077": "Uttlesford",
}
NEEDS = {
    "ASD": "Autistic spectrum disorder",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "PMLD": "Profound and multiple learning difficulty",
}
TEAMS = {f"T{number:02d}": f"Family support and protection team {number}" for number in range(1, 25)}


def _contract(id: str, name: str, columns: tuple[Column, ...]) -> Contract:
    return Contract(
        id=id,
        name=name,
        table=f"main.{id}",
        columns={column.name: column for column in columns},
        rules=(
            Rule(
                "issued_on_required",
                "Every issued plan has an issue date",
                "required",
                "completeness",
                ("issued_on",),
                fix="Make the issue date a required field on the closing screen of the case system.",
            ),
            Rule(
                "request_before_issue",
                "The plan is issued on or after the day it was requested",
                "custom",
                "consistency",
                ("requested_on", "issued_on"),
                condition="issued_on >= requested_on",
                fix="Check the order of the dates at entry.",
            ),
        ),
        record_key=("plan_id",),
        recorded_at="loaded_at",
        about="people",
        domain="Children and education",
        team=(
            Person("Director of Education", "owner", "director.education@essex.example"),
            Person("SEND Operations Manager", "steward", "send.operations@essex.example"),
        ),
        purpose="To follow the statutory assessments of children with special educational needs.",
        limitations="Plans moved in from another authority carry that authority's dates.",
        usage=None,
        version="1.2.0",
    )


CONTRACTS = {
    "ehc_plans": _contract(
        "ehc_plans",
        "Education, health and care plans",
        (
            Column("district", "District", "string", values=DISTRICTS),
            Column("primary_need", "Primary need", "string", required=True, values=NEEDS),
            Column("requested_on", "Requested on", "date"),
            Column("issued_on", "Issued on", "date", critical=True),
        ),
    ),
    "foi_requests": _contract(
        "foi_requests",
        "Freedom of information requests",
        (
            Column("team", "Team", "string", required=True, values=TEAMS),
            Column("requested_on", "Received on", "date"),
            Column("issued_on", "Answered on", "date"),
            Column("decision", "Decision", "string"),
        ),
    ),
}


def _metric(id: str, name: str, target: float | None = None, **more: object) -> Metric:
    settings: dict[str, object] = {
        "dataset": "ehc_plans",
        "type": "share",
        "unit": "percent",
        "time": "issued_on",
        "better": "higher",
        "dimensions": ("district", "primary_need"),
        "source": "DfE SEN2 return",
        "version": 2,
        "definition": "Final plans issued within 20 weeks of the request, out of all new plans issued in the period. "
        "Plans with a lawful exception are left out.",
        "history": (
            HistoryEntry(version=1, on=date(2021, 4, 1), what="First definition."),
            HistoryEntry(version=2, on=date(2026, 3, 1), what="Exceptions are left out.", breaks_series=True),
        ),
        "reviewed": date(2026, 3, 1),
        "review_every": "12 months",
        "target": Target(value=target, tolerance=5) if target is not None else None,
    }
    return Metric.model_validate({"id": id, "name": name, **settings, **more})


_ALL = (
    _metric("plans_issued_within_20_weeks", "Plans issued within 20 weeks", 60),
    _metric(
        "plans_without_exceptions",
        "Education, health and care plans issued within 20 weeks of the request, "
        "without those that had a lawful exception",
        85,
    ),
    _metric("reviews_on_time", "Annual reviews on time", 80, grain="quarter"),
    _metric("plans_issued", "New plans issued", type="count", unit="number", better="neither"),
    _metric("small_numbers", "Plans ended at the parents' request", 10),
    _metric("nothing_counted", "Appeals registered and later withdrawn", 10),
    _metric("re_referrals", "Re-referrals within 12 months", 22, better="lower", dimensions=("district",)),
    _metric(
        "requests_answered_in_time",
        "Requests answered within 20 working days",
        90,
        dataset="foi_requests",
        dimensions=("team",),
        history=(),
    ),
    _metric("requests_not_assessed", "Requests refused in part", 85, dataset="foi_requests", dimensions=("team",)),
    _metric(
        "requests_by_route",
        "Requests received by every route, post included",
        type="count",
        unit="number",
        better="neither",
        dataset="foi_requests",
        dimensions=("team",),
        grain="year",
    ),
)
METRICS = {metric.id: metric for metric in _ALL}
REPORTS = {
    "children": Report(
        id="children",
        title="Children and education",
        forum="Children & Education forum",
        owner="Director of Education",
        audience=("manager",),
        sections=(
            Section(
                title="Education, health and care plans",
                breakdown="district",
                metrics=("plans_issued_within_20_weeks", "plans_without_exceptions", "reviews_on_time"),
                note="The North East quadrant moved to a new case system on 1 March 2026.",
            ),
            Section(title="Activity", metrics=("plans_issued", "small_numbers", "nothing_counted", "re_referrals")),
        ),
    ),
    "information": Report(
        id="information",
        title="Information governance",
        forum="Corporate governance steering board",
        owner="Head of Democracy and Transparency",
        audience=("manager",),
        sections=(
            Section(
                title="Requests", metrics=("requests_answered_in_time", "requests_not_assessed", "requests_by_route")
            ),
        ),
    ),
}
