"""A TCP relay that can be cut: its connections stay open then, and silent for ever."""

from __future__ import annotations

import contextlib
import socket
from threading import Event, Thread
from typing import Self

from stackyard.services.ports import LOOPBACK


class Proxy:
    """Relays to a port of this machine.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, target: int) -> None:
        """Listen on a free port."""
        self._target = target
        self._listener = socket.create_server((LOOPBACK, 0), backlog=64)
        self._sockets: list[socket.socket] = [self._listener]
        self._cable = Event()  # set once it is cut; what is connected later has another
        self._is_cut = False
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        """Begin to relay."""
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close everything."""
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def cut(self) -> None:
        """Let nothing through any more; who connects from now on hears nothing."""
        self._is_cut = True
        self._cable.set()

    def mend(self) -> None:
        """Relay what is connected from now on; what was cut stays so."""
        self._cable = Event()
        self._is_cut = False

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                if not self._is_cut:
                    self._connect(client, self._cable)

    def _connect(self, client: socket.socket, cable: Event) -> None:
        try:
            server = socket.create_connection((LOOPBACK, self._target))
        except OSError:
            client.close()
            return
        self._sockets.append(server)
        for source, target in ((client, server), (server, client)):
            Thread(target=self._pump, args=(source, target, cable), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket, cable: Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if cable.is_set():
                    return
                target.sendall(data)
        if not cable.is_set():
            for each in (source, target):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
