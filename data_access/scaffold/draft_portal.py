"""What a new configuration needs besides its data: the portal's own file, and the roles that open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data_access.loading.tables import Found
from data_access.scaffold.drafts import Draft, Guess, Path
from data_access.scaffold.naming import listed

_PAGES = ("home", "report", "metric")


def portal(found: Found, name: str) -> Draft:
    """``portal.yaml``."""
    content = {
        "name": name,
        "organisation": "Not named yet",
        "warehouse": found.warehouse,
        "state": "sqlite:///state/portal.db",
        "year_start": 4,
        "disclosure": {"threshold": 5},
    }
    guesses = (
        Guess(("name",), "Made from the name of the source. Give the portal the name that people are to read."),
        Guess(("organisation",), "The tables do not say whose portal this is. Name the organisation."),
        Guess(("year_start",), "4 is April, as in a financial year; the tables do not say. 1 is January."),
        Guess(
            ("disclosure", "threshold"),
            "Counts of people below 5 are not shown. Write what your own rules on small numbers say.",
        ),
    )
    return Draft("portal.yaml", content, guesses)


def roles(reports: Sequence[str], people: Sequence[str], things: Sequence[str]) -> Draft:
    """``roles.yaml``. ``people`` and ``things``: the datasets that are about people, and the others."""
    opened = {"reports": [*reports], "datasets": [*people, *things]}
    exact = [] if people else ["exact_counts"]
    content: dict[str, Any] = {
        "manager": {
            "pages": [*_PAGES, "explore", "quality", "actions", "catalogue"],
            **opened,
            "see": [*exact, "export"],
        },
        "staff": {"pages": [*_PAGES, "actions", "catalogue"], **opened},
        "steward": {
            "pages": [*_PAGES, "quality", "actions", "catalogue"],
            **opened,
            "see": ["exact_counts", "failing_records", "personal_fields", "export"],
        },
        "analyst": {
            "pages": [*_PAGES, "explore", "quality", "catalogue", "workbench"],
            **opened,
            "see": ["exact_counts", "sql", "export"],
        },
        "board": {"pages": [*_PAGES, "quality", "actions", "board", "catalogue"], **opened, "see": ["exact_counts"]},
        "administrator": {"pages": ["home", "access", "catalogue"], "see": ["administer"]},
    }
    if exact:
        content["staff"]["see"] = exact
    return Draft("roles.yaml", content, tuple(_reasons(people, things)))


def _reasons(people: Sequence[str], things: Sequence[str]) -> list[Guess]:
    total = len(people) + len(things)
    if people:
        counts = (
            f"{len(people)} of {total} datasets are about people ({listed(people)}), so no exact "
            "counts below the threshold"
        )
    else:
        counts = f"none of {total} datasets is about people, so exact counts harm nobody"
    whys: dict[Path, str] = {
        ("manager",): f"Reads and explores everything, and takes tables away; {counts}.",
        ("staff",): f"Reads the same; {counts}. Add 'rows' to limit them to their own area, as {{district: district}}.",
        ("steward",): "Puts records right, so sees those that fail, personal columns too. "
        "Give it to those who look after the data.",
        ("analyst",): "Works with exact counts, but sees no personal columns. Give it to those who make the figures.",
        ("board",): "Sees figures on a shared screen, where no right of 'see' holds.",
        ("administrator",): "Looks after people and roles, and has no need of the figures.",
    }
    return [Guess(path, why) for path, why in whys.items()]
