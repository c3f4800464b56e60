"""A bell: wakes who waits in `select`, from another thread, or from a signal."""

import os
import select
from contextlib import suppress


class Bell:
    """Can be waited for as a file can, until it is silenced."""

    def __init__(self) -> None:
        """Make it, silent."""
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._reader

    def ring(self) -> None:
        """Wake who waits, or waits next."""
        with suppress(BlockingIOError):  # it rings already
            os.write(self._writer, b"x")

    def wait(self, seconds: float | None) -> bool:
        """Wait until it rings.

        Args:
            seconds: How long, at most; None for as long as it takes.

        Returns:
            Whether it does.
        """
        return bool(select.select([self], [], [], seconds)[0])

    def silence(self) -> None:
        """Have it ring no more."""
        with suppress(BlockingIOError):  # it does not
            os.read(self._reader, 65536)

    def close(self) -> None:
        """Let it go."""
        os.close(self._reader)
        os.close(self._writer)
