"""Codes that lie within others: a team in a district, a district in a quadrant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import permutations
from typing import Any

from data_access.scaffold import profile_queries as queries
from data_access.scaffold.guess_codes import OFTEN
from data_access.scaffold.guessed import Codes, Reasoned
from data_access.scaffold.naming import listed, of
from data_access.scaffold.profile import TableProfile

INSIDE = 0.98  # of the records, in the code above that their own code mostly lies in
UNEVEN = 0.9  # one code that holds more of all records than this holds anything by chance
MOST_COLUMNS = 8


def parents(profile: TableProfile, coded: Mapping[str, Reasoned[Codes]]) -> dict[str, Reasoned[tuple[str, ...]]]:
    """For each column of codes, the columns of fewer codes that it lies in, the nearest (with most codes) first."""
    names = [name for name in coded if profile.columns[name].column.type != "boolean"][:MOST_COLUMNS]
    found: dict[str, list[tuple[str, int, int]]] = {}
    for inner, outer in permutations(names, 2):
        if profile.columns[inner].distinct > profile.columns[outer].distinct > 1:
            inside = _inside(profile.ask(queries.together(profile.node, (inner, outer))))
            if inside is not None:
                found.setdefault(inner, []).append((outer, *inside))
    return {name: _reasoned(profile, above) for name, above in found.items()}


def _inside(rows: list[dict[str, Any]]) -> tuple[int, int] | None:
    """How many records lie where their code mostly does, of how many with both; None where that is no hierarchy."""
    places: dict[str, Counter[str]] = {}
    whole: Counter[str] = Counter()
    for row in rows:
        if row["v0"] is not None and row["v1"] is not None:
            places.setdefault(row["v0"], Counter())[row["v1"]] += row["records"]
            whole[row["v1"]] += row["records"]
    total = whole.total()
    if len(whole) < 2 or total < OFTEN * len(places) or whole.most_common(1)[0][1] > UNEVEN * total:
        return None
    inside = sum(found.most_common(1)[0][1] for found in places.values())
    return (inside, total) if inside >= INSIDE * total else None


def _reasoned(profile: TableProfile, above: list[tuple[str, int, int]]) -> Reasoned[tuple[str, ...]]:
    ordered = sorted(above, key=lambda one: -profile.columns[one[0]].distinct)
    shown = [
        f"{of(inside, total, 'records')} in the {name} that their code mostly has" for name, inside, total in ordered
    ]
    return Reasoned(tuple(name for name, *_ in ordered), f"{listed(shown)}. Remove what is no hierarchy.")
