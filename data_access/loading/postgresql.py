"""Copies a PostgreSQL database's tables and views by ADBC, as one consistent sight of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import adbc_driver_manager
from adbc_driver_postgresql import dbapi  # type: ignore[import-untyped]

from data_access.definitions.models import ColumnType
from data_access.loading.places import Place
from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged, StagedColumn, Staging, literal, quoted

# How PostgreSQL's types are asked for. The others come as text and are read like a file's: so no digit of a NUMERIC
# and no infinite date is lost.
_AS_THEY_ARE = {
    "smallint": "integer", "integer": "integer", "bigint": "integer", "boolean": "boolean", "real": "number",
    "double precision": "number",
}  # fmt: skip
_DECLARED: Mapping[str, ColumnType] = {
    "numeric": "number",
    "date": "date",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamp",
    "time without time zone": "time",
}
_LONDON = "(({name}) AT TIME ZONE 'Europe/London')::text"
_COLUMNS = """
    SELECT c.table_schema, c.table_name, c.column_name, c.data_type, c.ordinal_position::integer
    FROM information_schema.columns c
    WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND c.table_schema NOT LIKE 'pg\\_%' {chosen}
    UNION ALL
    SELECT n.nspname, m.relname, a.attname, format_type(a.atttypid, NULL), a.attnum::integer
    FROM pg_class m JOIN pg_namespace n ON n.oid = m.relnamespace JOIN pg_attribute a ON a.attrelid = m.oid
    WHERE m.relkind = 'm' AND a.attnum > 0 AND NOT a.attisdropped {chosen_views}
"""


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str

    @property
    def asked(self) -> str:
        name = quoted(self.name)
        if self.kind in _AS_THEY_ARE:
            return name
        return _LONDON.format(name=name) if self.kind == "timestamp with time zone" else f"{name}::text"

    @property
    def staged(self) -> StagedColumn:
        return StagedColumn(self.name, self.kind not in _AS_THEY_ARE, _DECLARED.get(self.kind))


def stage_database(place: Place, staging: Staging, left_out: list[str]) -> Iterator[Staged]:
    """Every table and view of the database, or of the schema that the address names. Raises SourceError."""
    address, schema = _address(place.url)
    try:
        with dbapi.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            tables = _tables(cursor, schema)
            if not tables:
                where = f"the schema '{schema}'" if schema else "it"
                raise SourceError(f"The database {place.title} was reached, but no table in {where} may be read.")
            for number, (named, columns) in enumerate(tables.items()):
                staging.progress(number / len(tables), f"copying {named[1]}")
                yield from _table(place, named, columns, cursor, staging, left_out)
    except adbc_driver_manager.Error as error:
        raise SourceError(_reason(place, str(error))) from error


def _address(url: str) -> tuple[str, str | None]:
    """The address without our own ``schema``, which PostgreSQL does not know, and that schema."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", None)
    return urlunsplit(
        ("postgresql", parts.netloc, parts.path, urlencode({"connect_timeout": "15"} | query), "")
    ), schema


def _tables(cursor: Any, schema: str | None) -> dict[tuple[str, str], list[_Column]]:
    chosen = f"AND c.table_schema = {literal(schema)}" if schema else ""
    views = f"AND n.nspname = {literal(schema)}" if schema else ""
    cursor.execute(f"SELECT * FROM ({_COLUMNS.format(chosen=chosen, chosen_views=views)}) AS found ORDER BY 1, 2, 5")
    tables: dict[tuple[str, str], list[_Column]] = {}
    for named_schema, table, column, kind, _ in cursor.fetchall():
        tables.setdefault((named_schema, table), []).append(_Column(column, kind))
    return tables


def _table(
    place: Place, named: tuple[str, str], columns: list[_Column], cursor: Any, staging: Staging, left_out: list[str]
) -> Iterator[Staged]:
    schema, name = named
    spoken = name if schema == "public" else f"{schema}.{name}"
    kept = [column for column in columns if column.kind != "bytea"]
    notes = [
        f"The column {column.name} holds binary data and was left out." for column in columns if column not in kept
    ]
    if not kept:
        left_out.append(f"The table {spoken} has no column that can be copied and was left out.")
        return
    asked = ", ".join(f"{column.asked} AS c{number}" for number, column in enumerate(kept))
    cursor.execute(f"SELECT {asked} FROM {quoted(schema)}.{quoted(name)}")
    table = staging.new_table()
    staging.connection.register("records", cursor.fetch_record_batch())
    staging.connection.execute(f"CREATE TABLE {table} AS SELECT * FROM records")
    staging.connection.unregister("records")
    staged = tuple(column.staged for column in kept)
    source, origin = f"{place.title}, table {spoken}", f"{place.origin}#{schema}.{name}"
    yield Staged(table, spoken.replace(".", "_"), name, source, origin, staged, tuple(notes))


def _reason(place: Place, said: str) -> str:
    """What went wrong, in words that never hold the password."""
    said = said.lower()
    if "password" in said or "authentication failed" in said or "role" in said:
        return f"{place.title} refused the user name or the password. Correct them in the address."
    if "does not exist" in said and "database" in said:
        return f"There is no database of the name in the address: {place.title}."
    if "permission denied" in said:
        return f"{place.title} was reached, but this user may not read every table. Ask for the right to read them."
    return (
        f"{place.title} cannot be reached. See that the address is right and that the server may be reached from here."
    )
