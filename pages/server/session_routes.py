"""The two routes that set and remove the session's cookie, which no script may touch.

Called by the elements of ``pages/browser_keys``. Both take JSON from our own pages only, so that no other
site can sign somebody in or out.
"""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.browser_keys import FORGET_PATH, KEEP_PATH, address
from pages.server.running import running

LONGEST_BODY: Final = 2_000  # bytes
NEVER_STORED: Final = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """The routes, under the server's base path."""
    return [
        Route(address(KEEP_PATH), keep, methods=["POST"]),
        Route(address(FORGET_PATH), forget, methods=["POST"]),
    ]


async def keep(request: Request) -> Response:
    """Exchanges a one-time ticket for the cookie (set here) and the browser key (in the answer)."""
    body = await _body_of_our_page(request)
    if body is None:
        return _refused(400)
    gate = running().gate
    keys = await run_in_threadpool(gate.redeem, str(body.get("ticket", "")))
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
    if await _body_of_our_page(request) is None:
        return _refused(400)
    gate = running().gate
    cookie = request.cookies.get(gate.cookie_name)
    if cookie is not None and await run_in_threadpool(gate.cookie_holds, cookie):
        return JSONResponse({"forgotten": False}, headers=NEVER_STORED)
    answer = JSONResponse({"forgotten": True}, headers=NEVER_STORED)
    answer.delete_cookie(gate.cookie_name, path=_path(), httponly=True, samesite="lax", secure=_is_tls(request))
    return answer


async def _body_of_our_page(request: Request) -> dict[str, object] | None:
    """The JSON object that one of our own pages sent; None for anything else."""
    if not _is_same_origin(request) or request.headers.get("content-type") != "application/json":
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    try:
        content = json.loads(body)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _is_same_origin(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:  # set by the browser, out of reach of any script
        return site == "same-origin"
    origin = request.headers.get("origin")  # browsers leave the former out without TLS
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def _is_tls(request: Request) -> bool:
    """Whether the browser came over TLS, here or at a proxy. A forged header can only make the cookie stricter."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", "").split(",")[0].strip())


def _path() -> str:
    return address("")


def _refused(status: int) -> Response:
    return JSONResponse({"error": "refused"}, status_code=status, headers=NEVER_STORED)
