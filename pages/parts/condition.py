"""What is wrong with the portal's own files and tables, for those who administer it: all of it on home, else a line.

The door gives it to the right ``administer`` alone. Nobody else sees any of it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from data_access.errors import Problem
from pages import session
from pages.parts import dates, links, templates

if TYPE_CHECKING:
    from data_access.questions import Condition
    from data_access.viewer_portal import ViewerPortal

LOOK_AGAIN = 5.0  # seconds between looks of a page that shows problems
BEFORE = (
    "The portal goes on with what they said before, and nobody else sees this. Mend what is listed and save: "
    "it takes effect by itself within seconds."
)
NARROWED = "Rights that roles.yaml no longer gives are withheld already; what it gives anew waits for the rest."
TO_TAKE_AWAY = (
    "What roles.yaml takes away cannot be told while it has a mistake. To take a right away at once, take the role "
    "from the person in users.yaml."
)
WAITING = (
    "What else may limit who sees what waits too, until nothing is broken: a report's audience and scoped, a column's "
    "classification, the disclosure threshold."
)
IN_FORCE = "The files are in force, but people or tables do not fit them: what needs these is not shown."


def draw(portal: ViewerPortal, *, whole: bool) -> None:
    """Draws what is wrong, if anything is; ``whole`` on home. It is drawn anew by itself until all is mended."""
    if _wrong(portal) is None:
        return

    @st.fragment(run_every=LOOK_AGAIN)
    def again() -> None:
        session.require(portal.viewer)
        found = _wrong(portal)
        if found is None:
            st.rerun(scope="app")
        elif whole:
            _everything(found)
        else:
            _line(portal, found)

    again()


def _wrong(portal: ViewerPortal) -> Condition | None:
    found = portal.condition()
    return found if found is not None and found.problems else None


def _everything(found: Condition) -> None:
    with st.container(key="condition", border=True):
        templates.show(
            "condition",
            title=_title(found),
            said=_said(found),
            files=[(file, [_row(one) for one in problems]) for file, problems in groupby(found.problems, _file)],
        )


def _line(portal: ViewerPortal, found: Condition) -> None:
    with st.container(key="condition-line", horizontal=True, vertical_alignment="center"):
        since = f"; changes since {dates.moment(found.since)} are not in force" if found.since else ""
        templates.show("line", text=f"{_title(found)}{since}.")
        if portal.page("home").allowed:
            links.link("home", "See what is wrong")


def _title(found: Condition) -> str:
    count = len(found.problems)
    return f"The configuration has {'1 problem' if count == 1 else f'{count:,} problems'}"


def _said(found: Condition) -> list[str]:
    if found.since is None:
        said = [IN_FORCE]
    else:
        since = f"Since {dates.moment(found.since)} the files cannot be used."
        said = [f"{since} {BEFORE}", *_rights(found), WAITING]
    return [*said, f"The tables were not looked at: {found.unread}"] if found.unread else said


def _rights(found: Condition) -> list[str]:
    """What has become of rights that roles.yaml takes away; nothing where it is whole and takes none away."""
    if found.narrowed:
        return [NARROWED]
    return [TO_TAKE_AWAY] if any(one.file == "roles.yaml" for one in found.problems) else []


def _file(problem: Problem) -> str:
    return problem.file


def _row(problem: Problem) -> dict[str, str]:
    return {
        "line": "" if problem.line is None else f"line {problem.line}",
        "key": problem.key,
        "reason": _sentence(problem.reason),
        "near": problem.suggestion or "",
    }


def _sentence(reason: str) -> str:
    """The reason with a capital and a full stop; a name that it begins with stays as it is written."""
    first = reason.split(" ", 1)[0]
    start = reason[:1].upper() if first.isalpha() and first.islower() else reason[:1]
    return f"{start}{reason[1:].rstrip('.')}."
