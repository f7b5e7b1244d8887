"""Finds metrics and reports by words. Pure: it looks only through what the door has already given this viewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data_access.definitions.models import Report
from data_access.errors import nearest
from data_access.questions import Standing

_WORD = re.compile(r"\w+")
_SHORT = 3  # letters: shorter words are too like each other to suggest one for another


@dataclass(frozen=True)
class Entry:
    """Something that can be found. ``fields``: its texts, those that name it first."""

    found: Standing | Report
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a search gives. ``instead``: the words searched for, where those asked for are nowhere; "" for theirs."""

    entries: tuple[Entry, ...]
    instead: str = ""


def entries(standings: Iterable[Standing], reports: Mapping[str, Report]) -> tuple[Entry, ...]:
    """Everything that this viewer can look for."""
    found = [Entry(one, one.title, _of_report(one)) for one in reports.values()]
    for one in standings:
        within = [text for id in one.reports if id in reports for text in (reports[id].title, reports[id].forum)]
        contract, metric = one.contract, one.metric
        about = metric.definition, contract.name, contract.domain or "", *within
        found.append(Entry(one, metric.name, (metric.name, f"{_spaced(metric.id)} {_spaced(contract.id)}", *about)))
    return tuple(found)


def _of_report(report: Report) -> tuple[str, ...]:
    sections = [text for section in report.sections for text in (section.title, section.note or "")]
    return (report.title, _spaced(report.id), report.forum, report.owner, *sections)


def find(words: str, among: Sequence[Entry]) -> Found:
    """The entries that have all the words, those with them in their name first; else those with the nearest words."""
    wanted = _words(words)
    if hits := _with_all(wanted, among):
        return Found(hits)
    known = sorted({word for entry in among for word in _words(entry.fields[0]) if len(word) >= _SHORT})
    meant = [near for word in wanted if len(word) >= _SHORT and (near := _nearest(word, among, known))]
    return Found(_with_all(meant, among), " ".join(meant)) if meant else Found(())


def _nearest(word: str, among: Sequence[Entry], known: Sequence[str]) -> str | None:
    """The word itself where it is somewhere; else the one most like it among the names; None when none is."""
    if any(word in field for entry in among for field in map(str.casefold, entry.fields)):
        return word
    return nearest(word, known)


def _with_all(wanted: Sequence[str], among: Sequence[Entry]) -> tuple[Entry, ...]:
    if not wanted:
        return ()
    ranked = []
    for place, entry in enumerate(among):
        fields = [field.casefold() for field in entry.fields]
        at = [next((number for number, field in enumerate(fields) if word in field), None) for word in wanted]
        if None not in at:
            ranked.append((sum(number for number in at if number is not None), entry.name.casefold(), place))
    return tuple(among[place] for _, _, place in sorted(ranked))


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(_spaced(text).casefold())))


def _spaced(id: str) -> str:
    return re.sub(r"[_-]", " ", id)
