"""A TCP relay that can stop relaying: a broker that hangs in the middle of a conversation."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Relay:
    """Relays to a server until it is told to stop; its connections stay open then, and silent."""

    def __init__(self, server: tuple[str, int]) -> None:
        """Listen on a free port."""
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.hangs = Event()
        self.sockets = [self.listener]

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.listener.getsockname()[1]
        return port

    def accept(self) -> None:
        """Take connections until closed."""
        with suppress(OSError):  # closed
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(self.server)
                self.sockets += [client, server]
                for source, target in ((client, server), (server, client)):
                    Thread(target=self.pump, args=(source, target), daemon=True).start()

    def pump(self, source: socket.socket, target: socket.socket) -> None:
        """Pass on what comes from one side, until told to hang."""
        with suppress(OSError):
            while data := source.recv(65536):
                if self.hangs.is_set():
                    return
                target.sendall(data)


@contextmanager
def relay_to(host: str, port: int, kind: type[Relay] = Relay) -> Iterator[Relay]:
    relay = kind((host, port))
    Thread(target=relay.accept, daemon=True).start()
    try:
        yield relay
    finally:
        for each in relay.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
