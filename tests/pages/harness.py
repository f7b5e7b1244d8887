"""The pages over the fake portal, to look at: ``PYTHONPATH=. streamlit run tests/pages/harness.py``."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages import frame, home, metric, report
from tests.pages.fake_portal import FakePortal

st.set_page_config(page_title="Plumbline", layout="wide")
portal = FakePortal()


def _page(render, url_path: str, default: bool = False):  # type: ignore[no-untyped-def]
    target = partial(render, portal)
    target.__name__ = f"{url_path}_page"  # type: ignore[attr-defined]
    return st.Page(target, title=url_path.title(), url_path=url_path, default=default)


chosen = st.navigation(
    [
        _page(home.render, "home", default=True),
        _page(report.render, "report"),
        _page(metric.render, "metric"),
    ]
)
st.sidebar.caption("Signed in as manager")
frame.render(demonstration=True)
chosen.run()
