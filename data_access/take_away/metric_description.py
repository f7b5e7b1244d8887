"""One metric of the description: its definition, what was asked, the figure of the whole, who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from data_access.definitions.models import Contract, HistoryEntry, Person
from data_access.questions import Query
from data_access.take_away.columns import Cell, Column
from data_access.take_away.table import Answered

FREQUENCIES = "http://purl.org/cld/freq/"
_EVERY_ONE = {"day": "daily", "week": "weekly", "month": "monthly", "year": "annual"}
_OF_THE_ROW = ("metric", "metric_name", "unit")  # said of the metric already


def described(part: Answered, columns: Sequence[Column]) -> dict[str, object]:
    """The metric as a schema.org variable. The figure of the whole has the names of the rows' columns."""
    answer, metric = part.rows, part.rows.metric
    owner, steward = answer.contract.member("owner"), answer.contract.member("steward")
    return present(
        {
            "@type": "schema:PropertyValue",
            "dc:identifier": metric.id,
            "schema:name": metric.name,
            "dc:description": metric.definition,
            "dc:source": metric.source,
            "dcat:version": str(metric.version),
            "skos:historyNote": [_history(entry) for entry in sorted(metric.history, key=lambda one: one.version)],
            "schema:unitText": metric.unit,
            "schema:query": _question(part),
            "dc:temporal": _days(answer.query),
            "qb:observation": {
                "@type": "qb:Observation",
                "dc:title": "The one figure above the rows",
                "schema:additionalProperty": list(_figure(part, columns)),
            },
            "dqv:hasQualityAnnotation": f"Fit for purpose: {answer.fit}",
            "skos:note": list(dict.fromkeys((*answer.notes, *part.figure.notes))),
            "prov:wasDerivedFrom": _dataset(part),
            "schema:accountablePerson": named(owner) if owner else None,
            "schema:maintainer": named(steward) if steward else None,
        }
    )


def named(person: Person) -> dict[str, object]:
    """A person or team with how to reach them."""
    return present({"vcard:fn": person.name, "vcard:hasEmail": person.contact})


def present(found: Mapping[str, object]) -> dict[str, object]:
    """Without what is not known: nothing is said rather than null."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def frequency(contract: Contract) -> str | None:
    """How often the data are brought up to date: a term of the Dublin Core frequency vocabulary, else in words."""
    span = contract.sla.get("frequency")
    if span is None:
        return None
    return f"{FREQUENCIES}{_EVERY_ONE[span.unit]}" if span.count == 1 else f"every {span}"


def _history(entry: HistoryEntry) -> str:
    breaks = " This breaks the series: figures before and after cannot be compared." if entry.breaks_series else ""
    return f"Version {entry.version}, from {entry.on.isoformat()}: {entry.what}{breaks}"


def _question(part: Answered) -> str:
    """What was asked, with names for codes."""
    query, columns = part.rows.query, part.rows.contract.columns
    said = [f"by {query.over}"] if query.over else []
    said += [f"by {columns[name].label}" for name in query.by]
    said += [f"from {query.start.isoformat()}"] if query.start else []
    said += [f"to {query.end.isoformat()}"] if query.end else []
    for name, values in query.where:
        said.append(f"only {columns[name].label}: {' or '.join(part.name_of(name, value) for value in values)}")
    for label, names in part.limits:
        said.append(f"only the records that this person may see, {label}: {' or '.join(names)}")
    return f"{part.rows.metric.name}, {', '.join(said)}" if said else part.rows.metric.name


def _days(query: Query) -> dict[str, object] | None:
    found = {
        "dcat:startDate": query.start.isoformat() if query.start else None,
        "dcat:endDate": query.end.isoformat() if query.end else None,
    }
    return present(found) or None


def _figure(part: Answered, columns: Sequence[Column]) -> Iterable[dict[str, object]]:
    """The one figure above the rows: for the same time and filters, or for the period that the page shows."""
    whole = Answered(part.figure, part.figure, part.limits, part.small_counts, part.name_of)
    dimensions = {heading for name in part.rows.query.by for heading in (f"{name}_code", f"{name}_name")}
    for row in part.figure.rows[:1]:
        for column in columns:
            value = column.cell(whole, row)
            if column.heading not in (*_OF_THE_ROW, *dimensions) and value not in (None, ""):
                yield {"schema:name": column.heading, "schema:value": _plain(value)}


def _plain(value: Cell) -> str | int | float | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _dataset(part: Answered) -> dict[str, object]:
    contract, as_of = part.rows.contract, part.rows.as_of
    return present(
        {
            "@type": "dcat:Dataset",
            "dc:identifier": contract.id,
            "dc:title": contract.name,
            "dcat:version": contract.version,
            "dc:subject": contract.domain,
            "dc:description": contract.purpose,
            "schema:usageInfo": contract.usage,
            "skos:scopeNote": f"Limitations: {contract.limitations}" if contract.limitations else None,
            "dc:modified": as_of.isoformat() if as_of else None,
            "dc:accrualPeriodicity": frequency(contract),
        }
    )
