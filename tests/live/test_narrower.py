"""Rights taken away in ``roles.yaml`` are withheld although another file is broken; none is ever added."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import product

import pytest

from data_access import live
from data_access.access import people_file
from data_access.access.grant import resolve
from data_access.access.viewer import Viewer
from data_access.definitions.load import load
from data_access.definitions.models import Role
from data_access.errors import PlumblineError, Refused
from data_access.live import Serving
from data_access.state.store import StateStore
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
    assert not world.live.now.portal.condition.narrowed, "what it takes away now is not withheld"


def test_two_people_with_the_same_roles_in_force_and_other_roles_to_come_do_not_share_what_was_worked_out(
    world: World,
) -> None:
    """Exact counts pass from one role to another that is new, so one of the two keeps them and the other does not."""
    olive = people_file.read(world.folder).people["olive"]
    people_file.put(world.folder, replace(olive, username="rose", roles=("manager", "reader")))
    break_a_metric(world)
    world.change("roles.yaml", "  see: [exact_counts]\nadmin", "reader:\n  see: [exact_counts]\nadmin")
    assert world.look()
    few = {"by": ("district",), "start": datetime.date(2026, 1, 1), "end": datetime.date(2026, 1, 31)}
    assert [row.suppressed for row in world.ask("rose", **few).rows] == [False]
    assert [row.suppressed for row in world.ask("olive", **few).rows] == [True]
    assert world.door("rose").grant.key != world.door("olive").grant.key


# -- the files are whole, but may not or cannot be served ------------------------------------------

TAKEN = ("roles.yaml", "reports: [monthly]\n  datasets: [plans]\n  rows: {quadrant: quadrant}", "reports: []")


def test_a_right_taken_away_is_withheld_although_the_whole_cannot_be_put_into_force(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RETRY_AFTER", 0.0)
    blocked = world.folder.parent / "blocked"
    blocked.write_text("a file where a folder is wanted", "utf-8")
    world.change(*TAKEN)
    world.change("portal.yaml", "sqlite:///state/portal.db", "sqlite:///blocked/portal.db")
    assert world.look()
    with pytest.raises(Refused):
        world.ask("olive")
    condition = world.live.now.portal.condition
    assert [problem.file for problem in condition.problems] == ["portal.yaml"]
    assert condition.narrowed
    blocked.unlink()
    assert world.live.look(), "it is tried again, though no file has moved"
    assert world.live.now.portal.condition.since is None
    assert world.live.now.portal.configuration.narrower is None


def test_what_may_not_be_served_is_not_tried_at_every_look_and_leaves_nothing_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RETRY_AFTER", float("inf"))
    refused: list[Serving] = []
    closed: list[StateStore] = []

    def permit(serving: Serving) -> None:
        refused.append(serving)
        raise PlumblineError("Not here.")

    monkeypatch.setattr(StateStore, "close", lambda store: closed.append(store))
    world.change(*TAKEN)
    world.change("portal.yaml", "portal.db", "other.db")
    for _ in range(5):
        world.live.look(permit)
    assert closed == [serving.portal.state for serving in refused]
    assert len(closed) == 1
    assert world.live.now.portal.state not in closed
    assert not world.door("olive").reports()


def test_whatever_stands_in_the_way_a_right_taken_away_is_withheld_and_it_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def permit(_serving: Serving) -> None:
        raise ZeroDivisionError("nobody thought of this")

    world.change(*TAKEN)
    world.live.look(permit)
    assert world.live.look(permit)
    assert not world.door("olive").reports()
    [problem] = world.live.now.portal.condition.problems
    assert "ZeroDivisionError" in problem.reason
    assert "nobody thought of this" not in problem.reason
    assert "nobody thought of this" in caplog.text


@pytest.mark.parametrize("people", ["since: 2024-13-01", "roles: []"], ids=["no such date", "a key given twice"])
def test_a_right_taken_away_stays_so_when_the_people_file_breaks_and_heals(world: World, people: str) -> None:
    whole = (world.folder / "users.yaml").read_text("utf-8")
    world.change("users.yaml", "name: ada", f"name: ada\n      {people}")
    world.change(*TAKEN)
    world.look()
    assert {problem.file for problem in world.live.now.portal.condition.problems} == {"users.yaml"}
    world.write("users.yaml", whole)
    assert world.live.look()
    with pytest.raises(Refused):
        world.ask("olive")
    assert world.live.now.portal.configuration.narrower is None, "in force as a whole"


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
