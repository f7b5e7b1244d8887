"""What our own routes share: they take JSON from our own pages only, and nothing of what they answer is kept."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

NEVER_STORED: Final = {"Cache-Control": "no-store"}


async def body_of_our_page(request: Request, longest: int) -> dict[str, object] | None:
    """The JSON object that one of our own pages sent; None for anything else, and beyond ``longest`` bytes."""
    if not _is_same_origin(request) or request.headers.get("content-type") != "application/json":
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
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
