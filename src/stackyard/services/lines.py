"""Lines out of a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable

_PIPE_CAPACITY = 65536  # bytes that Linux keeps in a pipe, see pipe(7)


class LineReader:
    """Cuts what comes through a pipe into lines, without waiting for it."""

    def __init__(self, descriptor: int, on_line: Callable[[str], None]) -> None:
        """Read a pipe.

        Args:
            descriptor: Its reading end, which the caller closes.
            on_line: Called with each line, without its end. A line longer than the pipe's capacity comes in
            parts.
        """
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._on_line = on_line
        self._rest = b""

    def read(self) -> bool:
        """Read all that is in the pipe now; say whether more can come."""
        try:
            chunk = os.read(self._descriptor, _PIPE_CAPACITY)
        except BlockingIOError:
            return True
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._on_line(line.decode(errors="replace").rstrip("\r"))
        if not chunk or len(self._rest) > _PIPE_CAPACITY:
            self.flush()
        return bool(chunk)

    def flush(self) -> None:
        """Take what has come as a line, even if that line has not ended."""
        if self._rest:
            self._on_line(self._rest.decode(errors="replace"))
            self._rest = b""
