"""How fast one worker fans out to a thousand sockets, beside Channels as it comes.

    .venv/bin/python benchmarks/websockets.py

Starts PostgreSQL and Valkey by ``stackyard run`` and one ASGI worker in production's settings. A thousand
users follow their notifications: each has one added, is told, and gets it, from the database, through all
that guards a socket. The other side is a bare Channels consumer in the same worker, on the same channel
layer, whose groups are sent a text of the same length. Rounds of both alternate, and a round lasts until the
last socket has its message. Prints a table, writes ``websockets.json`` beside this file, and ends with 1 when
a bar is missed.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import IO

from rich.console import Console
from rich.table import Table
from serving import HOST, PYTHON, ROOT, TEMPLATE, own_database, parse, production, server

BAR = 0.8
"""What to reach, as a share of the deliveries a second of Channels as it comes."""
PATIENCE = 60
"""Seconds that a round may take."""
FANOUT = ROOT / "benchmarks" / "fanout"


class Client(asyncio.Protocol):
    """A socket that counts whole messages, and answers pings."""

    def __init__(self, crowd: "Crowd", request: bytes) -> None:
        self.crowd, self.request = crowd, request
        self.received = b""
        self.is_open = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        if not self.is_open:
            head, end, rest = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            assert b" 101 " in head, head
            self.is_open, self.received = True, rest
            self.crowd.count()
        while (length := _frame_length(self.received)) and len(self.received) >= length:
            kind = self.received[0] & 0xF
            if kind == 0x9 and self.transport:
                self.transport.write(b"\x8a\x84\0\0\0\0" + self.received[2:length])
            elif kind == 0x1 and self.crowd.wanted in self.received[:length]:
                self.crowd.count()
            self.received = self.received[length:]

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.lost += 1


def _frame_length(data: bytes) -> int:
    if len(data) < 2:
        return 0
    if data[1] < 126:
        return 2 + data[1]
    return 4 + int.from_bytes(data[2:4]) if len(data) >= 4 else 0


class Crowd:
    """The sockets of one side.

    Attributes:
        wanted: What the message of this round has in it.
        lost: How many were closed by the server.
    """

    def __init__(self) -> None:
        self.wanted = b"never"
        self.lost = 0
        self._missing = 0
        self._all = asyncio.Event()

    def expect(self, count: int, wanted: bytes) -> None:
        self.wanted, self._missing = wanted, count
        self._all.clear()

    def count(self) -> None:
        self._missing -= 1
        if not self._missing:
            self._all.set()

    async def complete(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._all.wait()

    async def connect(self, address: tuple[str, int], requests: list[bytes]) -> None:
        """Open a socket for each request, some at a time."""
        loop = asyncio.get_running_loop()
        for first in range(0, len(requests), 50):
            some = requests[first : first + 50]
            self.expect(len(some), b"never")
            for request in some:
                await loop.create_connection(partial(Client, self, request), *address)
            await self.complete()


@dataclass
class Publisher:
    """The process that makes users and publishes."""

    lines: IO[str]
    answers: IO[str]

    async def prepare(self, line: str) -> None:
        print(line, file=self.lines, flush=True)
        assert await asyncio.to_thread(self.answers.readline) == "ready\n"

    def publish(self) -> None:
        print(file=self.lines, flush=True)


def main() -> int:
    """Run the benchmark, beginning with the services if they aren't there yet."""
    parser = argparse.ArgumentParser(description="How fast one worker fans out, beside Channels as it comes.")
    parser.add_argument("--rounds", type=int, default=30, help="pairs of rounds")
    parser.add_argument("--sockets", type=int, default=1_000, help="of each side")
    options = parse(parser)
    with own_database() as database, tempfile.TemporaryDirectory() as folder:
        environment = production(database, folder, workers=1) | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": f"{TEMPLATE}{os.pathsep}{FANOUT}",
            "ASGI_PORT": "0",
            "WEBSOCKETS_A_WORKER": str(options.sockets),
            "WEBSOCKET_PREFIX": Path(folder).name,
            "LOG_LEVEL": "WARNING",
        }
        subprocess.run([PYTHON, "manage.py", "migrate", "-v0"], cwd=TEMPLATE, env=environment, check=True)
        arguments = ("-k", "uvicorn_worker.UvicornWorker", "served:application")
        with (
            server(environment, Path(folder, "log"), *arguments) as address,
            _publisher(environment, options) as told,
        ):
            rounds = asyncio.run(_measure(address, *told, options))
    return _report(rounds, options)


