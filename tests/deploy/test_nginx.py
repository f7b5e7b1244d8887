"""The portal behind Debian's nginx, as config/DEPLOY.md sets it up: by https only, alive, not in the log."""

from __future__ import annotations

import http.client
import ssl
from typing import TYPE_CHECKING

import pytest

from tests.browser_support import assert_no_problem, settle
from tests.deploy.conftest import ORGANISATION, Installed
from tests.deploy.machine import NAME
from tests.sign_in.looking import session_cookie

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_person_signs_in_through_it_and_opens_a_report(signed_in: Page) -> None:
    page = signed_in
    assert page.url.startswith(f"https://{NAME}:")
    assert (
        ORGANISATION in page.locator("[data-testid=stSidebar]").inner_text()
    )  # the edited draft is the one that serves
    page.get_by_role("link", name="Requests", exact=True).first.click()
    page.locator(".st-key-grid-0").wait_for()
    settle(page)
    assert_no_problem(page)
    assert page.locator("[class*=st-key-metric-]").count() > 0


def test_the_cookie_is_sent_over_tls_only(signed_in: Page) -> None:
    cookie = session_cookie(signed_in.context)
    assert cookie is not None
    assert cookie.get("secure") is True
    assert cookie.get("httpOnly") is True


def test_a_reload_finds_the_person_signed_in(installed: Installed, signed_in: Page) -> None:
    signed_in.goto(installed.machine.url())
    signed_in.get_by_text(f"Signed in as {installed.username}").wait_for()
    settle(signed_in)
    assert signed_in.locator(".st-key-sign-in").count() == 0


def test_plain_http_is_sent_to_https_and_answers_nothing_itself(installed: Installed) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", installed.machine.http, timeout=10)
    connection.request("GET", "/report?id=requests", headers={"Host": NAME})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/report?id=requests"
    assert "set-cookie" not in answer.headers


def ask(installed: Installed, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """Asks nginx over TLS, trusting its certificate alone. Header names are written with ``_``."""
    trusting = ssl.create_default_context(cafile=str(installed.machine.root / "etc/ssl/plumbline/portal.pem"))
    trusting.check_hostname = False  # it is for the name; here it is reached by the number
    connection = http.client.HTTPSConnection("127.0.0.1", installed.machine.https, timeout=10, context=trusting)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    host = {"Host": f"{NAME}:{installed.machine.https}"}
    connection.request(method, path, "{}" if method == "POST" else None, host | named)
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/sign-in/keep"])
def test_every_answer_asks_for_https_and_has_the_portals_own_headers_once(installed: Installed, path: str) -> None:
    headers = ask(installed, path).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert [len(headers.get_all(name, [])) for name in ("Content-Security-Policy", "X-Frame-Options")] == [1, 1]
    assert headers["Server"] == "nginx"


def test_another_site_reaches_neither_the_routes_nor_the_page(installed: Installed) -> None:
    ours = f"https://{NAME}:{installed.machine.https}"
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    upgrade |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    for origin, route, socket in (("https://evil.example", 400, 403), (ours, 403, 101)):
        keep = ask(installed, "/sign-in/keep", "POST", Origin=origin, Content_Type="application/json")
        assert keep.status == route  # 400: not our page; 403: our page, but no ticket
        assert ask(installed, "/_stcore/stream", Origin=origin, **upgrade).status == socket


def test_the_log_says_who_came_but_not_what_they_looked_at(installed: Installed) -> None:
    ask(installed, "/metric?id=secret_slice").read()
    log = (installed.machine.root / "var/log/nginx/plumbline.log").read_text()
    assert '"GET /metric" 200' in log
    assert "secret_slice" not in log
