"""Loops of one process, a thread each, until it is told to stop."""

import signal
from collections.abc import Mapping
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

from django.db import connections

from stack.environment.rotation import watch
from stack.events import hooks


class Loop(Protocol):
    """Something that goes on."""

    def run(self) -> None:
        """Go on until told to stop."""

    def stop(self) -> None:
        """Have it end soon; from any thread, and from a signal."""


def run_all(loops: Mapping[str, Loop]) -> None:
    """Run loops until SIGTERM or Ctrl-C; end all of them when one fails.

    Args:
        loops: By the names of their threads.

    Raises:
        BaseException: What one of them failed of.
    """
    ended: SimpleQueue[BaseException | None] = SimpleQueue()

    def run(loop: Loop) -> None:
        error: BaseException | None = None
        try:
            loop.run()
        except BaseException as caught:  # pylint: disable=broad-exception-caught  # raised again, below
            error = caught
        finally:
            connections.close_all()
            ended.put(error)

    def stop() -> None:
        for loop in loops.values():
            loop.stop()

    for start in hooks.starting:
        start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())
    watch()
    for name, loop in loops.items():
        Thread(target=run, args=(loop,), name=name, daemon=True).start()
    errors = []
    for _ in loops:
        if error := ended.get():
            errors.append(error)
            stop()
    if errors:
        raise errors[0]
