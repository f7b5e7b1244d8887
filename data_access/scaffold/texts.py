"""The drafts of a source as texts of files, with their headings: who drafted them, when, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data_access.definitions.models import Configuration
from data_access.definitions.yaml_source import parse_document
from data_access.loading.tables import Found
from data_access.scaffold.draft import drafts
from data_access.scaffold.draft_report import READERS
from data_access.scaffold.drafts import Draft, Existing
from data_access.scaffold.memory import address
from data_access.scaffold.naming import listed, title
from data_access.scaffold.yaml_text import yaml_text
from data_access.warehouse.engine import Generation


def drafted(
    found: Found,
    generation: Generation,
    sources: Sequence[str],
    today: date,
    *,
    existing: Existing | None = None,
    state: str | None = None,
) -> tuple[Draft, ...]:
    """The drafts of what was found. ``existing``: what the folder holds already; without it they begin a new one,
    with the portal's own records at ``state``.
    """
    new = existing is None
    made = drafts(found, generation, name=named(sources), today=today, with_portal=new, existing=existing or Existing())
    return tuple(
        replace(draft, content={**draft.content, "state": state})
        if state and draft.file == "portal.yaml" and isinstance(draft.content, Mapping)
        else draft
        for draft in made
    )


def texts(made: Iterable[Draft], sources: Sequence[str], today: date) -> dict[str, str]:
    """The text of each file by its name."""
    origins = listed([spoken(source) for source in sources])
    heading = (
        f"Drafted by Plumbline's command scaffold on {today.day} {today:%b %Y} from {origins}.",
        "What is marked REVIEW is a guess: look at the line below it, correct it, and take the mark away.",
    )
    return {draft.file: yaml_text(draft, heading) for draft in made}


@lru_cache(maxsize=128)
def content(text: str) -> Any:
    """What a file's text holds, by the portal's own reader; None where it cannot be read. Not to be changed."""
    document, _ = parse_document(text, "")
    return document.data if document is not None else None


def spoken(source: str) -> str:
    """A source in a sentence: a file's or folder's name, a database without who reads it and how."""
    parts = urlsplit(address(source))
    return f"{parts.path.strip('/')} at {parts.hostname}" if parts.netloc else Path(address(source)).name


def named(sources: Sequence[str]) -> str:
    """A name for what comes from these sources, from theirs: ``library_visits.csv`` → ``Library visits``."""
    where = address(sources[0])
    path = Path(urlsplit(where).path if "://" in where else where)
    last = path if len(sources) == 1 else path.parent
    return title(last.name.split(".")[0]) or "Tables"


def existing(configuration: Configuration, but: Iterable[str] = ()) -> Existing:
    """What the folder holds, without what stands in the files ``but``."""
    left = set(but)
    datasets = {name for name, contract in configuration.contracts.items() if contract.file not in left}
    readers = [name for name, role in configuration.roles.items() if "report" in role.pages] or [*configuration.roles]
    return Existing(
        datasets=datasets,
        metrics={name for name, metric in configuration.metrics.items() if metric.dataset in datasets},
        reports={name for name in configuration.reports if f"reports/{name}.yaml" not in left},
        readers=[name for name in readers if name in READERS] or readers,
    )
