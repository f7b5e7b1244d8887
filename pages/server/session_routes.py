"""The two routes that set and remove the session's cookie, which no script may touch.

Called by the elements of ``pages/browser_keys``. Both take JSON from our own pages only, so that no other
site can sign somebody in or out.
"""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data_access.errors import Unreachable
from pages.browser_keys import FORGET_PATH, KEEP_PATH, address
from pages.server.our_pages import NEVER_STORED, body_of_our_page
from pages.server.running import running

LONGEST_BODY: Final = 2_000  # bytes


def routes() -> list[Route]:
    """The routes, under the server's base path."""
    return [
        Route(address(KEEP_PATH), keep, methods=["POST"]),
        Route(address(FORGET_PATH), forget, methods=["POST"]),
    ]


async def keep(request: Request) -> Response:
    """Exchanges a one-time ticket for the cookie (set here) and the browser key (in the answer)."""
    body = await body_of_our_page(request, LONGEST_BODY)
    if body is None:
        return _refused(400)
    gate = running().gate
    try:
        keys = await run_in_threadpool(gate.redeem, str(body.get("ticket", "")))
    except Unreachable:  # the page goes on offering the ticket, and says what is wrong
        return _refused(503)
    if keys is None:
        return _refused(403)
    answer = JSONResponse({"browser": keys.browser}, headers=NEVER_STORED)
    # No lifetime: the browser drops it when it closes, and the server in any case after its own time.
    answer.set_cookie(
        gate.cookie_name, keys.cookie, path=_path(), httponly=True, samesite="lax", secure=_is_tls(request)
    )
    return answer


async def forget(request: Request) -> Response:
    """Removes the cookie, but only one that opens nothing any more: another tab may have signed in since."""
    if await body_of_our_page(request, LONGEST_BODY) is None:
        return _refused(400)
    gate = running().gate
    cookie = request.cookies.get(gate.cookie_name)
    try:
        holds = cookie is not None and await run_in_threadpool(gate.cookie_holds, cookie)
    except Unreachable:
        return _refused(503)
    if holds:
        return JSONResponse({"forgotten": False}, headers=NEVER_STORED)
    answer = JSONResponse({"forgotten": True}, headers=NEVER_STORED)
    answer.delete_cookie(gate.cookie_name, path=_path(), httponly=True, samesite="lax", secure=_is_tls(request))
    return answer


def _is_tls(request: Request) -> bool:
    """Whether the browser came over TLS, here or at a proxy. A forged header can only make the cookie stricter."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", "").split(",")[0].strip())


def _path() -> str:
    return address("")


def _refused(status: int) -> Response:
    return JSONResponse({"error": "refused"}, status_code=status, headers=NEVER_STORED)
