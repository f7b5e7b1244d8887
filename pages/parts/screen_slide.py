"""One slide of a shared screen: its headline and a row for each of its metrics."""

from __future__ import annotations

from data_access.definitions.models import PortalSettings
from pages.parts import card, screen_words, templates
from pages.parts.address import Address
from pages.parts.report_figures import Found
from pages.parts.screen_slides import Slide
from pages.parts.shared_filters import Shared

LONG_NAME = 60  # letters; beyond, a name is set smaller, so that three of them still fit
LONG_FIGURE = 6  # letters, thousands and unit among them; beyond, a figure is set smaller, to stay in its column


def draw(
    slide: Slide, shared: Shared, address: Address, found: Found, settings: PortalSettings, head: str, place: str
) -> None:
    """Draws the slide; ``head`` says of what and when the figures are, ``place`` which slide of how many it is."""
    rows = [_row(id, shared, address, found, settings) for id in slide.metrics]
    templates.show("slide", head=head, place=place, headline=slide.headline, rows=rows, sentences=list(slide.sentences))


def _row(id: str, shared: Shared, address: Address, found: Found, settings: PortalSettings) -> dict[str, object]:
    if id not in shared.metrics:
        return _without_figure("A metric you may not open", shared.refusals[id])
    metric, figure = shared.metrics[id], found[id]
    if isinstance(figure, str):
        return _without_figure(metric.name, figure)
    row, values = figure.row, card.values(metric, figure, settings, grows=True)
    if not figure.unchecked and row.records and not row.suppressed:
        fix = row.verdict in ("cannot_tell", "likely_missed")  # where mending the records may change the verdict
        values["doubt"] = screen_words.doubt(row, figure.answer.contract, fix=fix)
    ranges = [] if figure.unchecked else [screen_words.certain(row, metric), screen_words.likely(row, metric)]
    return {
        **values,
        "reason": values["no_value"] if values["value"] is None else "",
        "ranges": [line for line in ranges if line],
        "remarks": shared.remarks(metric, address, figure),
        "long_name": len(metric.name) > LONG_NAME,
        "long_figure": len(f"{values['before']}{values['value']}{values['after']}") > LONG_FIGURE,
    }


def _without_figure(name: str, reason: str) -> dict[str, object]:
    empty = {"value": None, "verdict": None, "doubt": "", "remarks": [], "long_name": len(name) > LONG_NAME}
    return {"name": name, "reason": reason, **empty}
