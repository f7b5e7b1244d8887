"""Which metrics stand on which slide of a shared screen, and under which headline. Pure.

First what is missed and what cannot be told, then what is likely missed, then the others section by
section. A metric stands on one slide only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_access.definitions.models import Report
from data_access.questions import Verdict
from pages.parts import screen_words
from pages.parts.figures import Figure

ROWS = 3  # on a slide: more cannot be read from afar
FIRST: tuple[Verdict, ...] = ("missed", "cannot_tell")
ATTENTION: tuple[Verdict, ...] = (*FIRST, "likely_missed")


@dataclass(frozen=True)
class Slide:
    """A headline over the metrics with these ids, or over sentences where no metric is to be shown."""

    headline: str
    metrics: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def of(report: Report, found: Mapping[str, Figure | str], *, latest: bool) -> tuple[Slide, ...]:
    """The report's slides. ``found`` as in ``report_figures``; ``latest``: no other period was chosen."""
    verdicts = {id: verdict(found.get(id)) for id in report.metrics}
    by = {one: [id for id in report.metrics if verdicts[id] == one] for one in ATTENTION}
    return (
        *_first(by, latest=latest),
        *([] if any(by.values()) else [_nothing(report, found, verdicts)]),
        *_sections(report, {id for ids in by.values() for id in ids}),
    )


def verdict(figure: Figure | str | None) -> Verdict | None:
    """The figure's verdict; None without a figure and for one that is not assessed."""
    return figure.row.verdict if isinstance(figure, Figure) and not figure.unchecked else None


def _first(by: Mapping[Verdict, Sequence[str]], *, latest: bool) -> Iterator[Slide]:
    """What is missed and what cannot be told on one slide, else each kind on its own; then what is likely missed."""
    together = sum(len(by[one]) for one in FIRST) <= ROWS
    groups: list[tuple[Verdict, ...]] = [FIRST] if together else [(one,) for one in FIRST]
    for group in [*groups, *((one,) for one in ATTENTION if one not in FIRST)]:
        ids = [id for one in group for id in by[one]]
        yield from _paged(screen_words.headline({one: len(by[one]) for one in group}, latest=latest), ids)


def _nothing(report: Report, found: Mapping[str, Figure | str], verdicts: Mapping[str, Verdict | None]) -> Slide:
    """Says that nothing is missed, and no more than is known of the others."""
    counts: dict[Verdict, int] = {one: list(verdicts.values()).count(one) for one in ("met", "likely_met")}
    judged = sum(counts.values())
    if not judged:
        return Slide("No number here can be judged against a target")
    unjudged = len(report.metrics) - judged
    all_judged = all(verdicts[id] is not None for id in report.metrics if _may_have_target(found.get(id)))
    rest = (screen_words.without_verdict(unjudged, no_target=all_judged),) if unjudged else ()
    if all_judged and not counts["likely_met"]:
        return Slide(screen_words.all_met(judged), sentences=rest)
    said = "Every target is met or likely met" if all_judged else "No number is known to miss its target"
    return Slide(said, sentences=(f"{screen_words.headline(counts, latest=False)}.", *rest))


def _may_have_target(figure: Figure | str | None) -> bool:
    """Whether there is, or where there is no figure may be, a target: then all is well only with a verdict on it."""
    return not isinstance(figure, Figure) or figure.row.target is not None


def _sections(report: Report, shown: set[str]) -> Iterator[Slide]:
    for section in report.sections:
        yield from _paged(section.title, [id for id in section.metrics if id not in shown])


def _paged(headline: str, ids: Sequence[str]) -> Iterator[Slide]:
    """As few slides as hold the metrics, evenly filled; all but the first say that they go on."""
    slides = -(-len(ids) // ROWS)
    for number in range(slides):
        part = ids[number * len(ids) // slides : (number + 1) * len(ids) // slides]
        yield Slide(headline if number == 0 else f"{headline}, continued", tuple(part))
