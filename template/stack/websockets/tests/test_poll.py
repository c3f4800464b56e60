"""A hint that is lost costs seconds, and nothing else."""

import json

import pytest

from stack.websockets.tests.server import Site, user_make
from stack.websockets.tests.things import things_add

VARIABLES = {"WEBSOCKET_POLL_SECONDS": "1", "WEBSOCKET_CHECK_SECONDS": "3600"}


@pytest.mark.proves("channels")
@pytest.mark.django_db(transaction=True)
def test_what_nobody_told_of_comes_too(server: Site) -> None:
    user = user_make()
    with server.open(user, "?after=0") as socket:
        assert json.loads(socket.recv(timeout=20))["items"] == []
        things_add(user.pk, 1, 2)
        assert [item["number"] for item in json.loads(socket.recv(timeout=10))["items"]] == [1, 2]
