"""What must hold of a draft that nobody has edited, whatever it was drafted from."""

from __future__ import annotations

from pathlib import Path

from data_access.access.viewer import Viewer
from data_access.portal import Portal
from data_access.questions import Query, Row
from data_access.viewer_portal import ViewerPortal
from tests.real.scaffolding import command


def assert_checked(draft: Path) -> None:
    """``check`` finds neither errors nor warnings."""
    said = command(draft, "check")
    assert (said.code, said.text) == (0, "The configuration has no problems.\n")


def opened(draft: Path) -> ViewerPortal:
    """The portal as the first person that ``scaffold`` makes sees it."""
    return Portal.open(draft).for_viewer(Viewer("administrator", "Administrator", ("administrator", "manager")))


def answers(portal: ViewerPortal) -> dict[str, Row]:
    """The whole span's figure of each metric of each report.

    Each metric is assessed, and has a figure in every period of its trend that has a record beyond doubt.
    """
    found = {}
    for metric_id in [metric for report in portal.reports() for metric in report.metrics]:
        metric, _ = portal.metric(metric_id)
        answer = portal.ask(Query(metric_id))
        assert answer.assessed is True, (metric_id, answer.notes)
        for row in (*answer.rows, *portal.ask(Query(metric_id, over=metric.grain)).rows):
            assert row.value is not None or row.records == row.in_doubt, (metric_id, row)
        (found[metric_id],) = answer.rows
    return found
