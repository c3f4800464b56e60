"""Ask a site whether it is ready, without waiting for its answer."""

from __future__ import annotations

import socket

from stackyard.services.ports import LOOPBACK


class ReadinessProbe:
    """One request at a time, for as long as a site takes to load and to answer."""

    def __init__(self, port: int, path: str) -> None:
        """Prepare to ask.

        Args:
            port: The site's loopback port.
            path: The page that answers with status 200 once the site is ready.
        """
        self._port = port
        self._request = (
            f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n".encode()
        )
        self._connection: socket.socket | None = None

    def has_succeeded(self) -> bool:
        """Tell whether the site has said that it is ready; ask it if no question is open."""
        try:
            if self._connection is None:
                self._connection = socket.create_connection((LOOPBACK, self._port), timeout=1)
                self._connection.sendall(self._request)
                self._connection.setblocking(False)
            status = self._connection.recv(12)  # "HTTP/1.1 200"
        except BlockingIOError:
            return False
        except OSError:
            status = b""
        self.close()
        return status.endswith(b" 200")

    def close(self) -> None:
        """Drop an open question."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
