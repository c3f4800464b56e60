"""Free loopback ports that stay free until they are used."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"

# A reservation lasts as long as its socket is open: until this process ends.
_reservations: list[socket.socket] = []


def reserve() -> int:
    """Reserve a free TCP port on the loopback address, for a server that this process starts.

    The port stays bound here, not listening. Nobody is given it meanwhile, a second run least of all; a
    server that sets SO_REUSEADDR, as all do, can still listen on it.
    """
    reservation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reservation.bind((LOOPBACK, 0))
    # Only now: set before bind, it would let two runs reserve the same port.
    reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _reservations.append(reservation)
    port: int = reservation.getsockname()[1]
    return port
