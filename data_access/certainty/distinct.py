"""The range of a distinct count over all worlds (certainty §3)."""

from __future__ import annotations

import numpy as np

from data_access.certainty.measures import NO_KEY, UNSURE, Ints
from data_access.certainty.unclear import Unclear


def distinct_range(
    certain: Ints, records: Unclear, domain: frozenset[int] | None, *, blank: bool
) -> tuple[float, float]:
    """C certain keys; Q keys of members in doubt; D records with a doubtful key; S records of several keys.

    low = max(|C|, 1 if any certain member surely has a key);
    high = |C ∪ Q| + D + min(|S|, new keys that S names), capped by the domain.
    ``certain``: the keys of certain members without any doubt. ``domain``: what a doubtful key may be, None for no
    list; ``blank``: it may also be blank.
    """
    ends = np.append(records.starts, len(records.keys))[1:]
    surely = set(certain.tolist())
    possible: set[int] = set()
    beside: set[int] = set()  # keys of the other copies of records with a doubtful key
    several: list[tuple[float, set[int]]] = []
    doubtful, has_key = 0.0, bool(surely)
    for kind, (start, end) in enumerate(zip(records.starts, ends, strict=True)):
        keys = set(records.keys[start:end].tolist())
        member = bool(records.certain[kind])
        has_key |= member and NO_KEY not in keys and not (blank and UNSURE in keys)
        if UNSURE in keys:
            doubtful += float(records.n[kind])
            beside |= keys - {NO_KEY, UNSURE}
        elif len(keys) > 1:
            several.append((float(records.n[kind]), keys - {NO_KEY}))
        elif member:
            surely |= keys - {NO_KEY}
        else:
            possible |= keys - {NO_KEY}
    either = surely | possible
    several = [(n, keys) for n, keys in several if not keys <= either]
    named = set().union(*(keys for _, keys in several)) if several else set()
    high = len(either) + doubtful + min(sum(n for n, _ in several), len(named - either))
    if domain is not None:
        high = min(high, float(len(either | named | beside | domain)))
    return float(max(len(surely), has_key)), float(high)
