"""Who gets a socket: people who are known, from pages that may open one."""

import json
from typing import Any

import pytest

from stack.sessions.models import Session
from stack.websockets.tests.server import CORS, TRUSTED, Site, closed, session_of, user_make
from stack.websockets.tests.wire import raw

pytestmark = [pytest.mark.proves("channels"), pytest.mark.django_db(transaction=True)]


@pytest.mark.asvs("4.4.4")
def test_the_nameless_are_refused(server: Site) -> None:
    assert server.status(origin=server.origin) == 401
    for key in ("made-up", r'"abcdefgh\000"'):
        assert server.status(origin=server.origin, additional_headers={"Cookie": f"sessionid={key}"}) == 401


@pytest.mark.asvs("14.2.1")
def test_an_address_is_no_place_for_what_is_secret(server: Site) -> None:
    key = session_of(user_make())
    assert server.status(f"?sessionid={key}&it={key}", origin=server.origin) == 401
    assert key not in server.log.read_text()


def test_somebody_who_has_logged_in_is_let_in(server: Site) -> None:
    with server.open(user_make(), "?after=0", subprotocols=["feed"]) as socket:
        assert json.loads(socket.recv()) == {"items": [], "after": 0}
        assert socket.subprotocol == "feed"


@pytest.mark.asvs("4.4.2")
@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "https://evil.example.com",
        "http://localhost",
        "http://localhost:1",
        "https://localhost:{port}",
        "http://localhost:{port}.evil.example.com",
        "http://127.0.0.1:{port}",
        "http://[",
        "https://notexample.org",
        "http://sub.example.org",
        CORS,
    ],
)
def test_a_cookie_from_another_page_is_refused(server: Site, origin: str | None) -> None:
    options = server.browser(user_make(), origin=origin and origin.format(port=server.port))
    assert server.status(**options) == 403


@pytest.mark.parametrize("origin", [TRUSTED, "https://any.example.org"])
def test_a_trusted_origin_may_use_cookies(server: Site, origin: str) -> None:
    assert server.status(**server.browser(user_make(), origin=origin)) == 101


def test_two_origins_are_none(server: Site) -> None:
    cookie = f"sessionid={session_of(user_make())}"
    headers = [("Cookie", cookie), ("Origin", server.origin), ("Origin", server.origin)]
    assert server.status(additional_headers=headers) == 400


def test_only_our_host_and_addresses_that_are_there(server: Site) -> None:
    options = server.browser(user_make())
    assert server.status(path="/ws/nothing/", **options) == 404
    cookie = options["additional_headers"]["Cookie"]
    for host, status in ((f"localhost:{server.port}", b"101"), ("evil.example.com", b"400")):
        with raw(server, cookie, host) as (_, answer):
            assert answer.split()[1] == status


def logged_out(_user: Any, key: str) -> None:
    Session.objects.filter(pk=key).delete()


def with_another_password(user: Any, _key: str) -> None:
    user.set_password("another")
    user.save()


def disabled(user: Any, _key: str) -> None:
    user.is_active = False
    user.save()


@pytest.mark.asvs("4.4.3", "7.4.1", "7.4.2")
@pytest.mark.parametrize("end", [logged_out, with_another_password, disabled])
def test_what_ends_a_session_closes_its_sockets(server: Site, end: Any) -> None:
    user = user_make()
    key = session_of(user)
    cookie = {"Cookie": f"sessionid={key}"}
    with server.open(user, "?after=0", additional_headers=cookie) as socket:
        end(user, key)
        assert closed(socket) == 4401
    assert server.status(**server.browser(user, additional_headers=cookie)) == 401
