"""A report's figures: each metric's under the filters that it can follow, or why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data_access.definitions.models import Metric
from data_access.errors import PlumblineError, StateError
from pages.parts import dates, figures
from pages.parts.address import Address
from pages.parts.figures import Figure
from pages.parts.shared_filters import Shared

if TYPE_CHECKING:
    from data_access.viewer_portal import ViewerPortal

Found = Mapping[str, Figure | str]  # for each metric its figure, or why there is none


def of(portal: ViewerPortal, shared: Shared, address: Address) -> Found:
    """Asks for every metric of the report that the viewer may open."""
    return {metric.id: _figure(portal, metric, address, shared) for metric in shared.metrics.values()}


def _figure(portal: ViewerPortal, metric: Metric, address: Address, shared: Shared) -> Figure | str:
    usable = shared.narrowed(metric, address)
    if isinstance(usable, str):
        return usable
    try:
        return figures.ask(portal, metric, usable, shared.report.id) or "There are no records of that time."
    except StateError:  # of this no answer can be recorded, nor of any other
        raise
    except PlumblineError as problem:
        return problem.told


def data_to(found: Found) -> str:
    """The data date of all figures together: ``31 Oct 2026``, ``30 Sep 2026 or later``; empty without figures.

    A dataset of which no next data are agreed was made once and is as new as it will be: the others' date counts.
    """
    answers = [one.answer for one in found.values() if isinstance(one, Figure) and one.answer.as_of]
    renewed = [answer for answer in answers if "frequency" in answer.contract.sla]
    days = sorted({answer.as_of for answer in renewed or answers if answer.as_of})
    return "" if not days else dates.day(days[0]) if len(days) == 1 else f"{dates.day(days[0])} or later"
