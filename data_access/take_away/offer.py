"""A table that a page offers to take away, sealed: the browser hands it back, and can neither read more nor change it.

The questions come back from outside, where anybody could write others. The seal lets only those through that a page
put to the door for this very person; what they may see of them is resolved again when the offer comes back.
"""

from __future__ import annotations

import base64
import binascii
import hmac

from pydantic import TypeAdapter, ValidationError

from data_access.errors import Refused
from data_access.state.secret import keyed_hash
from data_access.take_away.table import Table

_TABLE = TypeAdapter(Table)
_PURPOSE = "take away"


def sealed(table: Table, username: str, definitions: str, secret: bytes) -> str:
    """The table as text that only this person can hand back, only as it is, and only under the same definitions."""
    body = base64.urlsafe_b64encode(_TABLE.dump_json(table)).decode("ascii")
    return f"{_seal(body, username, definitions, secret)}.{body}"


def opened(offer: str, username: str, definitions: str, secret: bytes) -> Table:
    """The table of an offer. Raises Refused for one that was made for somebody else, altered or made up.

    Also for one of other ``definitions``: its title would stand over figures that mean something else by now.
    """
    seal, _, body = offer.partition(".")
    if not hmac.compare_digest(
        seal.encode("utf-8", "replace"), _seal(body, username, definitions, secret).encode("ascii")
    ):
        raise Refused("This table was not offered to you here. Load the page again and take it from there.")
    try:
        return _TABLE.validate_json(base64.urlsafe_b64decode(body))
    except (ValidationError, binascii.Error) as error:  # sealed by an earlier version of the portal
        raise Refused("This page is of an earlier version of the portal. Load it again.") from error


def _seal(body: str, username: str, definitions: str, secret: bytes) -> str:
    return keyed_hash(secret, _PURPOSE, f"{username}\0{definitions}\0{body.encode('utf-8', 'replace').decode('utf-8')}")
