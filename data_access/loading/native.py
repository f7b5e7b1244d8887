"""Columns that come with a type of their own (Parquet, DuckDB): which type that is for people, and how it is staged."""

from __future__ import annotations

from data_access.definitions.models import ColumnType
from data_access.loading.staging import StagedColumn, Staging, quoted

_WHOLE = {
    f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG", "HUGE")
} | {"INTEGER", "UINTEGER"}  # fmt: skip
_TYPES: dict[str, ColumnType] = {
    "VARCHAR": "string",
    "ENUM": "string",
    "UUID": "string",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP_S": "timestamp",
    "TIMESTAMP_MS": "timestamp",
    "TIMESTAMP_NS": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamp",
    "TIME": "time",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "FLOAT": "number",
    "DECIMAL": "number",
    **dict.fromkeys(_WHOLE, "integer"),
}
FLOATS = ("DOUBLE", "FLOAT")
_NO_TEXT = ("BLOB", "BIT", "GEOMETRY")


def logical_type(physical: str) -> ColumnType | None:
    """The type of a contract for DuckDB's; None for one that no contract knows (lists, structures, binary data)."""
    return None if physical.endswith("]") else _TYPES.get(physical.split("(")[0])


def stage_query(relation: str, staging: Staging) -> tuple[str, tuple[StagedColumn, ...], tuple[str, ...]]:
    """Copies a relation (SQL) into the scratch file: its table there, the columns, and what was left out.

    Text stays text of which the type is to be found; lists and structures become text; moments become London's time.
    """
    described = staging.connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    kept = [
        (str(row[0]), str(row[1])) for row in described if not str(row[1]).startswith(_NO_TEXT) or "[" in str(row[1])
    ]
    lost = [str(row[0]) for row in described if (str(row[0]), str(row[1])) not in kept]
    notes = tuple(f"The column {name} holds binary data and was left out." for name in lost)
    parts = ", ".join(f"{_staged(quoted(name), kind)} AS c{place}" for place, (name, kind) in enumerate(kept))
    table = staging.new_table()
    if parts:
        staging.connection.execute(f"CREATE TABLE {table} AS SELECT {parts} FROM {relation}")
    return table, tuple(StagedColumn(name, text=_is_text(kind)) for name, kind in kept), notes


def _is_text(physical: str) -> bool:
    kind = logical_type(physical)
    return kind is None or kind == "string"


def _staged(column: str, physical: str) -> str:
    if physical == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('Europe/London', {column})"
    if physical.startswith("TIMESTAMP_"):
        return f"{column}::TIMESTAMP"
    if physical.endswith("]") or physical.startswith(("STRUCT", "MAP", "UNION")):
        return f"to_json({column})::VARCHAR"
    return f"{column}::VARCHAR" if _is_text(physical) else column
