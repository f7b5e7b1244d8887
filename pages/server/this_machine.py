"""Keeps a portal with the demonstration's people, whose password is public, on this machine.

``lifespan.py`` refuses to start at another address. This stands behind it for what the start cannot see:
a server started by other means than ``streamlit run``, a proxy on this machine that passes strangers on,
and pages of another site that reach a loopback address through the reader's own browser.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data_access.access.people import is_loopback
from pages.server.running import running

MESSAGE = (
    "This portal has the demonstration's people, whose password is public. It answers on this machine only, "
    "at http://localhost or http://127.0.0.1."
)


class ThisMachineOnly:
    """ASGI middleware. Does nothing when there are no demonstration people."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        strange = scope["type"] in ("http", "websocket") and not _is_local(scope)
        if strange and running().gate.people.only_on_this_machine():
            await _refuse(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    """Whether the connection ends at a loopback address and the browser meant to go to one."""
    server = scope.get("server")
    return is_loopback(server[0] if server else None) and is_loopback(HTTPConnection(scope).url.hostname)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": "this machine only"})
        return
    await PlainTextResponse(MESSAGE, status_code=403)(scope, receive, send)
