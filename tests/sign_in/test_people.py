"""The people file: its format, and that what it says now is what holds now."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml

from data_access.access import people_file
from data_access.access.people import People
from data_access.access.person import PeopleError, Person
from data_access.access.viewer import Viewer


def write(folder: Path, content: object) -> None:
    (folder / "users.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")


def entry(password_hash: str, **more: object) -> dict[str, object]:
    return {"email": "jo@council.example", "name": "Jo Bloggs", "password": password_hash, "roles": ["staff"], **more}


def test_streamlit_authenticators_own_format_is_read_with_roles_and_attributes(
    folder: Path, password_hash: str
) -> None:
    own = {"logged_in": False, "failed_login_attempts": 2, "first_name": "Jo", "last_name": "Bloggs"}
    person = entry(password_hash, quadrant="South", team=["S1", "S2"], **own)
    write(folder, {"credentials": {"usernames": {"Jo": person}}, "cookie": {"name": "theirs"}})
    expected = Viewer("jo", "Jo Bloggs", ("staff",), (("quadrant", ("South",)), ("team", ("S1", "S2"))))
    assert People(folder, demonstration=lambda: False).viewer_of("jo") == expected


def test_what_is_written_is_read_back(folder: Path, jo: Person) -> None:
    assert people_file.read(folder).people == {"jo": jo}


def test_writing_one_person_leaves_the_rest_of_the_file(folder: Path, jo: Person, password_hash: str) -> None:
    write(folder, {"demonstration": False, "credentials": {"usernames": {"sam": entry(password_hash)}}})
    people_file.put(folder, jo)
    file = people_file.read(folder)
    assert file.people.keys() == {"sam", "jo"}
    assert file.demonstration is False
    people_file.remove(folder, "sam")
    assert people_file.read(folder).people.keys() == {"jo"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits: the folder's own rights apply.")
def test_the_file_is_for_the_portals_account_only(folder: Path, jo: Person) -> None:
    assert jo.username
    assert stat.S_IMODE((folder / "users.yaml").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["users.yaml"], "no draft is left lying"


def test_a_role_taken_away_is_gone_at_once(folder: Path, jo: Person, password_hash: str) -> None:
    people = People(folder, demonstration=lambda: False)
    assert people.viewer_of("jo") == jo.viewer()
    write(folder, {"credentials": {"usernames": {"jo": entry(password_hash, roles=[])}}})
    viewer = people.viewer_of("jo")
    assert viewer is not None
    assert viewer.roles == ()
    people_file.remove(folder, "jo")
    assert people.viewer_of("jo") is None


def test_a_file_broken_while_the_portal_runs_lets_nobody_in(folder: Path, jo: Person) -> None:
    people = People(folder, demonstration=lambda: False)
    (folder / "users.yaml").write_text("credentials: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PeopleError):
            people.viewer_of(jo.username)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"credential": {}}, "Did you mean 'credentials'"),
        ({"credentials": {"usernames": ["jo"]}}, "under their username"),
        ({"credentials": {"usernames": {"jo": "secret"}}}, "jo: an entry needs"),
        ({"credentials": {"usernames": {"jo": {"password": "in clear"}}}}, "users reset jo"),
        ({"credentials": {"usernames": {"../jo": {}}}}, "is not a username"),
        ({"demonstration": "yes please"}, "true or false"),
        (["jo"], "must be a mapping"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_change(folder: Path, content: object, words: str) -> None:
    write(folder, content)
    with pytest.raises(PeopleError, match=words):
        People(folder, demonstration=lambda: False)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  name: Jo", "  name: Jo Bloggs\n      name: Jo", "a key is given twice"),
        ("    jo:", "    jo: {}\n    jo:", "a key is given twice"),
        ("credentials:", "demonstration: false\ndemonstration: false\ncredentials:", "a key is given twice"),
        ("  name: Jo", "  team: {1: a, 01: b}\n      name: Jo", "a key is given twice"),
        ("  name: Jo", "  since: 2024-13-01\n      name: Jo", "a value in it is not what it looks like"),
        ("  name: Jo", "  since: !!bool perhaps\n      name: Jo", "a value in it is not what it looks like"),
        ("  name: Jo", "  team: " + "[" * 5000 + "\n      name: Jo", "nested too deeply"),
    ],
)
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(
    folder: Path, jo: Person, old: str, new: str, words: str
) -> None:
    file = folder / "users.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PeopleError, match=words) as raised:
        people_file.read(folder)
    assert jo.password not in raised.value.message


@pytest.mark.usefixtures("jo")
def test_one_name_in_two_spellings_is_refused(folder: Path) -> None:
    file = folder / "users.yaml"
    text = file.read_text("utf-8").replace("    jo:", "    jo: &jo", 1)
    file.write_text(f"{text}    JO: {{<<: *jo, roles: [administrator]}}\n", "utf-8")
    with pytest.raises(PeopleError, match="'jo' is there twice"):
        people_file.read(folder)


def test_what_stands_elsewhere_in_the_file_may_be_taken_in(folder: Path, jo: Person) -> None:
    file = folder / "users.yaml"
    text = file.read_text("utf-8").replace("    jo:", "    jo: &jo", 1)
    file.write_text(f"{text}    ed: {{<<: *jo, name: Ed}}\n", "utf-8")
    people = people_file.read(folder).people
    assert (people["ed"].name, people["ed"].roles) == ("Ed", jo.roles)


def test_roles_must_be_words(folder: Path, password_hash: str) -> None:
    write(folder, {"credentials": {"usernames": {"jo": entry(password_hash, roles={"staff": True})}}})
    with pytest.raises(PeopleError, match="jo: roles must be"):
        People(folder, demonstration=lambda: False)
