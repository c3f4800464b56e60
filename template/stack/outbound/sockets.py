"""Sockets to addresses that may be called, and on which nothing waits beyond a deadline."""

import socket
import ssl
import time
from collections.abc import Buffer
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from stack.outbound.addresses import is_allowed
from stack.outbound.errors import Refused
from stack.outbound.target import Target


class Clock:
    """How long the next step may take."""

    def __init__(self, deadline: float, read_seconds: float) -> None:
        """Take the deadline, of the monotonic clock, and how many seconds the next byte may take."""
        self.deadline = deadline
        self.read_seconds = read_seconds

    def left(self, seconds: float | None = None) -> float:
        """Return the seconds until the deadline, or fewer.

        Raises:
            TimeoutError: There are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        return left if seconds is None else min(left, seconds)


class BoundedSocket(socket.socket):
    """Waits as long as its clock says, at each step: who drips keeps every time-out but a deadline."""

    clock: Clock

    def recv_into(self, *args: Any) -> int:
        """Receive."""
        self.settimeout(self.clock.left(self.clock.read_seconds))
        return super().recv_into(*args)

    def sendall(self, data: Buffer, flags: int = 0) -> None:
        """Send."""
        self.settimeout(self.clock.left())
        super().sendall(data, flags)


class BoundedTLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    clock: Clock

    def recv_into(self, *args: Any) -> int:
        """Receive."""
        self.settimeout(self.clock.left(self.clock.read_seconds))
        return super().recv_into(*args)

    def send(self, data: Buffer, flags: int = 0) -> int:
        """Send, of a larger whole."""
        self.settimeout(self.clock.left())
        return super().send(data, flags)


def connect(target: Target, clock: Clock, seconds: float) -> BoundedSocket | BoundedTLSSocket:
    """Connect to the very address that was checked, and to no other that the name may have a moment later.

    Args:
        target: Whom to connect to.
        clock: How long everything may take.
        seconds: How long this may: finding the address, connecting, and TLS.

    Raises:
        Refused: One of the host's addresses may not be called.
        OSError: There is no connection.
    """
    within = Clock(time.monotonic() + clock.left(seconds), clock.read_seconds)
    failed: OSError = OSError("the host has no address")
    for family, kind, protocol, _, address in _checked(target, within):
        connection = BoundedSocket(family, kind, protocol)
        try:
            connection.settimeout(within.left())
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return _ready(connection, target, clock, within)
        except OSError as error:
            connection.close()
            failed = error
    raise failed


def _checked(target: Target, within: Clock) -> list[Any]:
    # The system's resolver knows no time-out: its thread is left to end by itself.
    pool = ThreadPoolExecutor(1, thread_name_prefix="outbound")
    asked = pool.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
    pool.shutdown(wait=False)
    try:
        found = asked.result(within.left())
    except UnicodeError as error:
        raise Refused("the URL's host is not valid") from error
    # One that leads inside is enough: which of them is meant can't be told.
    if not all(is_allowed(str(address[0])) for *_, address in found):
        raise Refused(f"{target.host} is not on the public internet, nor in OUTBOUND_ALLOWED_NETWORKS")
    return found


def _ready(
    connection: BoundedSocket, target: Target, clock: Clock, within: Clock
) -> BoundedSocket | BoundedTLSSocket:
    if target.scheme == "http":
        connection.clock = clock
        return connection
    connection.settimeout(within.left())
    secured = _tls().wrap_socket(connection, server_hostname=target.host)
    assert isinstance(secured, BoundedTLSSocket)
    secured.clock = clock
    return secured


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.sslsocket_class = BoundedTLSSocket
    return context
