"""The rows and their description in one ZIP, named after what they are."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence

from data_access.take_away.columns import columns
from data_access.take_away.description import description_file
from data_access.take_away.rows_file import rows_file
from data_access.take_away.table import Answered, Setting, Table, TakenAway

_LONGEST = 120  # with its folder and ending well under what Windows allows


def packed(table: Table, parts: Sequence[Answered], setting: Setting) -> TakenAway:
    """The table's files: ``<name>.csv`` and, where CSV on the Web looks for it, ``<name>.csv-metadata.json``."""
    name = _name(table)
    shown = columns(parts, setting.portal.confidence.medium)
    files = {
        f"{name}.csv": rows_file(shown, parts),
        f"{name}.csv-metadata.json": description_file(f"{name}.csv", table, shown, parts, setting),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in files.items():
            day = setting.today
            archive.writestr(zipfile.ZipInfo(file, (day.year, day.month, day.day, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return TakenAway(f"{name}.zip", content.getvalue(), sum(len(part.rows.rows) for part in parts))


def _name(table: Table) -> str:
    """What it is and of when, in letters that every file system and every header takes."""
    starts = [part.rows.start for part in table.parts if part.rows.start]
    ends = [part.rows.end for part in table.parts if part.rows.end]
    days = [min(starts).isoformat()] if starts else []
    days += ["to", max(ends).isoformat()] if ends else []
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", table.name)).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:_LONGEST].strip("-") or "table"
    return "-".join([plain, *days])
