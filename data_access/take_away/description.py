"""What is said beside the rows: CSV on the Web (CSVW) table metadata, with the terms of DCAT and Dublin Core.

Everything beyond CSVW's own terms has a prefix that CSVW knows, as its rules want of such properties: ``dc`` Dublin
Core, ``dcat``, ``dqv`` data quality, ``prov`` provenance, ``qb`` data cube, ``schema`` schema.org, ``skos``, ``vcard``.
The set follows the UK cross-government metadata exchange model, whose own term has its whole address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from data_access.take_away.columns import Column
from data_access.take_away.metric_description import described, frequency, named, present
from data_access.take_away.rows_file import HARMLESS, harmless
from data_access.take_away.table import Answered, Setting, Table

UK_MODEL = "https://w3id.org/co-cddo/uk-cross-government-metadata-exchange-model/"
NOTES = (
    "Figures are as the portal works them out, not rounded; empty cells have no figure.",
    "The file is UTF-8 with a byte order mark, so that spreadsheets read its letters rightly.",
    HARMLESS,
)


def description_file(
    file: str, table: Table, columns: Sequence[Column], parts: Sequence[Answered], setting: Setting
) -> bytes:
    """The description of the rows in ``file``, as JSON."""
    return json.dumps(_table(file, table, columns, parts, setting), indent=2, ensure_ascii=False).encode("utf-8")


def _table(
    file: str, table: Table, columns: Sequence[Column], parts: Sequence[Answered], setting: Setting
) -> dict[str, object]:
    days = [part.rows.as_of for part in parts if part.rows.as_of]
    report = setting.report
    contact = next((one.rows.contract.contact for one in parts if one.rows.contract.contact), None)
    return present(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "@type": "Table",
            "url": quote(file),
            "dc:title": table.title,
            "dc:description": " ".join(_about(parts)),
            "dc:identifier": file.removesuffix(".csv"),
            "dc:type": "dcat:Dataset",
            "dc:creator": setting.portal.organisation,
            "dc:publisher": setting.portal.organisation,
            "dcat:contactPoint": named(contact) if contact else None,
            "dc:issued": setting.today.isoformat(),
            "dc:modified": max(days).isoformat() if days else None,
            "dc:accrualPeriodicity": _one_of(frequency(part.rows.contract) for part in parts),
            "dcat:version": _one_of(str(part.rows.metric.version) for part in parts),
            "dc:accessRights": "INTERNAL",
            f"{UK_MODEL}securityClassification": "OFFICIAL",  # the least that anything a public body holds has
            "dc:rights": _rights(parts, setting),
            "dc:isPartOf": {"dc:identifier": report.id, "dc:title": report.title, "schema:audience": report.forum}
            if report
            else None,
            "skos:note": list(NOTES),
            "schema:variableMeasured": [described(part, columns) for part in parts],
            "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True, "trim": False},
            "tableSchema": {"columns": [_column(column) for column in columns]},
        }
    )


def _column(column: Column) -> dict[str, object]:
    return present(
        {
            "name": _variable(column.heading),
            "titles": harmless(column.heading),
            "dc:description": column.about,
            "datatype": column.datatype,
            "schema:unitText": column.unit,
        }
    )


def _variable(heading: str) -> str:
    """The heading as a variable of a URI template, which CSVW wants of a name: other signs by their percent codes."""
    coded = "".join(
        letter if letter.isascii() and letter.isalnum() else "_" if letter == "_" else _percent(letter)
        for letter in heading
    )
    return coded if not coded.startswith("_") else f"%5F{coded[1:]}"


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _about(parts: Sequence[Answered]) -> Iterable[str]:
    for part in parts:
        yield f"{part.rows.metric.name}: {part.rows.metric.definition}"


def _one_of(values: Iterable[str | None]) -> str | None:
    """The value that all parts share; where they differ, each part has its own."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _rights(parts: Sequence[Answered], setting: Setting) -> str:
    said = f"Made for {setting.person} under their own rights. Hand it on only to people who may see the same."
    threshold = setting.portal.disclosure.threshold
    if any(part.small_counts for part in parts):
        said += f" It may tell of fewer than {threshold} people, which is not shown to everybody: do not publish it."
    return said
