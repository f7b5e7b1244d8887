"""The demonstration's people: with its warehouse, on this machine, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.access import passwords, people_file
from data_access.access.demonstration_people import PASSWORD
from data_access.access.people import People, demonstration_names, is_loopback, require_startable
from data_access.access.person import PeopleError, Person

EVERYBODY = {"manager", "staff", "steward", "analyst", "board", "administrator"}
HERE = "127.0.0.1"


def start(folder: Path, *, demonstration: bool, address: str | None = HERE) -> People:
    people = People(folder, demonstration=lambda: demonstration)
    require_startable(people, folder, demonstration=demonstration, address=address)
    return people


def test_they_are_the_six_roles_with_one_password(folder: Path) -> None:
    people = start(folder, demonstration=True)
    assert people.everybody().keys() == demonstration_names() == EVERYBODY
    assert all(person.roles == (name,) for name, person in people.everybody().items())
    assert people.verify("manager", PASSWORD)
    assert not people.verify("manager", PASSWORD.upper())


def test_they_stand_in_no_file(folder: Path) -> None:
    start(folder, demonstration=True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.20", "portal.council.example"])
def test_the_portal_does_not_start_with_them_away_from_this_machine(folder: Path, address: str | None) -> None:
    with pytest.raises(PeopleError, match="this machine only"):
        start(folder, demonstration=True, address=address)


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "127.0.0.53", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_this_machine_has_several_names(folder: Path, address: str) -> None:
    start(folder, demonstration=True, address=address)


@pytest.mark.parametrize("address", ["localhost.evil.example", "127.0.0.1.evil.example", "1270.0.0.1", "127.1.evil"])
def test_a_name_that_only_looks_like_this_machine_is_another(address: str) -> None:
    assert not is_loopback(address)


def test_with_another_warehouse_they_do_not_exist_and_nobody_could_sign_in(folder: Path) -> None:
    assert People(folder, demonstration=lambda: False).viewer_of("manager") is None
    with pytest.raises(PeopleError, match=r"Nobody could sign in.*only with the demonstration warehouse"):
        start(folder, demonstration=False)


def test_asking_for_them_with_another_warehouse_is_refused(folder: Path, jo: Person) -> None:
    people_file.put(folder, jo)
    file = folder / "users.yaml"
    file.write_text("demonstration: true\n" + file.read_text())
    with pytest.raises(PeopleError, match="the warehouse is not the demonstration"):
        start(folder, demonstration=False)


def test_a_copy_of_one_in_the_people_file_is_refused_anywhere(folder: Path, jo: Person) -> None:
    people_file.put(folder, Person("board", "The board", "", passwords.hashed(PASSWORD), ("board",)))
    for demonstration in (True, False):
        with pytest.raises(PeopleError, match="users reset board"):
            start(folder, demonstration=demonstration)
    people_file.remove(folder, "board")
    assert start(folder, demonstration=False).everybody().keys() == {jo.username}


def test_a_council_shows_the_demonstration_on_its_network_with_its_own_people(folder: Path, jo: Person) -> None:
    file = folder / "users.yaml"
    file.write_text("demonstration: false\n" + file.read_text())
    people = start(folder, demonstration=True, address="0.0.0.0")
    assert people.everybody().keys() == {jo.username}
    assert not people.only_on_this_machine()


def test_a_person_of_the_council_stands_before_the_demonstrations_namesake(folder: Path, password_hash: str) -> None:
    people_file.put(folder, Person("manager", "A real manager", "", password_hash, ("manager",)))
    people = start(folder, demonstration=True)
    assert not people.verify("manager", PASSWORD)
    assert people.verify("manager", "correct horse battery")


def test_they_are_gone_at_once_when_a_real_warehouse_is_put_in_its_place(folder: Path) -> None:
    made_up = True
    people = People(folder, demonstration=lambda: made_up)
    assert people.viewer_of("manager") is not None
    made_up = False
    assert people.viewer_of("manager") is None
    assert not people.verify("manager", PASSWORD)
