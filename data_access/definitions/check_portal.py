"""``portal.yaml`` held against itself. ``load.py`` calls :func:`check_portal`."""

from __future__ import annotations

import re

from data_access.definitions.document import Findings
from data_access.definitions.models import PortalSettings
from data_access.errors import nearest

READ_IN_THIS_VERSION = ("duckdb",)
WAREHOUSES = ("duckdb", "postgres", "postgresql", "sc")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+]*)://")


def check_portal(findings: Findings, settings: PortalSettings) -> None:
    """Addresses of a known kind, and bands in the right order."""
    match = _ADDRESS.match(settings.warehouse)
    if match is None:
        findings.add(("warehouse",), "write the kind of warehouse before its place, as in duckdb://state/demo.duckdb")
    elif match[1] not in WAREHOUSES:
        reason = f"'{match[1]}' is not a kind of warehouse that the portal reads: {', '.join(WAREHOUSES)}"
        findings.add(("warehouse",), reason, nearest(match[1], WAREHOUSES))
    elif match[1] not in READ_IN_THIS_VERSION:
        findings.add(("warehouse",), f"'{match[1]}' is not supported yet; this version reads duckdb://")
    elif match.end() == len(settings.warehouse):
        findings.add(("warehouse",), f"the place of the warehouse is missing after {match[0]}")
    if _ADDRESS.match(settings.state) is None:
        findings.add(("state",), "write the kind of database before its place, as in sqlite:///state/portal.db")
    if settings.sign_in != "local":
        findings.add(("sign_in",), f"'{settings.sign_in}' is not supported yet; write sign_in: local")
    bands = settings.confidence
    if bands.medium > bands.high:
        findings.add(("confidence",), f"medium ({bands.medium:g}) is above high ({bands.high:g})")
