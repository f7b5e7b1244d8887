"""A scoped report keeps to the viewer's own records: which ones, in words for its title line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.definitions.models import Report
from pages.parts import numbers

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal


def words(portal: ViewerPortal, report: Report | None) -> str:
    """``Quadrant: North East``; empty where the viewer's figures are the same as everybody's."""
    limits = portal.slice_of(report) if report else ()
    return " · ".join(f"{label}: {numbers.listed(values, 'or')}" for label, values in limits)
