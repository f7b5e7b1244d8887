"""The configuration is edited while the portal serves: the good takes effect, the broken does not, nothing is mixed."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import duckdb
import pytest

from data_access.demonstration.builder import MARK
from data_access.errors import PlumblineError, Refused, WarehouseError
from data_access.live import Serving
from data_access.questions import Query
from tests.live.conftest import METRICS, World
from tests.overview.conftest import until

WITHIN = "<= 140"


def _stumble(*_: object, **__: object) -> None:
    raise MemoryError("just now")


def _out_of_reach(_warehouse: object) -> None:
    raise WarehouseError("The file is gone.")


def files_with_problems(world: World) -> list[str]:
    condition = world.door("ada").condition()
    assert condition is not None
    return sorted({problem.file for problem in condition.problems})


# -- what is good takes effect -----------------------------------------------------------------


def test_a_good_change_counts_from_the_next_question_on_and_keeps_sessions(world: World) -> None:
    session = world.live.now.gate.open("olive")
    before = world.ask("olive").rows[0].value
    world.change(METRICS, WITHIN, "<= 70")
    assert world.look()
    assert (before, world.ask("olive").rows[0].value) == (70.0, 35.0)
    assert world.live.now.gate.viewer_of(session) is not None


def test_files_that_did_not_change_are_not_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_folder: Path) -> None:
        raise AssertionError("the files were read")

    monkeypatch.setattr("data_access.live.read_all", read)
    assert not world.look()
    world.change("roles.yaml", "manager:", "manager: ")
    with pytest.raises(AssertionError, match="the files were read"):
        world.look()


def test_a_file_that_is_still_being_written_is_left_alone_until_it_rests(world: World) -> None:
    world.change(METRICS, WITHIN, "<= 70")
    assert not world.live.look()
    world.change(METRICS, "<= 70", "<= 100")
    assert not world.live.look()
    assert world.live.look()
    assert world.ask("olive").rows[0].value == 50.0


def test_words_that_change_nothing_keep_what_was_worked_out(world: World) -> None:
    before = world.live.now
    world.change(METRICS, "- id: plans_in_time", "# A remark.\n- id: plans_in_time")
    assert not world.look()
    assert world.live.now is before


def test_another_warehouse_is_opened_and_an_unchanged_one_kept(world: World) -> None:
    before = world.live.now.portal.warehouse
    world.change(METRICS, WITHIN, "<= 70")
    world.look()
    assert world.live.now.portal.warehouse is before
    with duckdb.connect(str(world.folder.parent / "state" / "other.duckdb")) as connection:
        connection.execute("create table plan_records as select 1")
    world.change("portal.yaml", "test.duckdb", "other.duckdb")
    assert world.look()
    assert world.live.now.portal.warehouse is not before
    assert files_with_problems(world) == ["datasets/plans.odcs.yaml"]


# -- what is broken does not -------------------------------------------------------------------


def test_a_broken_change_leaves_the_last_good_one_answering_and_heals_by_itself(world: World) -> None:
    before = world.live.now
    world.change(METRICS, "numerator:", "numeratr:")
    assert not world.look()
    assert world.live.now is before
    assert world.ask("olive").rows[0].value == 70.0
    condition = world.door("ada").condition()
    assert condition is not None
    assert condition.since is not None
    [misspelt] = [problem for problem in condition.problems if problem.suggestion == "numerator"]
    assert (misspelt.file, misspelt.line, misspelt.key) == (METRICS, 6, "metrics[0].numeratr")
    world.change(METRICS, "numeratr:", "numerator:")
    assert not world.look(), "what is in force has not changed"
    healed = world.door("ada").condition()
    assert healed is not None
    assert (healed.since, healed.problems) == (None, ())


def test_since_is_when_it_first_broke(world: World) -> None:
    world.change(METRICS, "numerator:", "numeratr:")
    world.look()
    first = world.live.now.portal.condition.since
    world.change("portal.yaml", "year_start", "yaer_start")
    world.look()
    assert first is not None
    assert world.live.now.portal.condition.since == first
    assert files_with_problems(world) == [METRICS, "portal.yaml"]


def test_only_who_administers_is_told(world: World) -> None:
    world.change(METRICS, "numerator:", "numeratr:")
    world.look()
    assert world.door("olive").condition() is None
    assert world.door("ada").on_shared_screen().condition() is None
    assert world.door("ada").condition() is not None


def test_the_whole_folder_gone_leaves_the_portal_answering(world: World) -> None:
    people = world.door("olive")
    world.folder.rename(world.folder.with_name("elsewhere"))
    world.look()
    assert people.ask(Query("plans_in_time")).rows[0].value == 70.0
    assert world.live.now.portal.condition.since is not None
    world.folder.with_name("elsewhere").rename(world.folder)
    world.look()
    assert world.live.now.portal.condition.since is None


def test_a_configuration_that_may_not_be_served_does_not_take_effect_until_it_may(world: World) -> None:
    refusing = [True]

    def permit(serving: Serving) -> None:
        if refusing[0]:
            raise PlumblineError(f"Not with number {serving.number}.")

    world.change(METRICS, WITHIN, "<= 70")
    world.live.look(permit)
    assert not world.live.look(permit)
    assert world.ask("olive").rows[0].value == 70.0
    assert [problem.reason for problem in world.live.now.portal.condition.problems] == ["Not with number 2."]
    refusing[0] = False
    world.change("users.yaml", "name: ada", "name: Ada")  # what stands outside the files has changed
    assert world.live.look(permit)
    assert world.ask("olive").rows[0].value == 35.0


def test_what_was_read_is_not_lost_when_the_look_stumbles_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither before it is put into force, nor while it is held against the tables."""
    for place in ("data_access.live.Portal", "data_access.live.table_problems"):
        before = world.live.now
        world.change("roles.yaml", "[home, report, metric]", "[home]")
        with monkeypatch.context() as patch:
            patch.setattr(place, _stumble)
            for _ in range(3):
                with contextlib.suppress(MemoryError):
                    world.live.look()
        world.look()
        assert world.live.now is not before
        assert not world.door("olive").page("report").allowed
        assert world.live.now.portal.condition.since is None
        world.change("roles.yaml", "[home]", "[home, report, metric]")
        world.look()


