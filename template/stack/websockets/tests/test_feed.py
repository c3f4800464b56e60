"""Nothing of a feed is lost: not with a connection, nor with a hint."""

import json
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from stack.sessions import logins_end
from stack.websockets.hints import hint_on_commit
from stack.websockets.tests.server import Site, closed, user_make
from stack.websockets.tests.sockets import ThingSocket
from stack.websockets.tests.things import feed, things_add

pytestmark = [pytest.mark.proves("channels"), pytest.mark.django_db(transaction=True)]
VARIABLES = {"WEBSOCKET_POLL_SECONDS": "3600", "WEBSOCKET_CHECK_SECONDS": "3600"}


def numbers(socket: ClientConnection, last: int) -> list[int]:
    """Return the numbers of what comes, up to the last."""
    found: list[int] = []
    while last not in found:
        found += [item["number"] for item in json.loads(socket.recv(timeout=20))["items"]]
    return found


def greeting(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=20))


@pytest.mark.parametrize("after", [0, 1, 250])
def test_what_was_missed_comes_first_and_in_order(server: Site, after: int) -> None:
    user = user_make()
    things_add(user.pk, 1, 351)
    with server.open(user, f"?after={after}") as socket:
        assert numbers(socket, 351) == list(range(after + 1, 352))


def test_what_is_new_comes_at_a_hint(server: Site) -> None:
    user, other = user_make(), user_make()
    with server.open(user, "?after=0") as socket, server.open(other, "?after=0") as another:
        assert greeting(socket) == greeting(another) == {"items": [], "after": 0}
        for number in range(1, 51):
            things_add(user.pk, number, number)
            hint_on_commit(feed, user.pk)
        assert numbers(socket, 50) == list(range(1, 51))
        things_add(other.pk, 1, 1, "another")
        hint_on_commit(feed, other.pk)
        assert json.loads(another.recv(timeout=20)) == {
            "items": [{"number": 1, "text": "another"}],
            "after": 1,
        }


def test_a_hint_waits_for_the_commit(server: Site) -> None:
    user = user_make()
    with server.open(user, "?after=0") as socket:
        assert greeting(socket)["items"] == []
        with transaction.atomic():
            things_add(user.pk, 1, 1)
            hint_on_commit(feed, user.pk)
            with pytest.raises(TimeoutError):  # an early one would find nothing, and there is no other
                socket.recv(timeout=1)
        assert numbers(socket, 1) == [1]


def test_a_socket_whose_log_in_ended_closes_at_once_and_gets_nothing_new(server: Site) -> None:
    user, other = user_make(), user_make()
    with server.open(user, "?after=0") as ended, server.open(other, "?after=0") as stays:
        assert greeting(ended)["items"] == greeting(stays)["items"] == []
        with transaction.atomic():
            logins_end(user.pk)
            things_add(user.pk, 1, 1)
        with pytest.raises(ConnectionClosed) as closing:
            ended.recv(timeout=20)
        assert closing.value.rcvd is not None and closing.value.rcvd.code == 4401

        things_add(other.pk, 1, 1)
        hint_on_commit(ThingSocket.feed, other.pk)
        assert numbers(stays, 1) == [1]


def test_a_socket_whose_log_in_holds_stays(server: Site) -> None:
    user = user_make()
    with server.open(user, "?after=0") as socket:
        assert greeting(socket)["items"] == []
        logins_end(user.pk, only=uuid4())
        things_add(user.pk, 1, 1)
        hint_on_commit(ThingSocket.feed, user.pk)
        assert numbers(socket, 1) == [1]


def test_a_number_can_be_sent_later_and_again(server: Site) -> None:
    user = user_make()
    things_add(user.pk, 1, 3)
    with server.open(user) as socket:
        socket.send('{"after": 1}')
        assert numbers(socket, 3) == [2, 3]
        socket.send('{"after": 0}')
        assert numbers(socket, 3) == [1, 2, 3]


def test_a_connection_that_is_lost_loses_nothing(server: Site) -> None:
    user = user_make()
    have: list[int] = []
    for last in count(10, 10):
        things_add(user.pk, last - 9, last - 5)
        with server.open(user, f"?after={have[-1] if have else 0}") as socket:
            have += numbers(socket, last - 5)
            things_add(user.pk, last - 4, last)
            hint_on_commit(feed, user.pk)
            socket.socket.close()  # without a word
        if last == 50:
            break
    with server.open(user, f"?after={have[-1]}") as socket:
        have += numbers(socket, 50)
    assert have == list(range(1, 51))


@pytest.mark.asvs("1.4.2", "15.3.5")
@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "null",
        "[1]",
        '{"after": -1}',
        '{"after": true}',
        '{"after": "1"}',
        '{"after": 1.0}',
        '{"after": 9223372036854775808}',
        '{"after": ' + "9" * 5000 + "}",
        "[" * 8000,
    ],
)
def test_what_is_not_understood_closes(server: Site, sent: str) -> None:
    with server.open(user_make()) as socket:
        socket.send(sent)
        assert closed(socket) == 1008


@pytest.mark.parametrize("after", ["x", "-1", "1.0", "%D9%A1", "9" * 30])
def test_a_number_that_is_none_closes(server: Site, after: str) -> None:
    with server.open(user_make(), f"?after={after}") as socket:
        assert closed(socket) == 1008
