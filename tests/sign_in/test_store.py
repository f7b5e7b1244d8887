"""The state database and the installation's secret: private from the first moment, and whole."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.errors import StateError
from data_access.state.secret import installation_secret, keyed_hash
from data_access.state.store import StateStore

posix_only = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no permission bits: the folder's own rights apply."
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix_only
def test_the_folder_and_every_file_in_it_are_for_the_portals_account_only(store: StateStore) -> None:
    installation_secret(store)
    with store.session() as session:
        session.execute(text("SELECT count(*) FROM sessions"))
    assert mode(store.folder) == 0o700
    files = {file.name: mode(file) for file in store.folder.iterdir()}
    assert {"portal.db", "secret"} <= files.keys()
    assert set(files.values()) == {0o600}


@posix_only
def test_a_state_folder_that_something_else_made_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    assert mode(StateStore("sqlite:///state/portal.db", tmp_path).folder) == 0o700


@posix_only
def test_a_shared_folder_elsewhere_keeps_the_rights_its_administrator_set(tmp_path: Path) -> None:
    shared, installation = tmp_path / "shared", tmp_path / "installation"
    shared.mkdir()
    shared.chmod(0o770)
    installation.mkdir()
    StateStore(f"sqlite:///{shared / 'portal.db'}", installation)
    assert mode(shared) == 0o770


def test_a_relative_database_starts_at_the_folder_that_holds_the_configuration(tmp_path: Path) -> None:
    assert StateStore("sqlite:///kept/here.db", tmp_path).folder == (tmp_path / "kept").resolve()
    assert (tmp_path / "kept" / "here.db").is_file()


def test_readers_do_not_wait_for_a_writer(store: StateStore) -> None:
    with store.writing() as writer, store.session() as reader:
        writer.execute(text("DELETE FROM tickets"))
        assert reader.execute(text("SELECT count(*) FROM tickets")).scalar_one() == 0
        assert reader.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_an_address_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="not a database address"):
        StateStore("somewhere", tmp_path)


def test_the_secret_is_made_once_even_by_many_at_the_same_time(store: StateStore) -> None:
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: installation_secret(store), range(64)))
    assert len(secrets) == 1
    assert len(secrets.pop()) == 32
    assert {file.name for file in store.folder.iterdir() if "secret" in file.name} == {"secret"}


def test_two_installations_have_different_secrets(tmp_path: Path) -> None:
    stores = [StateStore("sqlite:///state/portal.db", tmp_path / name) for name in ("one", "two")]
    assert installation_secret(stores[0]) != installation_secret(stores[1])


@posix_only
def test_a_secret_that_others_could_read_is_closed_again(store: StateStore) -> None:
    installation_secret(store)
    (store.folder / "secret").chmod(0o644)
    installation_secret(store)
    assert mode(store.folder / "secret") == 0o600


@pytest.mark.parametrize("content", ["", "not hexadecimal", "abcd"])
def test_a_damaged_secret_is_refused_and_not_replaced_behind_the_administrators_back(
    store: StateStore, content: str
) -> None:
    (store.folder / "secret").write_text(content)
    with pytest.raises(StateError):
        installation_secret(store)
    assert (store.folder / "secret").read_text() == content


def test_a_hash_for_one_purpose_does_not_stand_for_another() -> None:
    assert keyed_hash(b"k", "cookie", "x") != keyed_hash(b"k", "browser", "x")
    assert keyed_hash(b"k", "cookie", "x") != keyed_hash(b"other", "cookie", "x")
