"""Child processes that are started again whenever they end, until told otherwise."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, Any, Self

from stackyard.services.process import Account, Process

POLL = 0.05
"""Seconds between two looks at the children."""
PAUSE = 0.3
"""Seconds until one that ended is started again."""


@dataclass
class Child:
    """A process that comes back.

    Attributes:
        name: What it is called.
        start: Starts it.
        stop_signal: What asks it to end.
        popen: The process, of this time.
        due: When to start it again, by the monotonic clock; never, if None.
        wanted: Whether to start it again.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals
    popen: subprocess.Popen[bytes]
    due: float | None = None
    wanted: bool = True


class Children:
    """All of them.

    One thread starts them, as long as it lives: the kernel ends a child with the thread that started it.

    Attributes:
        by_name: The children.
        asked: How many ended because a fault asked for it, by name.
        unasked: Which ended by themselves, and how.
    """

    def __init__(self) -> None:
        """Begin without children."""
        self.by_name: dict[str, Child] = {}
        self.asked: list[str] = []
        self.unasked: list[str] = []
        self._lock = Lock()
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._closing = Event()
        self._thread = Thread(target=self._keep, name="children", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look after them."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all of them, the last one first."""
        self._closing.set()
        self._thread.join()

    def spawn(  # pylint: disable=too-many-arguments  # the tool's supervisor has them, too
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path,
        log: Path | None = None,
        account: Account | None = None,
        stdin: int | IO[bytes] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Process:
        """Start a child."""
        assert log is not None
        text = b""
        if stdin is not None and not isinstance(stdin, int):
            stdin.seek(0)
            text = stdin.read()
        options: dict[str, Any] = account.options if account else {}

        def start() -> subprocess.Popen[bytes]:
            with log.open("ab") as output, tempfile.TemporaryFile() as source:
                source.write(text)
                source.seek(0)
                return subprocess.Popen(
                    ["setpriv", "--pdeathsig", "KILL", "--", *argv],
                    env=env,
                    cwd=cwd,
                    stdin=source,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    **options,
                )

        begun: SimpleQueue[Child] = SimpleQueue()

        def add() -> None:
            self.by_name[name] = child = Child(name, start, stop_signal, start())
            begun.put(child)

        self._orders.put(add)
        return Process(name, begun.get(timeout=10).popen, log=log)

    def signal(self, name: str, signum: int, *, group: bool = False) -> None:
        """Signal a child, and its process group, if asked to."""
        child = self.by_name[name]
        with self._lock, contextlib.suppress(ProcessLookupError):
            if child.popen.poll() is None:
                if signum in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
                    self.asked.append(name)
                    child.due = child.due or 0
                (os.killpg if group else os.kill)(child.popen.pid, signum)

    def strike(self, pid: int) -> None:
        """Kill a process of a child's."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def hold(self, name: str) -> None:
        """End a child, and leave it at that."""
        self.by_name[name].wanted = False
        self.signal(name, self.by_name[name].stop_signal)
        self.by_name[name].popen.wait(60)

    def resume(self, name: str) -> None:
        """Start it again."""
        self.by_name[name].wanted = True

    def end(self, *names: str) -> None:
        """Ask children to end, all at once, and wait for them."""
        for name in names:
            self.by_name[name].wanted = False
            self.signal(name, self.by_name[name].stop_signal)
        for name in names:
            self.by_name[name].popen.wait(60)

    def _keep(self) -> None:
        while not self._closing.wait(POLL):
            with contextlib.suppress(Empty):
                while True:
                    self._orders.get_nowait()()
            for child in list(self.by_name.values()):
                self._look_after(child)
        for child in reversed(self.by_name.values()):
            for kill in (os.kill, os.killpg):
                with contextlib.suppress(ProcessLookupError):
                    kill(child.popen.pid, signal.SIGKILL)
            child.popen.wait()

    def _look_after(self, child: Child) -> None:
        with self._lock:
            if (code := child.popen.poll()) is None or not child.wanted:
                return
            now = time.monotonic()
            if not child.due:
                if child.due is None:
                    self.unasked.append(f"{child.name} ({code})")
                child.due = now + PAUSE
            elif now >= child.due:
                child.popen, child.due = child.start(), None
