"""Stages whatever stands at a place: one reader for each kind of source."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from data_access.loading.database_file import stage_tables
from data_access.loading.delimited import stage_delimited
from data_access.loading.native import stage_query
from data_access.loading.places import Place
from data_access.loading.postgresql import stage_database
from data_access.loading.refusal import SourceError
from data_access.loading.spreadsheet import stage_sheets
from data_access.loading.staging import Staged, Staging, literal


def stage(place: Place, staging: Staging, left_out: list[str]) -> Iterator[Staged]:
    """Every table at the place, one after the other. Raises SourceError when it cannot be read."""
    match place.kind:
        case "delimited":
            yield stage_delimited(place, staging)
        case "spreadsheet":
            yield from stage_sheets(place, staging, left_out)
        case "parquet":
            yield _stage_parquet(place, staging)
        case "duckdb":
            yield from stage_tables(place, staging, left_out)
        case "postgresql":
            yield from stage_database(place, staging, left_out)


def _stage_parquet(place: Place, staging: Staging) -> Staged:
    staging.progress(0.0, f"reading {place.title}")
    try:
        table, columns, notes = stage_query(f"read_parquet({literal(str(place.path))})", staging)
    except duckdb.Error as error:
        raise SourceError(f"{place.title} cannot be read as Parquet: it is damaged, or of another kind.") from error
    if not columns or not staging.records(table):
        raise SourceError(f"{place.title} has no records, or no column that can be copied.")
    return Staged(table, place.path.stem, place.path.stem, place.title, place.origin, columns, notes)
