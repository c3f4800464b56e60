"""A light HTTP load generator: a few kept connections, one thread, nothing parsed but a length."""

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TIMEOUT = 30.0
"""Seconds without any answer, after which the server counts as dead."""


@dataclass(frozen=True)
class Measured:
    """One round: latencies in seconds, sorted, and how long all of it took."""

    latencies: list[float]
    seconds: float
    generator: float
    """Seconds of processor time that the generator itself took."""

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


class Connection:
    """A kept connection with at most one request under way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.length = 0
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.received, self.length, self.sent_at = b"", 0, time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Return the whole response once it is there."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError(f"the server closed the connection after {self.received[:200]!r}")
        self.received += chunk
        if not self.length:
            head = self.received.find(b"\r\n\r\n")
            if head < 0:
                return None
            headers = self.received[:head].lower()
            start = headers.index(b"content-length:") + 15
            self.length = head + 4 + int(headers[start:].split(b"\r\n", 1)[0])
        return self.received if len(self.received) >= self.length else None


def measure(
    address: tuple[str, int],
    request: Callable[[], bytes],
    accept: Callable[[bytes], bool],
    *,
    seconds: float,
    connections: int,
) -> Measured:
    """Send requests for a while, each connection the next as soon as its answer is there.

    Args:
        address: The server's host and port.
        request: Makes the next request.
        accept: Says whether a response is right.
        seconds: How long to go on sending.
        connections: How many requests are under way at any time.

    Returns:
        What was measured.

    Raises:
        AssertionError: When a response is wrong.
        ConnectionError: When the server closes a connection.
        TimeoutError: When no answer comes.
    """
    opened = [Connection(address) for _ in range(connections)]
    processor, start = time.process_time(), time.perf_counter()
    latencies = list(_answers(opened, request, accept, start + seconds))
    took, processor = time.perf_counter() - start, time.process_time() - processor
    for connection in opened:
        connection.socket.close()
    return Measured(sorted(latencies), took, processor)


def _answers(
    connections: list[Connection],
    request: Callable[[], bytes],
    accept: Callable[[bytes], bool],
    end: float,
) -> Iterator[float]:
    """Yield the latency of each answer; after the end nothing is sent any more."""
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request())
        waiting = len(connections)
        while waiting:
            ready = selector.select(TIMEOUT)
            if not ready:
                raise TimeoutError(f"no answer within {TIMEOUT:g} s")
            for connection in (key.data for key, _ in ready):
                response = connection.receive()
                if response is None:
                    continue
                now = time.perf_counter()
                assert accept(response), f"a wrong answer: {response[:2000]!r}"
                yield now - connection.sent_at
                if now < end:
                    connection.send(request())
                else:
                    waiting -= 1
