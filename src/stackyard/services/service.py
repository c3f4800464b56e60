"""What every embedded service has."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stackyard.errors import UserError
from stackyard.services.ports import LOOPBACK
from stackyard.services.process import Process


@dataclass(frozen=True)
class Service:
    """An embedded service that was started.

    Attributes:
        title: Its name and version.
        port: The loopback port that it listens on.
        environment: The variables that tell a project where it is.
        process: Its server.
        is_ready: Whether it can be used already; quick to answer.
        patience: Seconds that it may take to be ready.
        started: When it was started, by the monotonic clock.
    """

    title: str
    port: int
    environment: Mapping[str, str]
    process: Process
    is_ready: Callable[[], bool]
    patience: float = 30.0
    started: float = field(default_factory=time.monotonic)

    @property
    def failure(self) -> UserError:
        """What to tell when it ended, or took too long to be ready."""
        lines = "\n".join(self.process.last_lines)
        return UserError(
            f"{self.title} on {LOOPBACK}:{self.port}",
            found=self.process.ending if self.process.has_ended else f"not ready in {self.patience:g} s",
            where=str(self.process.log),
            remedy=f"Its last lines:\n{lines}",
            exit_code=1,
        )

    @property
    def readiness(self) -> str:
        """A line that tells that it is ready."""
        seconds = time.monotonic() - self.started
        return f"{self.title} ready on {LOOPBACK}:{self.port} in {seconds:.1f} s"


def answers(port: int, question: bytes, answer: bytes) -> bool:
    """Tell whether the server on a loopback port answers a question with bytes that begin as expected."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(question)
            return connection.recv(len(answer)) == answer
    except OSError:
        return False
