"""How far the number can be trusted: the sentence, the verdict, the confidence and what is in doubt."""

from __future__ import annotations

import streamlit as st

from data_access.definitions.models import Contract, PortalSettings, Rule
from data_access.questions import Row
from pages.parts import numbers, templates, words
from pages.parts.figures import Figure


def draw(figure: Figure, settings: PortalSettings) -> None:
    """Draws the panel for one figure."""
    row, metric = figure.row, figure.answer.metric
    assessed = not figure.unchecked
    with st.container(key="confidence-panel", border=True):
        templates.show("panel_title", text="How far can this number be trusted?")
        with st.container(key="range-text"):
            text = words.headline(row, metric, figure.unchecked, settings.disclosure.threshold)
            templates.show("headline", text=text)
        with st.container(key="verdict"):
            shape = row.verdict if assessed or row.verdict is None else "cannot_tell"
            templates.show(
                "panel_verdict",
                verdict=shape,
                text=words.verdict(row, assessed),
                certain=assessed and row.verdict in ("met", "missed"),
                no_verdict=_no_verdict(row),
            )
        templates.show("panel", **_values(figure, settings))


def _no_verdict(row: Row) -> str:
    if row.verdict:
        return ""
    return "No target is set." if row.target is None else "No verdict against the target."


def _values(figure: Figure, settings: PortalSettings) -> dict[str, object]:
    row, contract = figure.row, figure.answer.contract
    confidence = row.confidence if not figure.unchecked else None
    fact = row.fact
    return {
        "confidence": None if confidence is None else numbers.beyond_doubt(confidence),
        "band": "" if confidence is None else numbers.band(confidence, settings.confidence),
        "weighed": "" if confidence is None else words.weighed(row),
        "bars": []
        if fact is None or figure.unchecked
        else [
            {"name": name, "percent": numbers.beyond_doubt(value)}
            for name, value in (("Complete", fact.complete), ("Accurate", fact.accurate), ("Timely", fact.timely))
        ],
        "fit": figure.answer.fit[:1].upper() + figure.answer.fit[1:],
        "doubts": [
            _doubt(rule_id, number, contract)
            for rule_id, number in sorted(row.doubts, key=lambda one: -one[1])
            if number
        ],
        "clear": row.in_doubt == 0 and bool(row.records) and not figure.unchecked,
        "people": _people(contract),
        "notes": figure.answer.notes,
    }


def _doubt(rule_id: str, number: int, contract: Contract) -> dict[str, object]:
    rule = next((rule for rule in contract.rules if rule.id == rule_id), None)
    said = {"records": numbers.records(number), "verb": "fails" if number == 1 else "fail", "name": rule_id}
    if rule is None:
        return said
    who = contract.contact
    return {
        **said,
        "name": rule.name,
        "about": _about(rule, contract),
        "impact": rule.business_impact,
        "fix": rule.fix,
        "who": who.name if who else "",
    }


def _about(rule: Rule, contract: Contract) -> str:
    """The columns that the check looks at, by their labels; essential ones say so."""
    columns = [contract.columns[name] for name in rule.columns if name in contract.columns]
    return numbers.listed([f"{one.label} (essential field)" if one.critical else one.label for one in columns])


def _people(contract: Contract) -> list[dict[str, str]]:
    members = [("Owner", contract.member("owner")), ("Steward", contract.member("steward"))]
    return [{"role": role, "name": one.name, "contact": one.contact} for role, one in members if one]
