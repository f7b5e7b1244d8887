"""The pages over a whole portal of real records, run in process: what a signed-in person reads there."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data_access.viewer_portal import ViewerPortal
from pages import session


def _page(name: str, portal: object) -> None:  # its text runs as a script of its own, without our imports
    from importlib import import_module

    import_module(f"pages.{name}").render(portal)


def read(monkeypatch: pytest.MonkeyPatch, portal: ViewerPortal, page: str, **address: str) -> str:
    """The words of a page on one line; ``address`` are the parameters of its address."""
    monkeypatch.setattr(session, "require", lambda: portal.viewer)  # the timed checks of a page ask who is there
    test = AppTest.from_function(_page, args=(page, portal), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception, test.exception[0].message
    written = [element.proto.body for element in test.get("html")] + [
        one.value for one in (*test.title, *test.markdown)
    ]
    return unescape(
        re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", "\n".join(written), flags=re.DOTALL))
    )
