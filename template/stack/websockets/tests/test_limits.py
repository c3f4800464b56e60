"""What is too much is refused, or ends the socket; nobody else notices."""

import asyncio
import os
import signal
import time
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import pytest
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from stack.websockets.hints import hint_on_commit
from stack.websockets.tests.server import A_USER, LEASE_SECONDS, Site, closed, site, user_make
from stack.websockets.tests.things import feed, table_make, things_add
from stack.websockets.tests.wire import CONTINUED, PING, TEXT, frame, is_cut_off, raw
from tests.processes import SECONDS, wait_until

pytestmark = [pytest.mark.proves("channels"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("sent", ["x" * 1_048_576, "x" * 16_385, b"x" * 1_048_576, ["x" * 8_192] * 128])
def test_what_is_too_big_closes(server: Site, sent: Any) -> None:
    with server.open(user_make()) as client:
        try:
            client.send(sent)
        except ConnectionClosed:
            pass
        assert closed(client) == 1009


def test_bytes_that_are_no_text_close(server: Site) -> None:
    with server.open(user_make()) as client:
        client.send(b'{"after": 0}')
        assert closed(client) == 1003


def test_a_thousand_messages_in_a_row_close(server: Site) -> None:
    with server.open(user_make()) as client:
        try:
            for _ in range(1_000):
                client.send('{"after": 0}')
        except ConnectionClosed:
            pass
        assert closed(client) == 1008


def test_a_message_of_endless_fragments_closes(server: Site) -> None:
    cookie = server.browser(user_make())["additional_headers"]["Cookie"]
    with raw(server, cookie) as (connection, _):
        connection.sendall(frame(TEXT, b"", last=False) + frame(CONTINUED, b"", last=False) * 100)
        received = b""
        while part := connection.recv(4096):
            received += part
        assert b"\x88" in received and (1008).to_bytes(2) in received


class Crowd(AsyncExitStack):
    """Many sockets of one user."""

    def __init__(self, server: Site, user: Any) -> None:
        """Have none yet."""
        super().__init__()
        self.opened: list[ClientConnection] = []
        self._address, self._options = server.address(), server.browser(user, open_timeout=60)

    async def rush(self, sockets: int) -> list[int]:
        """Open as many at once, and return the statuses of those that don't open."""
        tries = [connect(self._address, **self._options) for _ in range(sockets)]
        ends = await asyncio.gather(*map(self.enter_async_context, tries), return_exceptions=True)
        self.opened += [end for end in ends if isinstance(end, ClientConnection)]
        refused = [end for end in ends if not isinstance(end, ClientConnection)]
        assert all(isinstance(end, InvalidStatus) for end in refused), refused
        return [end.response.status_code for end in refused if isinstance(end, InvalidStatus)]


def held(server: Site, user: Any) -> int:
    count: int = get_redis_connection("default").zcard(f"{server.prefix}:sockets:{user.pk}")
    return count


@pytest.mark.asvs("2.3.2")
def test_of_two_hundred_sockets_a_user_gets_a_few_whoever_serves_and_whoever_dies(tmp_path: Path) -> None:
    user, other = user_make(), user_make()

    async def test(crowd: Crowd, others: Crowd) -> None:
        async with crowd, others:
            assert await crowd.rush(200) == [429] * (200 - A_USER)
            assert await others.rush(2) == []
            assert held(server, user) == A_USER

            for client in crowd.opened[:5]:  # what is given back, is free at once
                await client.close()
            await asyncio.to_thread(wait_until, lambda: held(server, user) == A_USER - 5)
            assert len(await crowd.rush(30)) == 25

            for worker in server.workers:  # nobody gives anything back; nor is it held for ever
                os.kill(worker, signal.SIGKILL)
            for client in crowd.opened:
                await client.wait_closed()
            crowd.opened.clear()
            async with asyncio.timeout(SECONDS):
                while len(crowd.opened) < A_USER:
                    await crowd.rush(A_USER - len(crowd.opened))
            opened = time.monotonic()

            # Held for longer than a lease: they are renewed.
            await asyncio.to_thread(wait_until, lambda: time.monotonic() > opened + LEASE_SECONDS + 1)
            assert held(server, user) == A_USER
            assert await crowd.rush(3) == [429] * 3

    with site(tmp_path, "--workers=2") as server:
        asyncio.run(test(Crowd(server, user), Crowd(server, other)))


def test_a_worker_has_so_many_sockets_and_no_more(tmp_path: Path) -> None:
    async def test(crowd: Crowd, others: Crowd) -> None:
        async with crowd, others:
            assert await crowd.rush(5) == []
            assert await others.rush(3) == [503] * 3

    with site(tmp_path, WEBSOCKETS_A_WORKER="5") as server:
        asyncio.run(test(Crowd(server, user_make()), Crowd(server, user_make())))


def memory(pid: int) -> int:
    """Return how many MiB of memory a process has to itself and in use."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) // 1024


def test_a_client_that_does_not_read_is_cut_off_and_costs_no_memory(server: Site) -> None:
    slow, quick = user_make(), user_make()
    for user in (slow, quick):
        things_add(user.pk, 1, 40_000, "x" * 1_000)
    (worker,) = server.workers
    cookie = server.browser(slow)["additional_headers"]["Cookie"]
    with server.open(quick, "?after=39990") as client:
        client.recv(timeout=20)
        before = memory(worker)
        with raw(server, cookie, query="?after=0", buffer=4096) as (connection, _):
            for number in range(40_001, 40_401):
                things_add(slow.pk, number, number)
                hint_on_commit(feed, slow.pk)
            wait_until(lambda: is_cut_off(connection), seconds=30)
            assert memory(worker) - before < 30
        things_add(quick.pk, 40_001, 40_001)
        hint_on_commit(feed, quick.pk)
        assert client.recv(timeout=20)
    wait_until(lambda: held(server, slow) == 0)


def test_pings_that_nobody_reads_the_answers_of_cost_no_memory(server: Site) -> None:
    user = user_make()
    (worker,) = server.workers
    cookie = server.browser(user)["additional_headers"]["Cookie"]
    pings = frame(PING, b"x" * 125) * 1_000
    before = memory(worker)
    with raw(server, cookie, buffer=4096) as (connection, _):
        with pytest.raises(OSError):  # it is read no further, and then cut off
            for _ in range(1_000):
                connection.sendall(pings)
        assert memory(worker) - before < 30
    wait_until(lambda: held(server, user) == 0)


def test_a_server_that_ends_sends_its_clients_away_to_come_again(tmp_path: Path) -> None:
    user = user_make()
    table_make()
    with site(tmp_path) as server, ExitStack() as sockets:
        clients = [sockets.enter_context(server.open(user, "?after=0")) for _ in range(5)]
        cookie = server.browser(user)["additional_headers"]["Cookie"]
        things_add(user.pk, 1, 20_000, "x" * 1_000)
        with raw(server, cookie, query="?after=0", buffer=4096):  # one that does not read holds nothing up
            assert held(server, user) == 6
            server.master.send_signal(signal.SIGTERM)
            assert [closed(client) for client in clients] == [1012] * 5
            assert server.master.wait(20) == 0
        wait_until(lambda: held(server, user) == 0)
        assert "Traceback" not in server.log.read_text(encoding="utf-8")
