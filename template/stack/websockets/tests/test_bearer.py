"""Programs, and scripts of other origins, come with a token."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from websockets.sync.client import connect

from stack.jwt.families import token_pair_issue
from stack.jwt.tokens import AccessToken
from stack.websockets.tests.server import CORS, TRUSTED, Site, closed, user_make

pytestmark = [pytest.mark.proves("channels", "simplejwt"), pytest.mark.django_db(transaction=True)]


def header(token: Any) -> dict[str, Any]:
    return {"additional_headers": {"Authorization": f"Bearer {token}"}}


def token_of(user: Any, **lifetime: float) -> AccessToken:
    token = AccessToken(token_pair_issue(user)["access"])  # type: ignore[arg-type]
    if lifetime:
        token.set_exp(lifetime=timedelta(**lifetime))
    return token


@pytest.mark.parametrize("origin", [None, CORS, TRUSTED])
def test_a_token_in_the_header_is_taken(server: Site, origin: str | None) -> None:
    assert server.status(origin=origin, **header(token_of(user_make()))) == 101


@pytest.mark.asvs("4.4.2")
@pytest.mark.parametrize("origin", ["https://evil.example.com", "null", "http://localhost:1"])
def test_a_token_from_an_unknown_page_is_refused(server: Site, origin: str) -> None:
    assert server.status(origin=origin, **header(token_of(user_make()))) == 403


def test_a_browser_s_script_offers_the_token_as_a_subprotocol_and_never_gets_it_back(server: Site) -> None:
    token = str(token_of(user_make()))
    options: Any = {"origin": CORS, "subprotocols": ["feed", f"bearer.{token}"], "proxy": None}
    with connect(server.address("?after=0"), **options) as socket:
        assert socket.subprotocol == "feed"
        assert json.loads(socket.recv()) == {"items": [], "after": 0}
    assert token not in server.log.read_text()


@pytest.mark.asvs("4.4.3")
@pytest.mark.parametrize(
    "bad",
    [
        lambda user: "made-up",
        lambda user: "é",
        lambda user: "",
        lambda user: token_pair_issue(user)["refresh"],
        lambda user: token_of(user, seconds=-1),
        lambda user: str(token_of(user))[:-2],
    ],
)
def test_a_token_that_is_not_good_is_refused(server: Site, bad: Any) -> None:
    assert server.status(**header(bad(user_make()))) == 401


@pytest.mark.asvs("14.2.1")
def test_a_token_in_the_address_is_none(server: Site) -> None:
    token = token_of(user_make())
    assert server.status(f"?token={token}&access_token={token}&bearer={token}") == 401
    assert str(token) not in server.log.read_text()


@pytest.mark.asvs("4.4.3")
def test_a_socket_ends_with_its_token(server: Site) -> None:
    user = user_make()
    token = token_of(user, seconds=2)
    options = {"origin": None} | header(token)
    with server.open(user, "?after=0", **options) as socket:
        assert json.loads(socket.recv(timeout=10)) == {"items": [], "after": 0}
        assert closed(socket) == 4401
        assert 0 <= time.time() - token["exp"] < 10
    assert server.status(**header(token)) == 401


def test_a_socket_ends_with_its_user_s_password(server: Site) -> None:
    user = user_make()
    with server.open(user, "?after=0", origin=None, **header(token_of(user))) as socket:
        user.set_password("another")
        user.save()
        assert closed(socket) == 4401
