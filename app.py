"""Launcher: ``streamlit run app.py``. The pages' script is ``pages/shell.py``.

It stands apart from that script on purpose: beside ``shell.py`` there is no folder ``pages``, so Streamlit's
own page mechanism, which knows no sign-in, never starts.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.problem import on_script_error
from pages.server import session_routes, take_away_route
from pages.server.headers import SecurityHeaders
from pages.server.lifespan import lifespan
from pages.server.this_machine import ThisMachineOnly

app = st.App(
    Path(__file__).resolve().parent / "pages" / "shell.py",
    lifespan=lifespan,
    routes=[*session_routes.routes(), *take_away_route.routes()],
    middleware=[Middleware(SecurityHeaders), Middleware(ThisMachineOnly)],
    on_script_error=on_script_error,
)
