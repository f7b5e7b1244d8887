"""Wrong passwords slow the next try down, for a while: a delay that grows and decays, never a lock-out.

Every name that is typed has its own delay, whether or not such a person exists, so the delay gives
nobody away. A try is counted *before* its password is looked at and forgiven when it was right:
a hundred tries at once wait as long as a hundred tries in a row.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from data_access.state.secret import installation_secret, keyed_hash
from data_access.state.store import StateStore
from data_access.state.tables import AttemptRow
from data_access.state.times import now

FREE = 3  # a person who mistypes twice waits for nothing
LONGEST = timedelta(seconds=8)
HALF_LIFE = timedelta(minutes=5)
FORGOTTEN = timedelta(days=1)


def decayed(score: float, since: timedelta) -> float:
    """How many wrong tries ``score`` counts for after ``since``: half of it every HALF_LIFE."""
    return float(score * 0.5 ** (since / HALF_LIFE))


def delay(score: float) -> timedelta:
    """The pause that the next try keeps after this many wrong ones: none, then 1 s, 2 s, 4 s … up to LONGEST."""
    if score < FREE - 0.5:  # the third wrong try counts for a little less than 3: the first two have begun to decay
        return timedelta()
    return min(LONGEST, timedelta(seconds=2.0 ** min(score - FREE, 10.0)))


def take_turn(store: StateStore, name: str) -> timedelta | None:
    """Counts a try at ``name`` and says how long it must wait before its password is looked at.

    None when so many are waiting already that this one is turned away, uncounted.
    """
    key = _key(store, name)
    with store.writing() as session:
        moment = now()
        session.execute(delete(AttemptRow).where(AttemptRow.at < moment - FORGOTTEN))
        row = session.get(AttemptRow, key, with_for_update=True)
        if row is None:
            row = AttemptRow(name_hash=key, score=0.0, at=moment, next_at=moment)
            session.add(row)
        turn = max(moment, row.next_at)
        if turn - moment > LONGEST:
            return None
        row.score = decayed(row.score, moment - row.at) + 1
        row.at = moment
        row.next_at = turn + delay(row.score)
        return turn - moment


def forgive(store: StateStore, name: str) -> None:
    """The password was right: the name's wrong tries no longer count."""
    with store.writing() as session:
        session.execute(delete(AttemptRow).where(AttemptRow.name_hash == _key(store, name)))


def _key(store: StateStore, name: str) -> str:
    return keyed_hash(installation_secret(store), "name", name.strip().lower())
