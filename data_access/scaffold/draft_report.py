"""The report over all drafted metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data_access.scaffold.drafts import Draft, Guess

READERS = ("manager", "staff", "steward", "analyst", "board")


def report(
    name: str,
    report_id: str,
    metrics: Mapping[str, Sequence[Mapping[str, Any]]],
    titles: Mapping[str, str],
    readers: Sequence[str] = READERS,
) -> Draft:
    """A section for each dataset with metrics. ``metrics`` and ``titles`` are by dataset."""
    sections, guesses = list[dict[str, Any]](), list[Guess]()
    for dataset, found in metrics.items():
        if not found:
            continue
        section: dict[str, Any] = {"title": titles[dataset], "metrics": [metric["id"] for metric in found]}
        if breakdown := _breakdown(found):
            section["breakdown"] = breakdown
            why = f"It is a dimension of all {len(found)} metrics here. Choose the one that the meeting asks by."
            guesses.append(Guess(("sections", len(sections), "breakdown"), why))
        sections.append(section)
    content = {
        "title": name,
        "forum": "Not named yet",
        "owner": "Not named yet",
        "audience": [*readers],
        "sections": sections,
    }
    guesses.append(Guess(("forum",), "The tables do not say which meeting reads this. Name it."))
    guesses.append(Guess(("owner",), "The tables do not say who answers for this report. Name the person or post."))
    guesses.append(
        Guess(("audience",), f"All {len(readers)} roles that look at figures may read it. Name those who should.")
    )
    return Draft(f"reports/{report_id}.yaml", content, tuple(guesses))


def _breakdown(metrics: Sequence[Mapping[str, Any]]) -> str | None:
    """The first dimension that all metrics of a section have."""
    first, *others = [metric.get("dimensions", []) for metric in metrics]
    return next((name for name in first if all(name in other for other in others)), None)
