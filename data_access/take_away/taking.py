"""Offering a table and taking it away, within one grant: nothing comes out here that ``ask`` would not answer."""

from __future__ import annotations

from collections.abc import Callable

from data_access.errors import Refused
from data_access.granted import Granted, slice_words
from data_access.questions import Key
from data_access.state.secret import installation_secret
from data_access.take_away import offer as offers
from data_access.take_away.package import packed
from data_access.take_away.table import Answered, Part, Setting, Table, TakenAway

NameOf = Callable[[str, str, Key], str]


def offered(granted: Granted, table: Table) -> str | None:
    """The table, sealed for this viewer to hand back; None where they lack the right."""
    if not granted.grant.export().allowed:
        return None
    installation = granted.installation
    secret = installation_secret(installation.state)
    return offers.sealed(table, granted.grant.viewer.username, installation.configuration.digest, secret)


def table_of(granted: Granted, offer: str) -> Table:
    """The table of an offer. Raises Refused for one that was not made for this viewer."""
    installation = granted.installation
    secret = installation_secret(installation.state)
    return offers.opened(offer, granted.grant.viewer.username, installation.configuration.digest, secret)


def taken(granted: Granted, table: Table, name_of: NameOf) -> TakenAway:
    """The table as files, asked anew. ``name_of``: the words for a metric's dimension and its value.

    Raises Refused, QuestionError, WarehouseError.
    """
    decision = granted.grant.export()
    if not decision.allowed:
        raise Refused(decision.reason)
    report = granted.report(table.report) if table.report else None
    parts = [_answered(granted, part, table.report, name_of) for part in table.parts]
    return packed(table, parts, Setting(granted.settings, granted.today, granted.grant.viewer.name, report))


def _answered(granted: Granted, part: Part, report_id: str | None, name_of: NameOf) -> Answered:
    metric, contract, scope = granted.metric(part.rows.metric, report_id)
    # Asked in one go under one scope; the figure above the rows is of the same metric, or it is no table of a page.
    rows, figure = (granted.answer(query, metric, contract, scope) for query in (part.rows, part.figure))
    counts_people = contract.about == "people" and granted.settings.disclosure.threshold > 1
    return Answered(
        rows,
        figure,
        slice_words(contract, scope.limits),
        counts_people and granted.grant.sees("exact_counts"),
        lambda dimension, key: name_of(metric.id, dimension, key),
    )
