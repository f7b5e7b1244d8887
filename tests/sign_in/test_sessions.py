"""Sessions and their keys: one ticket, both keys, and nothing once the session is closed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from data_access.state import sessions
from data_access.state.sessions import BrowserKeys, OpenSession
from data_access.state.store import StateStore

Later = Callable[[timedelta], None]


def opened(store: StateStore, username: str = "jo") -> tuple[OpenSession, BrowserKeys]:
    session = sessions.begin(store, username)
    keys = sessions.redeem(store, sessions.issue_ticket(store, session.id))
    assert keys is not None
    return session, keys


def test_both_keys_bring_a_person_back(store: StateStore) -> None:
    session, keys = opened(store)
    assert sessions.by_cookie(store, keys.cookie, keys.browser) == session


def test_the_cookie_without_the_browser_key_opens_nothing(store: StateStore) -> None:
    _, keys = opened(store)
    _, others = opened(store, "sam")
    assert sessions.cookie_holds(store, keys.cookie)
    for wrong in ("", keys.cookie, others.browser, keys.browser[:-1]):
        assert sessions.by_cookie(store, keys.cookie, wrong) is None


def test_the_browser_key_without_the_cookie_opens_nothing(store: StateStore) -> None:
    _, keys = opened(store)
    for wrong in ("", keys.browser):
        assert sessions.by_cookie(store, wrong, keys.browser) is None


def test_a_ticket_works_once(store: StateStore) -> None:
    ticket = sessions.issue_ticket(store, sessions.begin(store, "jo").id)
    assert sessions.is_waiting(store, ticket)
    assert sessions.redeem(store, ticket) is not None
    assert not sessions.is_waiting(store, ticket)
    assert sessions.redeem(store, ticket) is None


def test_a_ticket_posted_twice_at_once_is_redeemed_once(store: StateStore) -> None:
    ticket = sessions.issue_ticket(store, sessions.begin(store, "jo").id)
    with ThreadPoolExecutor(8) as pool:
        redeemed = list(pool.map(lambda _: sessions.redeem(store, ticket), range(8)))
    assert sum(keys is not None for keys in redeemed) == 1


def test_a_ticket_is_good_for_a_minute(store: StateStore, later: Later) -> None:
    ticket = sessions.issue_ticket(store, sessions.begin(store, "jo").id)
    later(timedelta(seconds=61))
    assert sessions.redeem(store, ticket) is None


def test_a_ticket_of_a_closed_session_is_worth_nothing(store: StateStore) -> None:
    session = sessions.begin(store, "jo")
    ticket = sessions.issue_ticket(store, session.id)
    sessions.close(store, session.id, "signed out")
    assert sessions.redeem(store, ticket) is None


def test_a_closed_session_opens_nothing_by_any_way(store: StateStore) -> None:
    session, keys = opened(store)
    sessions.close(store, session.id, "signed out")
    assert sessions.by_id(store, session.id) is None
    assert not sessions.cookie_holds(store, keys.cookie)
    assert sessions.by_cookie(store, keys.cookie, keys.browser) is None


def test_closing_all_of_a_persons_sessions_leaves_the_others_open(store: StateStore) -> None:
    mine = [opened(store)[0] for _ in range(2)]
    hers, _ = opened(store, "sam")
    assert sessions.close_all(store, "jo", "new password") == 2
    assert [sessions.by_id(store, session.id) for session in mine] == [None, None]
    assert sessions.by_id(store, hers.id) == hers


def test_a_session_ends_with_the_working_day_even_in_use(store: StateStore, later: Later) -> None:
    session, _ = opened(store)
    for _ in range(11):
        later(timedelta(hours=1))
        assert sessions.by_id(store, session.id) == session
    later(timedelta(hours=1))
    assert sessions.by_id(store, session.id) is None


def test_a_session_that_nobody_uses_ends_after_two_hours(store: StateStore, later: Later) -> None:
    session, keys = opened(store)
    later(timedelta(hours=2))
    assert sessions.by_id(store, session.id) is None
    assert sessions.by_cookie(store, keys.cookie, keys.browser) is None


def test_a_page_that_asks_by_itself_does_not_keep_its_session_alive(store: StateStore, later: Later) -> None:
    session, _ = opened(store)
    for _ in range(7):
        later(timedelta(minutes=15))
        assert sessions.by_id(store, session.id, seen=False) == session
    later(timedelta(minutes=15))
    assert sessions.by_id(store, session.id, seen=False) is None


def test_no_key_stands_in_the_database_in_clear(store: StateStore) -> None:
    session = sessions.begin(store, "jo")
    ticket = sessions.issue_ticket(store, session.id)
    keys = sessions.redeem(store, ticket)
    assert keys is not None
    store.close()
    written = b"".join(file.read_bytes() for file in store.folder.glob("portal.db*"))
    assert session.id.encode() in written  # it is looked in the right place
    for secret in (ticket, keys.cookie, keys.browser):
        assert secret.encode() not in written


def test_rows_long_out_of_use_are_cleared_away(store: StateStore, later: Later) -> None:
    old, _ = opened(store)
    later(timedelta(days=40))
    opened(store, "sam")
    with store.session() as session:
        assert session.get(sessions.SessionRow, old.id) is None
