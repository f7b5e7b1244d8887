"""Loads a children-looked-after return (SSDA903) from its CSV files into a DuckDB warehouse.

By hand: ``python -m tests.real.ssda903.load SOURCE TARGET``; SOURCE is the folder of CSV files, TARGET
the warehouse, written beside and then moved into place because a reader would block a writer.

National rules compare an episode with the child's other episodes and with the header. A portal's check
sees one record, so those neighbours become columns here (contracts in ``config/datasets``).
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import duckdb

DATES = {
    "header": ("DOB", "MC_DOB"),
    "episodes": ("DECOM", "DEC"),
    "reviews": ("DOB", "REVIEW"),
    "uasc": ("DOB", "DUC"),
}

PREPARED = """
CREATE TABLE children AS
SELECT CHILD AS child, SEX AS sex, DOB AS dob, ETHNIC AS ethnic, UPN AS upn, uasc.CHILD IS NOT NULL AS uasc,
       uasc.DUC AS duc, first_episode.decom AS first_decom
FROM raw_header
LEFT JOIN (SELECT CHILD, DUC FROM raw_uasc) AS uasc USING (CHILD)
LEFT JOIN (SELECT CHILD, min(DECOM) AS decom FROM raw_episodes GROUP BY CHILD) AS first_episode USING (CHILD)
ORDER BY child;

CREATE TABLE episodes AS
SELECT CHILD AS child, DECOM AS decom, RNE AS rne, LS AS ls, CIN AS cin, PLACE AS place,
       PLACE_PROVIDER AS place_provider, DEC AS dec, REC AS rec, header.SEX AS sex, header.DOB AS child_dob,
       lag(DECOM) OVER by_child AS previous_decom, lag(DEC) OVER by_child AS previous_dec,
       lag(DEC, 2) OVER by_child AS earlier_dec, lead(DECOM) OVER by_child AS next_decom
FROM raw_episodes
LEFT JOIN (SELECT CHILD, SEX, DOB FROM raw_header) AS header USING (CHILD)
WINDOW by_child AS (PARTITION BY CHILD ORDER BY DECOM)
ORDER BY child, decom;

CREATE TABLE reviews AS
SELECT CHILD AS child, REVIEW AS review, REVIEW_CODE AS review_code, raw_reviews.DOB AS child_dob,
       header.DOB AS header_dob
FROM raw_reviews
LEFT JOIN (SELECT CHILD, DOB FROM raw_header) AS header USING (CHILD)
ORDER BY child, review, review_code;
"""


def load(source: Path, target: Path) -> None:
    """Makes the warehouse at ``target`` from the return in ``source``; replaces an older one.

    A file that is missing raises ``duckdb.IOException``, a date that is none
    ``duckdb.ConversionException``: a statutory return is never loaded by half.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    half_made = target.with_suffix(".loading")
    half_made.unlink(missing_ok=True)
    with duckdb.connect(str(half_made)) as connection:
        for table, dates in DATES.items():
            _read(connection, source / f"{table}.csv", f"raw_{table}", dates)
        connection.execute(PREPARED)
        for table in DATES:
            connection.execute(f"DROP TABLE raw_{table}")
    os.replace(half_made, target)


def _read(connection: duckdb.DuckDBPyConnection, file: Path, table: str, dates: tuple[str, ...]) -> None:
    # Everything as text first: a reader that guesses types turns a pupil number or a code into a number.
    replaced = ", ".join(f"CAST(strptime({name}, '%d/%m/%Y') AS DATE) AS {name}" for name in dates)
    rows = connection.read_csv(str(file), header=True, all_varchar=True)
    connection.register("as_text", rows)
    connection.execute(f"CREATE TABLE {table} AS SELECT * REPLACE ({replaced}) FROM as_text")
    connection.unregister("as_text")


def main() -> None:
    """The command line: two arguments, no output when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.real.ssda903.load", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder of CSV files")
    parser.add_argument("target", type=Path, help="the DuckDB file to write")
    arguments = parser.parse_args()
    load(arguments.source, arguments.target)


if __name__ == "__main__":
    main()
