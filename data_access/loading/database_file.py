"""DuckDB files: looked at where they are, or copied table by table."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from data_access.loading.native import logical_type, stage_query
from data_access.loading.places import Place
from data_access.loading.refusal import SourceError
from data_access.loading.staging import Staged, Staging, literal, quoted
from data_access.loading.tables import Found, FoundColumn, FoundTable, Progress

_TABLES = """
    SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'source' AND NOT internal
    UNION ALL
    SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'source' AND NOT internal
    ORDER BY 1, 2
"""


def look_at(place: Place, progress: Progress) -> Found:
    """Every table and view that the portal can read in the file as it is. Raises SourceError."""
    tables, left_out = [], []
    with duckdb.connect(":memory:") as connection:
        attach(connection, place)
        # As the portal reads it: a view that stands on another file cannot be read, and is said here.
        connection.execute("SET enable_external_access = false")
        names = _names(connection)
        for number, (schema, name) in enumerate(names):
            progress(number / len(names), f"looking at {name}")
            try:
                tables.append(_found(connection, place, schema, name))
            except duckdb.Error:
                left_out.append(f"The view {_contract_name(schema, name)} cannot be read and was left out.")
            except SourceError as error:
                left_out.append(error.message)
    if not tables:
        raise SourceError(f"{place.title} holds no table that can be read. " + " ".join(left_out))
    progress(1.0, "ready")
    return Found(f"duckdb://{place.path}", tuple(tables), copied=False, left_out=tuple(left_out))


def stage_tables(place: Place, staging: Staging, left_out: list[str]) -> Iterator[Staged]:
    """Every table and view of the file, copied. Raises SourceError."""
    attach(staging.connection, place)
    names = _names(staging.connection)
    for number, (schema, name) in enumerate(names):
        staging.progress(number / len(names), f"copying {name}")
        spoken = _contract_name(schema, name)
        try:
            table, columns, notes = stage_query(f"source.{quoted(schema)}.{quoted(name)}", staging)
        except (duckdb.CatalogException, duckdb.BinderException, duckdb.IOException):
            left_out.append(f"The view {spoken} cannot be read and was left out.")
            continue
        if columns:
            origin = f"{place.origin}#{schema}.{name}"
            yield Staged(table, spoken, name, f"{place.title}, table {spoken}", origin, columns, notes)
        else:
            left_out.append(f"The table {spoken} has no column that can be copied and was left out.")
    staging.connection.execute("DETACH source")


def attach(connection: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Opens the file as ``source``, for reading alone. Raises SourceError when it is locked or no DuckDB file."""
    try:
        connection.execute(f"ATTACH {literal(str(place.path))} AS source (READ_ONLY, TYPE duckdb)")
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise SourceError(
                f"{place.title} is in use by another program that writes to it. Close that program and try again."
            ) from error
        raise SourceError(
            f"{place.title} cannot be opened as a DuckDB file: it is of another kind, or damaged, or was made by a "
            "newer version. Export its tables as Parquet or CSV and try again."
        ) from error


def _names(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [(str(schema), str(name)) for schema, name in connection.execute(_TABLES).fetchall()]


def _contract_name(schema: str, name: str) -> str:
    return name if schema == "main" else f"{schema}.{name}"


def _found(connection: duckdb.DuckDBPyConnection, place: Place, schema: str, name: str) -> FoundTable:
    """The table as it stands. Raises SourceError where a contract could not name it or would find no column."""
    if "." in name or "." in schema:
        raise SourceError(f"The table {schema}.{name} has a dot in its name, which a contract cannot hold: left out.")
    relation = f"source.{quoted(schema)}.{quoted(name)}"
    described = [(str(row[0]), str(row[1])) for row in connection.execute(f"DESCRIBE {relation}").fetchall()]
    known = [(column, kind, logical_type(kind)) for column, kind in described]
    columns = [
        FoundColumn(column, column, type_, kind, f"It is {kind} in the file.") for column, kind, type_ in known if type_
    ]
    notes = [
        f"The column {column} is {kind}, which no contract holds, and was left out."
        for column, kind, type_ in known
        if not type_
    ]
    if not columns:
        raise SourceError(f"The table {name} has no column that a contract can hold and was left out.")
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    spoken, origin = _contract_name(schema, name), f"{place.origin}#{schema}.{name}"
    source = f"{place.title}, table {spoken}"
    return FoundTable(spoken, name, source, tuple(columns), int(row[0]) if row else 0, tuple(notes), None, origin)
