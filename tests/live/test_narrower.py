"""Rights taken away in ``roles.yaml`` are withheld although another file is broken; none is ever added."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from data_access.access.grant import resolve
from data_access.access.viewer import Viewer
from data_access.definitions.load import load
from data_access.definitions.models import Role
from data_access.errors import Refused
from tests.definitions.cases import GOOD
from tests.live.conftest import METRICS, World


def break_a_metric(world: World) -> None:
    world.change(METRICS, "numerator:", "numeratr:")


def test_a_dataset_and_report_taken_away_are_refused_although_a_metric_is_broken(world: World) -> None:
    break_a_metric(world)
    world.change("roles.yaml", "reports: [monthly]\n  datasets: [plans]\n  rows: {quadrant: quadrant}", "reports: []")
    assert world.look()
    with pytest.raises(Refused):
        world.ask("olive")
    assert world.door("olive").reports() == ()
    condition = world.door("ada").condition()
    assert condition is not None
    assert condition.narrowed
    assert condition.since is not None


def test_a_right_taken_away_comes_back_when_the_file_says_so_again(world: World) -> None:
    break_a_metric(world)
    world.change("roles.yaml", "[home, report, metric]", "[home]")
    world.look()
    assert not world.door("olive").page("report").allowed
    world.change("roles.yaml", "[home]", "[home, report, metric]")
    world.look()
    assert world.door("olive").page("report").allowed
    assert not world.live.now.portal.condition.narrowed


def test_a_role_that_is_no_longer_there_gives_nothing(world: World) -> None:
    break_a_metric(world)
    world.change("roles.yaml", "administrator:", "auditor:")
    world.look()
    assert world.door("ada").condition() is None
    assert not world.door("ada").page("home").allowed


def test_what_is_new_in_the_roles_waits_until_everything_is_mended(world: World) -> None:
    break_a_metric(world)
    world.change("roles.yaml", "[home, access]", "[home, access, report]")
    world.look()
    assert not world.door("ada").page("report").allowed
    world.change(METRICS, "numeratr:", "numerator:")
    assert world.look()
    assert world.door("ada").page("report").allowed


def test_a_roles_file_with_a_mistake_of_its_own_neither_gives_nor_takes(world: World) -> None:
    break_a_metric(world)
    world.change("roles.yaml", "[home, report, metric]", "[home]")
    world.look()
    world.change("roles.yaml", "[home]", "[home, report, metrc]")
    world.look()
    assert not world.door("olive").page("report").allowed, "what had been taken away stays away"
    assert world.door("olive").page("home").allowed


# -- the rule itself, over every pair of small roles ---------------------------------------------

Limits = dict[str, frozenset[str]]
PIECES = [
    {"pages": ("home",), "datasets": ("plans",), "reports": ("monthly",)},
    {"pages": ("home", "report"), "datasets": ("plans",), "rows": {"quadrant": "quadrant"}, "see": ("export",)},
    {"pages": (), "datasets": ("plans",), "rows": {"district": "district"}, "reports": ("monthly",)},
    {"pages": ("metric",), "see": ("exact_counts",)},
    {"datasets": ("plans",), "rows": {"quadrant": "area"}},
    {"datasets": ("plans",), "rows": {"quadrant": "elsewhere"}},
]
PAIRS = [
    {"manager": Role(id="manager", **one), "clerk": Role(id="clerk", **other)} for one, other in product(PIECES, PIECES)
]
ATTRIBUTES = (("area", ("N", "S")), ("district", ("E07000066",)), ("elsewhere", ("S",)), ("quadrant", ("N",)))
VIEWER = Viewer("vic", "Vic", ("manager", "clerk"), ATTRIBUTES)
CONFIGURATION = load(GOOD)


def rights(roles: dict[str, Role], narrower: dict[str, Role] | None = None) -> tuple[set[str], Limits | None]:
    """What is allowed, and the row rules of the dataset; None where it is closed."""
    grant = resolve(replace(CONFIGURATION, roles=roles, narrower=narrower), VIEWER)
    contract, report = CONFIGURATION.contracts["plans"], CONFIGURATION.reports["monthly"]
    allowed = {page for page in ("home", "report", "metric") if grant.page(page).allowed}
    allowed |= {right for right in ("export", "exact_counts") if grant.sees(right)}
    allowed |= {report.id} if grant.report(report).allowed else set()
    decision, limits = grant._dataset(contract)
    return allowed, dict(limits) if decision.allowed else None


def both(one: Limits | None, other: Limits | None) -> Limits | None:
    """What meets the row rules of both."""
    if one is None or other is None:
        return None
    every = frozenset({"N", "S", "E07000066"})
    merged = {column: one.get(column, every) & other.get(column, every) for column in {*one, *other}}
    return merged if all(merged.values()) else None


def test_what_either_of_two_sets_of_roles_refuses_is_refused() -> None:
    alone = [rights(roles) for roles in PAIRS]
    for (ours, (allowed, limits)), (theirs, (others, other_limits)) in product(
        zip(PAIRS, alone, strict=True), repeat=2
    ):
        assert rights(ours, theirs) == (allowed & others, both(limits, other_limits)), (ours, theirs)
