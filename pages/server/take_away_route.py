"""The route that hands a table out as files: what ``pages/parts/take_away`` asks for when its button is pressed.

Why not Streamlit's own download button: it would put the files under ``/media/``, at an address made from their
content, where whoever has the link reads them without a session, for as long as nobody else uses the portal; and on a
busy portal other people's clicks may clear them away before the browser has come for them. What goes wrong while
they are made it can only call a failure. Here nothing is kept: the files are made for one answer, for the person
whose keys come with the question, under the rights they have then.
"""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data_access.errors import PlumblineError, QuestionError, Refused
from pages import problem
from pages.browser_keys import address
from pages.parts.take_away import PATH
from pages.server.our_pages import NEVER_STORED, body_of_our_page
from pages.server.running import running

LONGEST_BODY: Final = 200_000  # bytes: a question may name every value of a long list
SIGNED_OUT: Final = "Load the page again and sign in."


def routes() -> list[Route]:
    """The route, under the server's base path."""
    return [Route(address(PATH), take_away, methods=["POST"])]


async def take_away(request: Request) -> Response:
    """The files, or why there are none, as JSON with a title and what to do."""
    body = await body_of_our_page(request, LONGEST_BODY)
    if body is None:
        return _none(400, "This is not a page of the portal", "Open the table in the portal and take it from there.")
    cookies = request.cookies
    return await run_in_threadpool(_taken, cookies, str(body.get("browser", "")), str(body.get("offer", "")))


def _taken(cookies: dict[str, str], browser_key: str, offer: str) -> Response:
    try:
        opened = running()
        # A request comes from outside the page's session, so it needs what coming back to one needs: both keys.
        session = opened.gate.come_back(cookies.get(opened.gate.cookie_name, ""), browser_key)
        viewer = opened.gate.viewer_of(session) if session else None
        if viewer is None:
            return _none(403, "You are signed out here", SIGNED_OUT)
        made = opened.portal.for_viewer(viewer).take_away(offer)
    except Refused as error:
        return _none(403, error.title, error.message)
    except QuestionError as error:
        return _none(400, error.title, error.message)
    except PlumblineError as error:
        return _none(503, error.title, error.told)
    except Exception as error:
        return _none(500, PlumblineError.title, problem.noted(error, "the file"))
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', **NEVER_STORED}
    return Response(made.content, media_type="application/zip", headers=headers)


def _none(status: int, title: str, message: str) -> Response:
    return JSONResponse({"title": title, "message": message}, status_code=status, headers=NEVER_STORED)