def test_a_people_file_that_cannot_be_looked_at_holds_nothing_up(world: World) -> None:
    people, aside = world.folder / "users.yaml", world.folder.parent / "users"
    people.rename(aside)
    people.symlink_to(people)
    world.change("roles.yaml", "[home, report, metric]", "[home]")
    world.look()
    people.unlink()
    aside.rename(people)
    world.look()
    assert not world.door("olive").page("report").allowed
    assert world.live.now.portal.condition.since is None


def test_whatever_find_files_reads_is_watched(world: World) -> None:
    (world.folder / "notes.YAML").write_text("a: 1", "utf-8")
    world.look()
    assert files_with_problems(world) == ["notes.YAML"]
    (world.folder / "notes.YAML").unlink()
    world.look()
    assert files_with_problems(world) == []


def test_a_demonstration_out_of_reach_stays_one_under_another_configuration(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect(str(world.folder.parent / "state" / "demonstration.duckdb")) as connection:
        connection.execute(f"create table {MARK} as select 1")
    world.change("portal.yaml", "test.duckdb", "demonstration.duckdb")
    world.look()
    assert world.live.now.portal.demonstration
    monkeypatch.setattr(type(world.live.now.portal.warehouse), "generation", _out_of_reach)
    world.change(METRICS, WITHIN, "<= 70")
    assert world.look()
    assert world.live.now.portal.demonstration


# -- people and tables -------------------------------------------------------------------------


def test_a_column_that_leaves_the_warehouse_is_told_and_so_is_its_return(world: World) -> None:
    file = world.folder.parent / "state" / "test.duckdb"
    for column, told in (("costs", ["datasets/plans.odcs.yaml"]), ("cost", [])):
        draft = file.with_suffix(".new")
        with duckdb.connect(str(draft)) as connection:
            connection.execute(f"attach '{file}' as old (read_only)")
            was = "cost" if column == "costs" else "costs"
            connection.execute(
                f"create table plan_records as select * rename ({was} as {column}) from old.plan_records"
            )
        draft.replace(file)
        world.live.now.portal.warehouse._looked = -1.0  # type: ignore[attr-defined]  # not to wait for its second
        world.live.look()
        assert files_with_problems(world) == told
        assert world.live.now.portal.condition.since is None


def test_a_person_without_the_attribute_of_a_row_rule_is_told(world: World) -> None:
    world.change("users.yaml", "quadrant:", "quadrnt:")
    world.live.look()
    assert files_with_problems(world) == ["users.yaml"]


# -- nothing is mixed --------------------------------------------------------------------------


def test_a_question_under_way_ends_under_the_configuration_that_it_began_with(world: World) -> None:
    """Old grant, old contract and old caches, although the new one is in force by then."""
    old = world.door("olive")
    world.change("roles.yaml", "reports: [monthly]\n  datasets: [plans]\n  rows: {quadrant: quadrant}", "reports: []")
    world.change("datasets/plans.odcs.yaml", "- name: weeks", "- name: weeks\n        classification: personal")
    world.look()
    assert "weeks" not in old.hidden(old._installation.configuration.contracts["plans"])
    assert old.ask(Query("plans_in_time")).rows[0].value == 70.0
    new = world.door("olive")
    assert new._installation.answers is not old._installation.answers
    assert new._installation.condenser is not old._installation.condenser
    with pytest.raises(Refused):
        new.ask(Query("plans_in_time"))


def test_no_answer_has_the_grant_of_one_and_the_contract_of_another_configuration(world: World) -> None:
    """One shows the person's own records and counts to 140 days, the other all records and to 70 days."""
    world.change("users.yaml", "      - N\n      - S\n", "      - N\n")
    world.change("roles.yaml", "  reports: [monthly]\n", "  reports: []\n")
    world.look()
    found: list[float | None] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            found.append(world.ask("olive").rows[0].value)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    try:
        for _ in range(4):
            world.change("roles.yaml", "  rows: {quadrant: quadrant}\n", "")
            world.change(METRICS, WITHIN, "<= 70")
            assert world.look()
            until(lambda: found[-1:] == [35.0])
            world.change("roles.yaml", "  datasets: [plans]\n", "  datasets: [plans]\n  rows: {quadrant: quadrant}\n")
            world.change(METRICS, "<= 70", WITHIN)
            assert world.look()
            until(lambda: found[-1:] == [60.0])
    finally:
        ended.set()
    for asker in askers:
        asker.join()
    assert set(found) == {60.0, 35.0}, "of own records to 140 days, of all to 70, and nothing between"
