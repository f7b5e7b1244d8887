"""The routes that hand out and take back a browser's keys answer in words also when nothing can be looked up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from pages.server import running, session_routes
from tests.mishaps.conftest import Show

Route = Callable[[Request], Awaitable[Response]]


def called(route: Route, cookie: str) -> int:
    """The status of the answer to one of our own pages."""
    headers = [
        (b"content-type", b"application/json"),
        (b"sec-fetch-site", b"same-origin"),
        (b"cookie", cookie.encode()),
    ]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "query_string": b"", "scheme": "http"}

    async def body() -> dict[str, object]:
        return {"type": "http.request", "body": json.dumps({"ticket": "t"}).encode()}

    async def answer() -> int:
        return (await route(Request(scope, body))).status_code

    with ThreadPoolExecutor() as apart:  # a browser test of the same process may have left a loop running here
        return apart.submit(asyncio.run, answer()).result()


@pytest.mark.parametrize(("route", "usual"), [(session_routes.keep, 403), (session_routes.forget, 200)])
def test_a_lost_state_database_is_no_crash_of_a_route(show: Show, database: Path, route: Route, usual: int) -> None:
    show()
    cookie = f"{running.running().gate.cookie_name}=anything"
    assert called(route, cookie) == usual
    away = database.rename(database.with_suffix(".away"))
    assert called(route, cookie) == 503
    away.rename(database)
    assert called(route, cookie) == usual
