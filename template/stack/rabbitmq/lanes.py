"""Lanes: work of one key is done in the order in which it came; work of several keys, side by side."""

import heapq
import itertools
import logging
import time
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread

from django.db import connections

from stack.events.bell import Bell

logger = logging.getLogger(__name__)

type Work = Callable[[], float | None]
"""Done in a thread. Returns the seconds until it is to be tried again, or None once it is done."""
type Done = Callable[[], None]
"""Called once the work is done, by `turn`."""


class Lanes:  # pylint: disable=too-many-instance-attributes
    """Threads, and what they are to do.

    All but the work itself is for the one thread that calls `turn`.

    Args:
        threads: How many.

    Attributes:
        bell: Rings when `turn` has something to do.
    """

    def __init__(self, threads: int) -> None:
        """Begin with nothing to do."""
        self._lanes: dict[Hashable, deque[tuple[Work, Done]]] = {}
        self._ready: SimpleQueue[tuple[Hashable, Work] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[Hashable, float | None]] = SimpleQueue()
        self._later: list[tuple[float, int, Hashable]] = []
        self._counter = itertools.count()
        self._running = 0
        self._ending = False
        self.bell = Bell()
        self._begun: dict[Hashable, float] = {}
        self._threads = [
            Thread(target=self._run, name=f"lane-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def add(self, key: Hashable, work: Work, done: Done) -> None:
        """Add work to its key's lane."""
        lane = self._lanes.setdefault(key, deque())
        lane.append((work, done))
        if len(lane) == 1:
            self._start(key)

    def turn(self) -> float:
        """Go on with what is due.

        Returns:
            Seconds until something else will be.
        """
        self.bell.silence()
        while True:
            try:
                key, pause = self._results.get_nowait()
            except Empty:
                break
            self._running -= 1
            if pause is None:
                self._finish(key)
            else:
                heapq.heappush(self._later, (time.monotonic() + pause, next(self._counter), key))
        while self._later and self._later[0][0] <= time.monotonic():
            self._start(heapq.heappop(self._later)[2])
        return max(self._later[0][0] - time.monotonic(), 0) if self._later else 60.0

    def is_running(self) -> bool:
        """Say whether a thread is at work."""
        return self._running > 0

    def longest(self) -> float:
        """Return for how many seconds the oldest work is being done."""
        begun = list(self._begun.values())
        return time.monotonic() - min(begun) if begun else 0.0

    def end(self) -> None:
        """Begin nothing more; what the threads have in hand is still finished by `turn`."""
        self._ending = True
        with suppress(Empty):
            while True:
                self._ready.get_nowait()
                self._running -= 1

    def close(self, seconds: float) -> None:
        """Let the threads end with what they have in hand, and forget all else.

        Raises:
            RuntimeError: One of them does not end in time. It ends with the process.
        """
        self.end()
        for _ in self._threads:
            self._ready.put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0))
        if any(thread.is_alive() for thread in self._threads):
            raise RuntimeError(f"work that was begun {self.longest():.0f} s ago does not end")
        self.bell.close()

    def _start(self, key: Hashable) -> None:
        if not self._ending:
            work, _ = self._lanes[key][0]
            self._running += 1
            self._ready.put((key, work))

    def _run(self) -> None:
        try:
            while task := self._ready.get():
                self._work(*task)
        finally:
            connections.close_all()

    def _work(self, key: Hashable, work: Work) -> None:
        pause: float | None = 1.0  # should it fail, it is a bug of ours: again, and seen
        self._begun[key] = time.monotonic()
        try:
            pause = work()
        except Exception:  # pylint: disable=broad-exception-caught
            logger.exception("work of %s", key)
        del self._begun[key]
        self._results.put((key, pause))
        self.bell.ring()

    def _finish(self, key: Hashable) -> None:
        lane = self._lanes[key]
        lane[0][1]()  # which may add to this lane: its head stays there meanwhile
        lane.popleft()
        if lane:
            self._start(key)
        else:
            del self._lanes[key]