@contextmanager
def _publisher(
    environment: dict[str, str], options: argparse.Namespace
) -> Iterator[tuple[Publisher, list[tuple[int, str]]]]:
    command = [str(PYTHON), str(FANOUT / "publisher.py"), str(options.sockets)]
    with subprocess.Popen(
        command, cwd=TEMPLATE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        users = json.loads(process.stdout.readline())
        yield Publisher(process.stdin, process.stdout), users
        process.stdin.close()


def _handshake(path: str, headers: str = "") -> bytes:
    lines = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: Upgrade\r\n"
    lines += (
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    )
    return f"{lines}{headers}\r\n".encode()


async def _measure(
    address: tuple[str, int], publisher: Publisher, users: list[tuple[int, str]], options: argparse.Namespace
) -> list[tuple[float, float]]:
    """Return how long each pair of rounds took, in seconds: of the feed, and of the raw side."""
    feed, raw = Crowd(), Crowd()
    tokens = [f"Authorization: Bearer {token}\r\n" for _, token in users]
    await feed.connect(address, [_handshake("/ws/notifications/?after=0", token) for token in tokens])
    await raw.connect(address, [_handshake(f"/raw/?{user}") for user, _ in users])
    seconds: list[tuple[float, float]] = []
    for number in range(options.rounds + 2):  # the first ones are not counted
        text = f"round {number:06d}" + "." * 50
        await publisher.prepare(f"feed {text}")
        ours = await _round(feed, publisher, text, len(users))
        # As long as the feed's message, which has more than the text in it.
        item = {"number": number, "kind": "benchmark", "text": text, "data": {}, "read_at": None}
        whole = {"items": [item | {"created_at": "2026-01-01T00:00:00.000000Z"}], "after": number}
        await publisher.prepare(f"raw {json.dumps(whole, separators=(',', ':'))}")
        theirs = await _round(raw, publisher, text, len(users))
        seconds.append((ours, theirs))
    assert not feed.lost and not raw.lost, (feed.lost, raw.lost)
    return seconds[2:]


async def _round(crowd: Crowd, publisher: Publisher, wanted: str, count: int) -> float:
    crowd.expect(count, wanted.encode())
    started = time.perf_counter()
    publisher.publish()
    await crowd.complete()
    return time.perf_counter() - started


def _report(seconds: list[tuple[float, float]], options: argparse.Namespace) -> int:
    """Print and write the figures; 1 when a bar is missed."""
    figures = {
        "feed, deliveries a second": round(options.sockets / median(ours for ours, _ in seconds)),
        "raw Channels, deliveries a second": round(options.sockets / median(theirs for _, theirs in seconds)),
        "share": round(median(theirs / ours for ours, theirs in seconds), 3),
    }
    table = Table(title=f"{options.sockets} sockets on one worker")
    for column in figures:
        table.add_column(column, justify="right")
    table.add_row(*map(str, figures.values()))
    Console(width=110).print(table)
    setting = {"rounds": options.rounds, "sockets": options.sockets}
    Path(__file__).with_suffix(".json").write_text(
        json.dumps({"setting": setting} | figures, indent=2) + "\n", encoding="utf-8"
    )
    if figures["share"] < BAR:
        print(f"the feed reaches {figures['share']:.2f} of raw Channels; the bar is {BAR}", file=sys.stderr)
    return int(figures["share"] < BAR)


if __name__ == "__main__":
    sys.exit(main())
